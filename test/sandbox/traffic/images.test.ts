import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { imageOf } from '../../../sandbox/oci/images.ts';
import { ask, image, type Street, street } from './street.ts';

const tags = {
  crash: '2-crash-30s',
  starting: '2-slow-start-20s',
  ill: '2-never-healthy',
  slow: '2-slow-200ms',
  failing: '2-errors-20',
  'once-0': '2-exit-0',
  'once-3': '2-exit-3',
  'retried-0': '2-exit-0',
  'retried-1': '2-exit-1',
  well: '2',
};
const names = Object.keys(tags);

let town: Street;
beforeAll(async () => {
  town = await street({
    instances: Object.fromEntries(Object.entries(tags).map(([name, tag]) => [name, image(tag)])),
    apart: names.filter((name) => name !== 'crash' && name !== 'well'),
    restartPolicy: {
      'once-0': 'NEVER',
      'once-3': 'NEVER',
      'retried-0': 'ON_FAILURE',
      'retried-1': 'ON_FAILURE',
    },
  });
});
beforeEach(() => town.cloud.reset());
afterAll(() => town.close());

const advance = (ms: number) => town.cloud.clock.advance(ms);

async function open(name: keyof typeof tags) {
  const { sdk } = town;
  const { proxy } = await town.seen();
  const at = await town.backend(name);
  const containerInstanceId = await ocidOf(town, name);
  const instance = async () =>
    (await sdk.containers.getContainerInstance({ containerInstanceId })).containerInstance;
  const containerId = (await instance()).containers[0]?.containerId ?? '';
  return {
    /** Past the load balancer. */
    direct: (path = '/') => ask(`http://${at}${path}`, { proxy }),
    /** How many requests it has had, this one included. */
    count: async () => JSON.parse((await ask(`http://${at}/`, { proxy })).body).requests as number,
    instance,
    container: async () => (await sdk.containers.getContainer({ containerId })).container,
    logs: async (isPrevious = false) => {
      const { value } = await sdk.containers.retrieveLogs({ containerId, isPrevious });
      return new Response(value).text();
    },
    restart: async () => {
      await sdk.containers.restartContainerInstance({ containerInstanceId });
      advance(22_000);
    },
    tag: () =>
      sdk.containers.updateContainerInstance({
        containerInstanceId,
        updateContainerInstanceDetails: { freeformTags: { hook: 'before' } },
      }),
    stop: () => sdk.containers.stopContainerInstance({ containerInstanceId }),
  };
}

async function ocidOf({ cloud }: Street, name: string): Promise<string> {
  const reply = await cloud.control.request(`/resources?name=${name}`);
  const { resources } = (await reply.json()) as { resources: { ocid: string }[] };
  return resources[0]?.ocid ?? '';
}

describe('an image', () => {
  it.each([
    ['fra.ocir.io/lamplight/store:1.4.1', { app: 'store', version: '1.4.1', delay: 0, errors: 0 }],
    ['store', { app: 'store', version: 'latest' }],
    ['fra.ocir.io/x/store@sha256:0a', { app: 'store', version: 'sha256:0a' }],
    ['fra.ocir.io/x/store:2-slow-start-20s', { slowStart: 20_000, delay: 0 }],
    ['fra.ocir.io/x/store-slow-800ms:2', { app: 'store', version: '2', delay: 800, slowStart: 0 }],
    ['store:2-crash-30s', { crashesAfter: 30_000 }],
    ['store:2-errors-20', { errors: 20 }],
    ['store:2-never-healthy', { isNeverHealthy: true }],
    ['store-missing:2', { app: 'store', isMissing: true }],
    ['migrate:2-exit-1', { exits: { code: 1, after: 5_000 } }],
    ['migrate:2-exit-0-after-2m', { exits: { code: 0, after: 120_000 } }],
    ['fra.ocir.io/x-missing/store:missingno', { isMissing: false }],
  ])('%s says how its program behaves', (url, expected) => {
    expect(imageOf(url)).toMatchObject(expected);
  });

  it('that starts slowly answers 503 until it is up', async () => {
    const one = await open('starting');
    await one.restart();
    expect((await one.direct()).status).toBe(503);
    expect((await one.direct('/healthz')).status).toBe(503);
    advance(20_000);
    expect((await one.direct()).status).toBe(200);
  });

  it('that is never healthy serves all but its health', async () => {
    const one = await open('ill');
    expect((await one.direct('/healthz')).status).toBe(503);
    expect((await one.direct('/')).status).toBe(200);
  });

  it('that is slow answers all the same', async () => {
    const one = await open('slow');
    const began = town.cloud.clock.now();
    expect((await one.direct()).status).toBe(200);
    expect(town.cloud.clock.now() - began).toBeGreaterThanOrEqual(200);
  });

  it('that fails now and then fails the same way each time', async () => {
    const one = await open('failing');
    const statuses = async () => {
      const found: number[] = [];
      for (let at = 0; at < 50; at += 1) found.push((await one.direct()).status);
      return found;
    };
    const first = await statuses();
    expect(first.filter((status) => status === 500).length).toBeGreaterThan(4);
    expect(first.filter((status) => status === 500).length).toBeLessThan(17);
    town.cloud.reset();
    expect(await statuses()).toEqual(first);
  });

  it('that crashes is cut off, comes back after a while, and crashes again', async () => {
    const one = await open('crash');
    await town.update('well', { offline: true });
    const slow = town.get('/?wait=60000');
    await town.underWay(1);
    advance(22_000);
    expect((await slow).status).toBe(502);
    expect(await one.container()).toMatchObject({ lifecycleState: 'INACTIVE', exitCode: 139 });
    expect((await one.instance()).lifecycleState).toBe('ACTIVE');
    expect((await one.direct()).status).toBe(502);
    advance(5_000);
    expect((await one.direct()).status).toBe(200);
    const back = await one.container();
    expect(back).toMatchObject({ lifecycleState: 'ACTIVE', containerRestartAttemptCount: 1 });
    expect(back.exitCode ?? null).toBeNull();
    expect(await one.logs(true)).toContain('exit_code=139');
    advance(30_000);
    expect((await one.direct()).status).toBe(502);
    advance(3_600_000);
    expect((await one.container()).containerRestartAttemptCount).toBeGreaterThan(5);
  });

  it.each([
    ['once-0', 0],
    ['once-3', 3],
    ['retried-0', 0],
  ] as const)(
    '%s runs to its end: the instance is INACTIVE and its container tells %i',
    async (name, code) => {
      const one = await open(name);
      expect((await one.container()).lifecycleState).toBe('ACTIVE');
      advance(5_000);
      expect((await one.instance()).lifecycleState).toBe('INACTIVE');
      expect(await one.container()).toMatchObject({
        lifecycleState: 'INACTIVE',
        exitCode: code,
        timeTerminated: expect.stringMatching(/^20/),
      });
      expect(await one.logs()).toContain(`exit_code=${code}`);
    },
  );

  it('that runs to its end while its instance gets a tag leaves it INACTIVE all the same', async () => {
    const one = await open('once-0');
    advance(3_000);
    await one.tag();
    advance(4_000);
    expect((await one.container()).lifecycleState).toBe('INACTIVE');
    expect((await one.instance()).lifecycleState).toBe('INACTIVE');
  });

  it('that fails under ON_FAILURE is tried again', async () => {
    const one = await open('retried-1');
    advance(10_000);
    expect((await one.instance()).lifecycleState).toBe('ACTIVE');
    expect((await one.container()).containerRestartAttemptCount).toBe(1);
  });

  it('a stop lets what is under way end within the time that the instance gives', async () => {
    const one = await open('well');
    await town.update('crash', { offline: true });
    const slow = town.get('/?wait=5000');
    for (let asked = 1; (await one.count()) === asked; asked += 1);
    await one.stop();
    expect((await one.direct()).status).toBe(502);
    advance(5_000);
    expect((await slow).status).toBe(200);
  });
});
