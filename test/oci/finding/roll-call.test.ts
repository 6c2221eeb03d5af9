import { describe, expect, test } from 'vitest';
import { SandboxClock } from '../../../sandbox/clock.ts';
import type { Fresh } from '../../../src/core/cloud.ts';
import { CloudError } from '../../../src/core/fault.ts';
import type { Step } from '../../../src/core/plan.ts';
import type { Observation, Receipt, Verb } from '../../../src/core/verb.ts';
import type { Seen } from '../../../src/oci/adapter.ts';
import { byRollCall } from '../../../src/oci/finding/by-roll-call.ts';
import { RollCall } from '../../../src/oci/finding/roll-call.ts';

const seen = (ocid: string, state: string): Seen => ({
  kind: 'instance',
  ocid,
  name: ocid,
  region: 'a',
  compartmentId: 'shop',
  tags: {},
  state,
});
const ocids = Array.from({ length: 50 }, (_, at) => `ocid-${at}`);

/** A list that counts how often it is asked for. */
function counted(answer: () => readonly Seen[], clock = new SandboxClock()) {
  const lists: number[] = [];
  const call = new RollCall(clock, async () => {
    lists.push(clock.now());
    return answer();
  });
  return { call, lists, clock };
}

describe('a roll call', () => {
  test('is one list for all who look in one moment', async () => {
    const { call, lists } = counted(() => ocids.map((ocid) => seen(ocid, 'STOPPED')));
    const found = await Promise.all(ocids.map((ocid) => call.look('a', 'shop', ocid)));
    expect(found.map((each) => each?.ocid)).toEqual(ocids);
    expect(lists).toHaveLength(1);
  });

  test('is none for a few, and none for what the list does not show', async () => {
    const { call, lists } = counted(() => [seen('ocid-0', 'STOPPED')]);
    const few = await Promise.all(ocids.slice(0, 3).map((ocid) => call.look('a', 'shop', ocid)));
    expect([few, lists.length]).toEqual([[undefined, undefined, undefined], 0]);
    const [first, second] = await Promise.all(ocids.map((ocid) => call.look('a', 'shop', ocid)));
    expect([first?.ocid, second]).toEqual(['ocid-0', undefined]);
  });

  test('counts those who looked lately, place by place', async () => {
    const { call, lists, clock } = counted(() => ocids.map((ocid) => seen(ocid, 'STOPPED')));
    for (const ocid of ocids.slice(0, 3)) await call.look('a', 'shop', ocid);
    await call.look('b', 'shop', 'ocid-3');
    expect(lists).toHaveLength(0);
    await call.look('a', 'shop', 'ocid-3');
    expect(lists).toHaveLength(1);
    clock.advance(60_000);
    await call.look('a', 'shop', 'ocid-4');
    expect(lists).toHaveLength(1);
  });

  test('never answers with a list that was asked for before the look', async () => {
    let state = 'RUNNING';
    const clock = new SandboxClock();
    const answers: (() => void)[] = [];
    const call = new RollCall(clock, () => {
      const told = ocids.map((ocid) => seen(ocid, state));
      return new Promise((resolve) => answers.push(() => resolve(told)));
    });
    const early = Promise.all(ocids.map((ocid) => call.look('a', 'shop', ocid)));
    await expect.poll(() => answers.length).toBe(1);
    state = 'STOPPING';
    const late = call.look('a', 'shop', 'ocid-0');
    answers[0]?.();
    expect((await early)[0]?.state).toBe('RUNNING');
    clock.advance(1_000);
    await expect.poll(() => answers.length).toBe(2);
    answers[1]?.();
    expect((await late)?.state).toBe('STOPPING');
  });

  test('leaves everybody to themselves who may read but not list, and fails where nobody answers', async () => {
    const failing = (status: number) =>
      new RollCall(new SandboxClock(), async () => {
        throw new CloudError({ message: 'no', status, code: 'x', operation: 'Compute.ListInstances' });
      });
    const look = (call: RollCall) => Promise.all(ocids.map((ocid) => call.look('a', 'shop', ocid)));
    expect(await look(failing(404))).toEqual(ocids.map(() => undefined));
    await expect(look(failing(503))).rejects.toMatchObject({ status: 503 });
  });
});

describe('a verb that looks by roll call', () => {
  const before: Fresh = { ...seen('ocid-0', 'RUNNING'), compartment: { ocid: 'shop', path: 'shop' } };
  const step: Step = {
    name: 'instance.stop ocid-0',
    verb: 'instance.stop',
    target: {
      kind: 'instance',
      ocid: 'ocid-0',
      name: 'web',
      region: 'a',
      compartment: 'shop',
      state: 'RUNNING',
    },
    within: 60_000,
  };
  const alone: Observation = { state: 'running', note: 'looked at alone' };
  const verb: Verb = {
    label: 'Stop',
    permission: 'x',
    act: async () => ({}),
    observe: async () => alone,
  };
  const observed = async (state: string, receipt: Receipt | undefined, elapsed = 0) => {
    const { call } = counted(() => ocids.map((ocid) => seen(ocid, state)));
    const crowd = ocids.map((ocid) => call.look('a', 'shop', ocid));
    const signal = new AbortController().signal;
    const told = await byRollCall(verb, 'stop', call).observe(step, receipt, { before, signal, elapsed });
    await Promise.all(crowd);
    return told;
  };

  test.each([
    ['is there', 'STOPPED', {}, 0, { state: 'done' }],
    ['is on the way', 'STOPPING', {}, 0, { state: 'running', note: 'STOPPING', again: 350 }],
    ['is long on the way', 'STOPPING', {}, 20_000, { state: 'running', note: 'STOPPING', again: 5_000 }],
    ['is changing', 'UPDATING', {}, 0, { state: 'running', note: 'UPDATING', again: 350 }],
    ['is as it was', 'RUNNING', {}, 0, alone],
    ['was ended', 'TERMINATED', {}, 0, alone],
    ['is in doubt', 'STOPPED', undefined, 0, alone],
    ['is late', 'STOPPING', {}, 30_000, alone],
  ] as const)('when it %s', async (_, state, receipt, elapsed, told) => {
    expect(await observed(state, receipt, elapsed)).toEqual(told);
  });
});
