import { describe, expect, test } from 'vitest';
import { describe as card } from '../../src/core/describe.ts';
import { dueOf, instancesLeft, isLeft, leftBehind } from '../../src/core/leftovers.ts';
import type { Operation } from '../../src/core/operation.ts';
import { stepsOf } from '../../src/core/plan.ts';
import type { Action } from '../../src/core/report.ts';
import { deploy, deployed, deployOperations, upTo } from '../support/deploys.ts';
import { operation } from '../support/operations.ts';

/** What an operation that is over left halfway, and what its message offers. */

const { leftovers, finished, beyond, undone, done, running } = deployOperations;
const names = (of: Operation) =>
  leftBehind(of)?.waves.flatMap(({ steps }) => steps.map(({ step }) => step.name));
const buttons = (of: Operation) => card(of).actions ?? [];
const labels = (of: Operation) => buttons(of).map(({ label }) => label);

const { startedAt: _never, ...neverBegun } = deployed('void', {});

describe('what is left', () => {
  test('of a way back is what did not come off of it', () => {
    expect(leftBehind(leftovers)?.way).toBe('back');
    expect(names(leftovers)).toEqual(['undo container-instance.delete store-v3-1']);
    expect(isLeft(leftovers)).toBe(true);
    expect(isLeft(finished)).toBe(false);
  });

  test('is not what was never needed: only what was begun is undone', () => {
    const due = dueOf(leftovers)?.waves.flatMap(({ steps }) => steps.map(({ step }) => step.name)) ?? [];
    expect(due).toContain('undo container-instance.delete store-v3-1');
    expect(due).not.toContain('undo container-instance.delete store-v3-2');
  });

  test('from beyond the point of no return is the rest of the way there', () => {
    expect(leftBehind(beyond)?.way).toBe('there');
    expect(names(beyond)).toEqual([
      'container-instance.delete ocid1.computecontainerinstance.oc1..store-v2-1',
    ]);
  });

  test('of one that was given up before it turned back is its whole way back', () => {
    const given = deployed('unresolved', {
      there: upTo('container-instance.create store-v3-1', { state: 'unknown' }, 'skipped'),
      back: () => ({ state: 'skipped' }),
    });
    expect(names(given)).toEqual(['undo container-instance.delete store-v3-1']);
  });

  test.each<[string, Operation]>([
    ['one that runs', running],
    ['one that is done', done],
    ['one that was taken back', undone],
    ['one that never began', neverBegun],
    ['one that has no way back', operation('failed', ['done', 'failed'])],
  ])('of %s is nothing', (_, of) => {
    expect(leftBehind(of)).toBeUndefined();
    expect(labels(of).filter((label) => /Finish|Retire|Show/.test(label))).toEqual([]);
  });
});

describe('its buttons', () => {
  test('finish it, show how, and retire what can still be retired', () => {
    expect(labels(beyond)).toEqual(['Finish it', 'Show each step', 'Retire store-v2-1']);
    expect(buttons(beyond).map((each) => (each.type === 'button' ? each.value : ''))).toEqual([
      'op-81',
      'op-81',
      'op-81:0',
    ]);
    const asked = (action: Action | undefined) => (action?.type === 'button' ? action.confirm : undefined);
    expect(asked(buttons(beyond)[0])).toMatchObject({ title: 'Finish it?', text: 'Delete store-v2-1' });
  });

  test('do not retire what is being deleted, what was never made, and what runs a hook to its end', () => {
    const create = 'container-instance.create store-v3-1';
    const left = (made: object, receipt?: object) =>
      instancesLeft({
        ...leftovers,
        steps: leftovers.steps.map((each) => (each.step.name === create ? { ...each, ...made } : each)),
        undo: leftovers.undo?.map((each) => (each.state === 'failed' ? { ...each, ...receipt } : each)) ?? [],
      });
    expect(left({ result: { ocid: 'ocid1.a' } })).toEqual([{ name: 'store-v3-1' }]);
    expect(left({ receipt: { made: 'ocid1.a' } })).toEqual([{ name: 'store-v3-1' }]);
    expect(left({ result: { ocid: 'ocid1.a' } }, { receipt: { workRequest: 'w' } })).toEqual([]);
    expect(left({})).toEqual([]);
    const { makes: _, ...plan } = leftovers.plan;
    expect(instancesLeft({ ...leftovers, plan: { ...plan, makes: [] } })).toEqual([]);
  });

  test('are gone while somebody finishes it, and after', () => {
    for (const status of ['running', 'failed', 'succeeded'] as const) {
      const taken: Operation = { ...beyond, followUp: { operation: 'op-82', status } };
      expect(labels(taken), status).toEqual([]);
      expect(JSON.stringify(card(taken)), status).not.toContain('To finish it');
    }
  });
});

test('what was tried is told one by one, and what was not begun in one line', () => {
  const gone = stepsOf(deploy).filter(({ name }) => /^backend\.remove/.test(name));
  const half = deployed('failed', {
    there: upTo(gone[0]?.name ?? '', { state: 'failed', note: 'LB is away' }, 'skipped'),
    back: () => ({ state: 'skipped' }),
  });
  const said = JSON.stringify(card(half).blocks);
  expect(said).toContain('Take store-v2-1 out of api of store-lb: LB is away');
  expect(said).toMatch(/Not begun: Take store-v2-1 out of admin of store-lb, [^"]* and 1\d more/);
});
