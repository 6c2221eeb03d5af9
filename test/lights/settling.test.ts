import { describe, expect, test } from 'vitest';
import type { Operation, Progress, Status } from '../../src/core/operation.ts';
import type { Memory } from '../../src/core/schedule/model.ts';
import { settled, standingIn } from '../../src/lights/settling.ts';

const ocid = 'ocid1.instance.web-1';
const now = 1_000_000;

function step(
  state: Progress['state'],
  other: Partial<Progress> = {},
  verb = 'instance.stop',
  of = ocid,
): Progress {
  const target = {
    kind: 'instance',
    ocid: of,
    name: 'web-1',
    region: 'r',
    compartment: 'c',
    state: 'RUNNING',
  };
  return {
    step: { name: `${verb} ${of}`, verb, target: { ...target, kind: 'instance' }, within: 1 },
    state,
    attempts: 1,
    ...other,
  };
}

function operation(status: Status, steps: readonly Progress[], because?: string): Operation {
  return {
    id: 'op-9',
    status,
    line: '',
    actor: { kind: 'schedule', policy: 'shop' },
    origin: { kind: 'terminal' },
    plan: { title: '', impact: 'stop', consequences: [], waves: [], unchanged: [], line: '' },
    digest: '',
    steps,
    createdAt: 1,
    finishedAt: 99,
    ...(because === undefined ? {} : { because }),
  };
}

const memory: Memory = {
  ocid,
  policy: 'shop',
  edge: 1,
  want: 'down',
  decidedAt: 1,
  because: '',
  outcome: 'pending',
  act: 'stop',
  operation: 'op-9',
  tries: 0,
  firstSeen: 1,
  flips: [],
};

describe('what has come of an act', () => {
  test.each<[string, Operation | undefined, Memory['outcome'], string?]>([
    ['waits for a yes', operation('waiting', [step('pending')]), 'pending'],
    ['is queued', operation('queued', [step('pending')]), 'pending'],
    ['runs', operation('running', [step('running')]), 'pending'],
    ['is done while others run', operation('running', [step('done')]), 'pending'],
    ['is done', operation('succeeded', [step('done')]), 'done'],
    [
      'is done though others failed',
      operation('failed', [step('done'), step('failed', {}, 'x', 'b')]),
      'done',
    ],
    ['failed', operation('failed', [step('failed', { note: 'no capacity' })]), 'failed', 'no capacity'],
    ['failed while others run', operation('running', [step('failed')]), 'failed', 'OCI gave no reason'],
    ['cannot be known', operation('unresolved', [step('unknown', { note: 'lost' })]), 'failed', 'lost'],
    [
      'was not reached',
      operation('failed', [step('skipped')]),
      'failed',
      'not reached: what comes before it did not get there',
    ],
    [
      'was not reached',
      operation('unresolved', [step('skipped')]),
      'failed',
      'not reached: what comes before it did not get there',
    ],
    [
      'was not as the card said',
      operation('void', [step('pending')], 'web-1 is gone.'),
      'failed',
      'web-1 is gone.',
    ],
    [
      'was denied',
      operation('denied', [step('pending')], 'not tonight'),
      'none',
      'it was denied (op-9): not tonight',
    ],
    [
      'was not approved',
      operation('expired', [step('pending')]),
      'none',
      'nobody approved it in time (op-9)',
    ],
    ['was cancelled', operation('cancelled', [step('skipped')]), 'none', 'it was cancelled (op-9)'],
    ['was done before it was cancelled', operation('cancelled', [step('done')]), 'done'],
    ['is forgotten', undefined, 'failed', 'the operation is no longer in the store'],
  ])('it %s', (_, found, outcome, because) => {
    expect(settled(memory, found, now)?.outcome ?? 'pending').toBe(outcome);
    expect(standingIn(found, ocid).because).toBe(because);
  });

  test('where it was started, what pointed at it is told of but stops nothing', () => {
    const bad = step('failed', { note: 'no such backend' }, 'backend.repoint');
    const found = operation('failed', [step('done', { finishedAt: 42 }, 'instance.start'), bad]);
    expect(standingIn(found, ocid)).toEqual({
      state: 'done',
      at: 42,
      because: 'its backends could not be put right: no such backend',
    });
    expect(settled(memory, found, now)).toMatchObject({ outcome: 'done', seen: 'down', tries: 0 });
  });

  test('what failed is tried again later and later, what was void at once, a few times', () => {
    const failed = operation('failed', [step('failed')]);
    const tried = (found: Operation, tries: number) =>
      (settled({ ...memory, tries }, found, now)?.retryAt ?? 0) - now;
    expect([0, 1, 2].map((tries) => tried(failed, tries))).toEqual([60_000, 120_000, 300_000]);
    const voided = operation('void', [step('pending')]);
    expect([0, 1, 2].map((tries) => tried(voided, tries))).toEqual([0, 0, 300_000]);
    expect(settled(memory, operation('denied', [step('pending')]), now)?.retryAt).toBeUndefined();
  });
});
