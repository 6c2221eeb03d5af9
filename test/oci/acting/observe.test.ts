import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lifecycleOf } from '../../../src/core/lifecycle.ts';
import type { Kind } from '../../../src/core/target.ts';
import { kinds } from '../../../src/core/target.ts';
import { byState } from '../../../src/oci/acting/observe.ts';
import { followed, newestAccepted, requestSince, type Work } from '../../../src/oci/acting/work-requests.ts';

const receipt = { requestId: 'r', etag: 'e2' };

describe('by the state of the resource', () => {
  test.each([
    // act, kind, etag now, state now, with a receipt?, what is seen
    ['stop', 'instance', 'e3', 'STOPPED', true, 'done'],
    ['stop', 'instance', 'e3', 'STOPPED', false, 'done'],
    ['stop', 'instance', 'e2', 'STOPPING', true, 'running'],
    ['stop', 'instance', 'e2', 'STOPPING', false, 'running'],
    ['stop', 'instance', 'e1', 'RUNNING', true, 'running'],
    ['stop', 'instance', 'e1', 'RUNNING', false, 'absent'],
    ['start', 'instance', 'e1', 'STOPPED', false, 'absent'],
    ['start', 'instance', 'e2', 'STARTING', false, 'running'],
    ['start', 'instance', 'e3', 'RUNNING', false, 'done'],
    ['start', 'instance', 'e3', 'TERMINATED', true, 'failed'],
    ['stop', 'instance', 'e3', 'TERMINATING', false, 'failed'],
    ['restart', 'instance', 'e2', 'STOPPING', true, 'running'],
    ['restart', 'instance', 'e2', 'RUNNING', true, 'running'],
    ['restart', 'instance', 'e3', 'RUNNING', true, 'done'],
    ['restart', 'instance', 'e1', 'RUNNING', false, 'absent'],
    ['restart', 'instance', 'e1--gzip', 'RUNNING', false, 'absent'],
    ['restart', 'instance', 'e9', 'RUNNING', false, 'unknown'],
    ['restart', 'instance', 'e2', 'STARTING', false, 'running'],
    ['stop', 'container-instance', 'e2', 'UPDATING', false, 'running'],
    ['stop', 'container-instance', 'e1', 'ACTIVE', false, 'absent'],
    ['restart', 'container-instance', 'e3', 'ACTIVE', false, 'unknown'],
    ['stop', 'autonomous-database', 'e2', 'RESTARTING', false, 'running'],
    ['restart', 'autonomous-database', 'e2', 'RESTARTING', false, 'running'],
  ] as const)('%s of %s: %s %s, receipt %s → %s', (act, kind, etag, state, has, seen) => {
    const now = { kind, state, etag };
    expect(byState(act, { etag: 'e1' }, now, has ? receipt : undefined).state).toBe(seen);
  });

  test('a resource that is gone has failed', () => {
    expect(byState('stop', { etag: 'e1' }, undefined, receipt).state).toBe('failed');
  });

  test('absent is never said of an act that OCI has answered, nor of one that is under way', () => {
    const kind = fc.constantFrom(...(Object.keys(kinds) as Kind[]));
    const act = fc.constantFrom('start', 'stop', 'restart') as fc.Arbitrary<'start' | 'stop' | 'restart'>;
    const etag = fc.option(fc.constantFrom('e1', 'e2', 'e3'), { nil: undefined });
    fc.assert(
      fc.property(kind, act, etag, etag, fc.boolean(), fc.nat(40), (of, doing, before, after, has, pick) => {
        const { blocked, ...lists } = lifecycleOf(of);
        const all = [...Object.values(lists).flat(), ...Object.keys(blocked), 'MELTING'];
        const state = all[pick % all.length] as string;
        const now = { kind: of, state, ...(after ? { etag: after } : {}) };
        const seen = byState(doing, before ? { etag: before } : {}, now, has ? receipt : undefined);
        if (seen.state === 'absent') {
          expect(has).toBe(false);
          const { rising, falling } = lists;
          expect(doing === 'start' ? rising : doing === 'stop' ? falling : []).not.toContain(state);
          if (doing === 'restart') expect(after).toBe(before);
        }
      }),
    );
  });
});

describe('by work requests', () => {
  const work = (accepted: string, operation = 'RESTART_CONTAINER_INSTANCE', status = 'SUCCEEDED'): Work => ({
    id: accepted,
    operation,
    status,
    percent: 40,
    accepted,
  });
  const old = work('2026-11-21T09:00:00.000Z');
  const late = work('2026-11-21T10:00:00.000Z');

  test('the facts before an act name the newest', async () => {
    expect(await newestAccepted(Promise.resolve([old, late]))).toEqual({ lastWorkRequest: late.accepted });
    expect(await newestAccepted(Promise.resolve([]))).toEqual({ lastWorkRequest: null });
  });

  test.each([
    ['restart', [old, late], { lastWorkRequest: old.accepted }, late],
    ['restart', [old], { lastWorkRequest: old.accepted }, 'none'],
    ['restart', [old], { lastWorkRequest: null }, old],
    ['start', [late], { lastWorkRequest: old.accepted }, 'none'],
    ['stop', [work(late.accepted, 'Stop Autonomous Database')], { lastWorkRequest: null }, { id: late.id }],
    ['restart', [late], {}, undefined],
    ['restart', [late], undefined, undefined],
  ] as const)('%s since the facts: %#', (act, listed, facts, found) => {
    const since = requestSince(act, listed, facts);
    if (typeof found === 'object') expect(since).toMatchObject(found);
    else expect(since).toBe(found);
  });

  test.each([
    ['SUCCEEDED', { state: 'done' }],
    ['IN_PROGRESS', { state: 'running', note: 'work request 40 %' }],
    ['CANCELING', { state: 'running', note: 'work request 40 %' }],
    ['FAILED', { state: 'failed', because: 'InternalError: no host.' }],
    ['CANCELED', { state: 'failed', because: 'InternalError: no host.' }],
  ])('%s', async (status, observation) => {
    const errors = () => Promise.resolve(['InternalError: no host.']);
    expect(await followed(work(late.accepted, undefined, status), errors)).toEqual(observation);
  });

  test('a failure without an error still says what it is', async () => {
    const seen = await followed(work(late.accepted, undefined, 'FAILED'), () => Promise.resolve([]));
    expect(seen).toMatchObject({ because: 'its work request is FAILED and names no error' });
  });
});
