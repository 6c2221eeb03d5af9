import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Fresh } from '../../src/core/cloud.ts';
import { CloudError, isAmbiguous, isTransient } from '../../src/core/fault.ts';
import { parseSelector } from '../../src/core/selector.ts';
import type { Target } from '../../src/core/target.ts';
import type { Verb } from '../../src/core/verb.ts';
import type { Cloud } from '../../src/oci/cloud.ts';
import { acting, type Stage, stage, stepOf } from './sandbox.ts';

/** Every way in which OCI can say no or nothing, in each phase of a step, as the engine sees it. */

let on: Stage;
/** Gives up so soon that whoever wants an answer on a busy machine should not ask by it. */
let brief: Cloud;
let web: Target;
let before: Fresh;
beforeAll(async () => {
  on = await stage();
  brief = on.open({ timeouts: { read: 300, act: 300 } });
  const [found] = (await on.cloud.reader.find(parseSelector(['web-1']))).targets;
  const fresh = found && (await on.cloud.reader.read(found));
  if (!fresh) throw new Error('The seed has no web-1.');
  web = found;
  before = fresh;
});
beforeEach(() => on.oci.reset());
afterAll(() => on.close());

interface Phase {
  readonly operation: string;
  go(cloud?: Cloud): Promise<unknown>;
}

const phases: Readonly<Record<'act' | 'observe' | 'read', Phase>> = {
  act: {
    operation: 'Compute.InstanceAction',
    go: (cloud = on.cloud) => verb(cloud).act(stepOf('instance.stop', web), acting(before.etag)),
  },
  observe: {
    operation: 'Compute.GetInstance',
    go: (cloud = on.cloud) =>
      verb(cloud).observe(stepOf('instance.stop', web), undefined, {
        before,
        elapsed: 0,
        signal: AbortSignal.timeout(20_000),
      }),
  },
  read: { operation: 'Compute.GetInstance', go: (cloud = on.cloud) => cloud.reader.read(web) },
};
const verb = (cloud: Cloud) => cloud.verbs['instance.stop'] as Verb;

async function failing(
  phase: keyof typeof phases,
  fault: object,
  cloud: Cloud = on.cloud,
): Promise<CloudError> {
  const { operation, go } = phases[phase];
  await on.fault({ operation, count: 100, ...fault });
  const outcome = await on.hurry(go(cloud)).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(outcome instanceof CloudError)) throw new Error(`not a CloudError: ${String(outcome)}`);
  return outcome;
}

const asked = async (operation: string) =>
  (await on.requests()).filter((request) => request.operation === operation).length;

const says = [
  [401, 'NotAuthenticated', false],
  [403, 'NotAllowed', false],
  [409, 'IncorrectState', false],
  [412, 'NoEtagMatch', false],
  [429, 'TooManyRequests', true],
  [500, 'InternalServerError', true],
  [502, 'BadGateway', true],
  [503, 'ServiceUnavailable', true],
] as const;

describe.each(Object.keys(phases) as (keyof typeof phases)[])('%s', (phase) => {
  test.each(says)('%d %s', async (status, code, transient) => {
    const error = await failing(phase, { status });
    expect(error).toMatchObject({ status, code, operation: `${phases[phase].operation} in eu-frankfurt-1` });
    expect(error.requestId).toMatch(/\/[0-9A-F]{32}$/);
    expect(isTransient(error)).toBe(transient);
    expect(isAmbiguous(error)).toBe(status >= 500);
    // An act is sent once, whatever OCI says; a read is tried again when that may help.
    expect(await asked(phases[phase].operation)).toBe(phase !== 'act' && transient ? 4 : 1);
  });

  test.each(['before', 'after'] as const)('a connection dropped %s the effect', async (drop) => {
    const error = await failing(phase, { drop });
    expect(error).toMatchObject({ status: 0 });
    expect(isAmbiguous(error)).toBe(true);
    expect(error.message).toMatch(/^no reply \([A-Z_]+\)$/);
    // The id that the request carried, by which OCI can be asked what became of it.
    expect(error.requestId).toMatch(/^[0-9A-F-]+$/);
    expect(await asked(phases[phase].operation)).toBe(phase === 'act' ? 1 : 4);
  });

  test('no reply in time', async () => {
    on.calls.length = 0;
    const error = await failing(phase, { latency: { ms: 2_000 } }, brief);
    expect(error).toMatchObject({ status: 0, code: 'Timeout', message: 'no reply in time' });
    expect(on.calls).toHaveLength(phase === 'act' ? 1 : 2);
  });

  test('a region that is away', async () => {
    await on.fault({ region: 'eu-frankfurt-1', away: true, count: 100 });
    const outcome = on.hurry(phases[phase].go());
    await expect(outcome).rejects.toMatchObject({ name: 'CloudError', status: 0 });
  });
});

test('404 is an error to the act, and the end of the resource to those who look', async () => {
  expect(await failing('act', { status: 404 })).toMatchObject({ code: 'NotAuthorizedOrNotFound' });
  await on.fault({ operation: 'Compute.GetInstance', status: 404, count: 2 });
  expect(await phases.read.go()).toBeUndefined();
  expect(await phases.observe.go()).toMatchObject({ state: 'failed' });
});

test('Retry-After comes along in milliseconds, and holds back the calls that follow', async () => {
  const error = await failing('act', { status: 429, retryAfter: 30 });
  expect(error.retryAfter).toBe(30_000);
  const group = on.cloud.limits().find(({ operation }) => operation.startsWith('Compute.InstanceAction'));
  expect(group?.pausedUntil).toBeGreaterThan(on.clock.now() + 25_000);
  await on.clearFaults();
  const later = phases.act.go();
  on.clock.advance(31_000);
  await expect(later).resolves.toHaveProperty('requestId');
});

test('a read is answered when the trouble passes', async () => {
  await on.fault({ operation: 'Compute.GetInstance', status: 503, count: 2 });
  expect(await on.hurry(phases.read.go())).toMatchObject({ name: 'web-1', state: 'RUNNING' });
  await on.fault({ operation: 'Compute.GetInstance', drop: 'after', count: 1 });
  expect(await on.hurry(phases.read.go())).toMatchObject({ name: 'web-1' });
});

test('an act that is given up is not sent, or is ended', async () => {
  const step = stepOf('instance.stop', web);
  const given = (signal: AbortSignal) => verb(on.cloud).act(step, { ...acting(before.etag), signal });
  await expect(given(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  expect(await asked('Compute.InstanceAction')).toBe(0);
  await on.fault({ operation: 'Compute.InstanceAction', latency: { ms: 1_000 } });
  const stop = new AbortController();
  const going = given(stop.signal);
  setTimeout(() => stop.abort(), 30);
  await expect(going).rejects.toMatchObject({ name: 'CloudError', status: 0, code: 'Aborted' });
});

test('the calls are counted with their status', async () => {
  on.calls.length = 0;
  await failing('act', { status: 409 });
  await on.clearFaults();
  await phases.act.go();
  expect(on.calls.map(({ operation, region, status }) => ({ operation, region, status }))).toEqual([
    { operation: 'Compute.InstanceAction', region: 'eu-frankfurt-1', status: 409 },
    { operation: 'Compute.InstanceAction', region: 'eu-frankfurt-1', status: 200 },
  ]);
});
