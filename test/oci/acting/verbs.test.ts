import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fresh } from '../../../src/core/cloud.ts';
import type { CloudError } from '../../../src/core/fault.ts';
import type { Target } from '../../../src/core/target.ts';
import type { Observation, Receipt, Verb } from '../../../src/core/verb.ts';
import { acting, type Stage, stage, stepOf } from '../sandbox.ts';

let on: Stage;
beforeAll(async () => {
  on = await stage();
});
beforeEach(() => on.oci.reset());
afterAll(() => on.close());

/** One step about to act: its verb, its target as it is now, and the ways to send and look. */
async function ready(name: string, line: string, options?: { force: true }) {
  const target = await on.one(line);
  const before = await on.fresh(target);
  const verb = on.cloud.verbs[name] as Verb;
  const step = stepOf(name, target, options);
  return {
    target,
    before,
    act: () => verb.act(step, acting(before.etag, `op-1/${target.name}`)),
    observe: (receipt?: Receipt) => look(verb, step, before, receipt),
  };
}

function look(
  verb: Verb,
  step: ReturnType<typeof stepOf>,
  before: Fresh,
  receipt?: Receipt,
): Promise<Observation> {
  return verb.observe(step, receipt, { before, elapsed: 0, signal: new AbortController().signal });
}

const stateOf = async (target: Target) => (await on.fresh(target)).state;
const lost = (sending: Promise<unknown>) =>
  sending.then(
    () => undefined,
    (error: CloudError) => error,
  );
const sent = async (operation: string) =>
  (await on.requests()).filter((request) => request.operation === operation);

/** One of each kind that is up. */
const up = { instance: 'web-1', 'container-instance': 'shop-dev-api', 'autonomous-database': 'shop-dev-db' };
const acts = [
  ['instance.stop', 'STOPPED'],
  ['instance.restart', 'RUNNING'],
  ['container-instance.stop', 'INACTIVE'],
  ['container-instance.restart', 'ACTIVE'],
  ['autonomous-database.stop', 'STOPPED'],
  ['autonomous-database.restart', 'AVAILABLE'],
] as const;
const kindOf = (verb: string) => verb.split('.')[0] as keyof typeof up;

describe.each(acts)('%s', (name, end) => {
  test('acts, is seen to run, and is seen to be done', async () => {
    const step = await ready(name, up[kindOf(name)]);
    expect((await step.observe()).state).toBe('absent');
    const receipt = await step.act();
    expect(receipt.requestId).toMatch(/^[0-9A-F-]+\/[0-9A-F]{32}\/[0-9A-F]{32}$/);
    expect((await step.observe(receipt)).state).toBe('running');
    on.clock.advance(120_000);
    expect((await step.observe(receipt)).state).toBe('done');
    expect(await stateOf(step.target)).toBe(end);
  });

  test('that lost its reply after OCI took it is seen to have happened', async () => {
    const step = await ready(name, up[kindOf(name)]);
    await on.fault({ operation: operationOf(name), drop: 'after' });
    expect(await lost(step.act())).toMatchObject({ status: 0 });
    expect((await step.observe()).state).toBe('running');
    on.clock.advance(120_000);
    const later = (await step.observe()).state;
    // A restarted instance leaves no trace but its etag; the retry token makes asking again safe.
    expect(later).toBe(name === 'instance.restart' ? 'absent' : 'done');
    if (name === 'instance.restart') {
      const receipt = await step.act();
      expect((await step.observe(receipt)).state).toBe('done');
      expect(await stateOf(step.target)).toBe('RUNNING');
    }
  });

  test('that never reached OCI is seen to be absent', async () => {
    const step = await ready(name, up[kindOf(name)]);
    await on.fault({ operation: operationOf(name), drop: 'before' });
    expect(await lost(step.act())).toMatchObject({ status: 0 });
    expect((await step.observe()).state).toBe('absent');
    on.clock.advance(120_000);
    expect((await step.observe()).state).toBe('absent');
  });

  test('sends the etag that it was given, and is refused when it is old', async () => {
    const step = await ready(name, up[kindOf(name)]);
    await on.edit(step.target, { freeformTags: { note: 'changed' } });
    expect(await lost(step.act())).toMatchObject({ status: 412, code: 'NoEtagMatch' });
    expect(await stateOf(step.target)).toBe(step.before.state);
  });
});

function operationOf(verb: string): string {
  const [kind, act] = verb.split('.') as [keyof typeof up, string];
  const names = {
    instance: 'Compute.InstanceAction',
    'container-instance': `ContainerInstance.${act.charAt(0).toUpperCase()}${act.slice(1)}ContainerInstance`,
    'autonomous-database': `Database.${act.charAt(0).toUpperCase()}${act.slice(1)}AutonomousDatabase`,
  };
  return names[kind];
}

test.each([
  ['instance.start', 'STOPPED', 'RUNNING'],
  ['container-instance.start', 'INACTIVE', 'ACTIVE'],
  ['autonomous-database.start', 'STOPPED', 'AVAILABLE'],
])('%s starts what is stopped', async (name, from, end) => {
  const all = await on.find(`kind:${kindOf(name)}`);
  const step = await ready(name, all.find(({ state }) => state === from)?.ocid ?? 'none');
  expect((await step.observe()).state).toBe('absent');
  const receipt = await step.act();
  expect((await step.observe(receipt)).state).toBe('running');
  on.clock.advance(120_000);
  expect((await step.observe(receipt)).state).toBe('done');
  expect(await stateOf(step.target)).toBe(end);
});

test('an instance is shut down, and its power is cut only when that is forced', async () => {
  const gentle = await ready('instance.stop', 'web-1');
  const forced = await ready('instance.stop', 'web-2', { force: true });
  const hard = await ready('instance.restart', 'prometheus-1', { force: true });
  await Promise.all([gentle.act(), forced.act(), hard.act()]);
  const actions = (await sent('Compute.InstanceAction')).map(({ path }) => path.split('action=')[1]);
  expect(actions.sort()).toEqual(['RESET', 'SOFTSTOP', 'STOP']);
});

test('an instance action carries the retry token, so that sending it twice acts once', async () => {
  const step = await ready('instance.restart', 'web-1');
  const first = await step.act();
  expect(await step.act()).toMatchObject({ etag: first.etag });
  expect((await sent('Compute.InstanceAction')).map(({ retryToken }) => retryToken)).toEqual([
    'op-1/web-1',
    'op-1/web-1',
  ]);
});

test.each([['container-instance.stop'], ['autonomous-database.restart']] as const)(
  '%s that fails says what its work request says',
  async (name) => {
    const step = await ready(name, up[kindOf(name)]);
    await on.fault({ operation: operationOf(name), fails: 'The image could not be pulled.' });
    const receipt = await step.act();
    on.clock.advance(120_000);
    const failed = { state: 'failed', because: 'InternalError: The image could not be pulled.' };
    expect(await step.observe(receipt)).toEqual(failed);
    expect(await step.observe()).toEqual(failed);
  },
);

test('progress is told in percent, and stays where it is stuck', async () => {
  const step = await ready('container-instance.stop', 'shop-dev-api');
  await on.fault({ operation: '*.StopContainerInstance', stuck: true });
  const receipt = await step.act();
  on.clock.advance(300_000);
  expect(await step.observe(receipt)).toEqual({ state: 'running', note: 'work request 42 %' });
});

test('a restart by somebody else before ours is not taken for ours', async () => {
  const theirs = await ready('container-instance.restart', 'shop-dev-api');
  await theirs.act();
  on.clock.advance(120_000);
  const ours = await ready('container-instance.restart', 'shop-dev-api');
  await on.fault({ operation: '*.RestartContainerInstance', drop: 'before' });
  await lost(ours.act());
  expect(await ours.observe()).toEqual({ state: 'absent' });
});

test('what cannot be told is unknown: a lost restart with work requests that may not be read', async () => {
  await on.fault({ operation: '*.ListWorkRequests', status: 404, count: 10 });
  const step = await ready('container-instance.restart', 'shop-dev-api');
  await on.fault({ operation: '*.RestartContainerInstance', drop: 'after' });
  await lost(step.act());
  on.clock.advance(120_000);
  expect((await step.observe()).state).toBe('unknown');
});

test('a target that somebody ended meanwhile has failed', async () => {
  const step = await ready('instance.stop', 'web-1');
  const receipt = await step.act();
  await on.edit(step.target, { state: 'TERMINATED' });
  expect(await step.observe(receipt)).toMatchObject({ state: 'failed' });
});

test('looking ends when nobody waits any longer', async () => {
  const target = await on.one('web-1');
  const before = await on.fresh(target);
  await on.fault({ operation: 'Compute.GetInstance', latency: { ms: 2_000 } });
  const stop = new AbortController();
  const looking = on.cloud.verbs['instance.stop']?.observe(stepOf('instance.stop', target), undefined, {
    before,
    elapsed: 0,
    signal: stop.signal,
  });
  stop.abort(new Error('shutting down'));
  await expect(looking).rejects.toThrow('shutting down');
});

test('twenty at once act once each, without a warning of Node', async () => {
  const warned: string[] = [];
  const note = (warning: Error) => warned.push(warning.name);
  process.on('warning', note);
  const { signal } = new AbortController();
  const running = (await on.find('kind:instance')).filter(({ state }) => state === 'RUNNING').slice(0, 20);
  await Promise.all(
    running.map(async (target) => {
      const { etag } = await on.fresh(target);
      await on.cloud.verbs['instance.stop']?.act(stepOf('instance.stop', target), {
        ...acting(etag, target.ocid.slice(-60)),
        signal,
      });
    }),
  );
  expect((await sent('Compute.InstanceAction')).map(({ status }) => status)).toEqual(running.map(() => 200));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', note);
  expect(warned).toEqual([]);
});
