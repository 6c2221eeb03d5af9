import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { arm, bootOci, type Cloud, clients, ocidOf, requests, resource } from './cloud.ts';

let cloud: Cloud;
let sdk: ReturnType<typeof clients>;

beforeAll(async () => {
  cloud = await bootOci();
  sdk = clients(cloud);
});

beforeEach(() => cloud.reset());

afterAll(async () => {
  sdk.close();
  await cloud.close();
});

const DAY = 24 * 60 * 60_000;

describe('pages', () => {
  it('of any size, put together, are the whole list', async () => {
    const compartmentId = cloud.compartments['shop/prod'] ?? '';
    const whole = (await sdk.compute.listInstances({ compartmentId })).items.map(({ id }) => id);
    expect(whole.length).toBeGreaterThan(5);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: whole.length + 1 }), async (limit) => {
        const collected: string[] = [];
        let page: string | undefined;
        do {
          const reply = await sdk.compute.listInstances({ compartmentId, limit, ...(page && { page }) });
          expect(reply.items.length).toBeLessThanOrEqual(limit);
          collected.push(...reply.items.map(({ id }) => id));
          page = reply.opcNextPage || undefined;
        } while (page);
        expect(collected).toEqual(whole);
      }),
      { numRuns: 8 },
    );
  });

  it('go on after an item that has gone since', async () => {
    const compartmentId = cloud.compartments['shop/prod'] ?? '';
    const first = await sdk.compute.listInstances({ compartmentId, limit: 2 });
    const second = await sdk.compute.listInstances({ compartmentId, limit: 2, page: first.opcNextPage });
    await sdk.compute.terminateInstance({ instanceId: first.items[1]?.id ?? '' });
    cloud.clock.advance(2 * 60 * 60_000);
    const later = await sdk.compute.listInstances({ compartmentId, limit: 2, page: first.opcNextPage });
    expect(later.items.length).toBe(second.items.length);
    cloud.clock.offset = 0;
  });

  it.each([{ limit: 0 }, { limit: 1001 }, { page: 'nonsense' }])(
    '%o is an invalid parameter',
    async (wrong) => {
      const compartmentId = cloud.compartments['shop/prod'] ?? '';
      await expect(sdk.compute.listInstances({ compartmentId, ...wrong })).rejects.toMatchObject({
        statusCode: 400,
        serviceCode: 'InvalidParameter',
      });
    },
  );
});

describe('etags', () => {
  it('guard what they were read from', async () => {
    const { ocid: instanceId, etag } = await resource(cloud, 'web-1');
    const stale = { statusCode: 412, serviceCode: 'NoEtagMatch' };
    await expect(
      sdk.compute.instanceAction({ instanceId, action: 'STOP', ifMatch: 'another' }),
    ).rejects.toMatchObject(stale);
    const stopped = await sdk.compute.instanceAction({ instanceId, action: 'STOP', ifMatch: etag });
    expect(stopped.etag).not.toBe(etag);
    await expect(sdk.compute.terminateInstance({ instanceId, ifMatch: etag })).rejects.toMatchObject(stale);
  });

  it('change with every state on the way', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    const etag = async () => (await sdk.compute.getInstance({ instanceId })).etag;
    const seen = [await etag()];
    await sdk.compute.instanceAction({ instanceId, action: 'STOP' });
    seen.push(await etag());
    cloud.clock.advance(10_000);
    seen.push(await etag());
    expect(new Set(seen).size).toBe(3);
    expect(await etag()).toBe(seen[2]);
  });
});

describe('retry tokens', () => {
  const act = (instanceId: string, action: string, opcRetryToken: string) =>
    sdk.compute.instanceAction({ instanceId, action, opcRetryToken });

  it('answer a repeated request with the first result, and do it once', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    const first = await act(instanceId, 'RESET', 'token-1');
    cloud.clock.advance(25_000);
    expect((await sdk.compute.getInstance({ instanceId })).instance.lifecycleState).toBe('RUNNING');
    const again = await act(instanceId, 'RESET', 'token-1');
    expect(again.instance).toEqual(first.instance);
    expect(again.etag).toBe(first.etag);
    expect((await sdk.compute.getInstance({ instanceId })).instance.lifecycleState).toBe('RUNNING');
    expect((await requests(cloud)).filter(({ repeated }) => repeated)).toHaveLength(1);
  });

  it('refuse another request under the same token', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    await act(instanceId, 'RESET', 'token-2');
    await expect(act(instanceId, 'STOP', 'token-2')).rejects.toMatchObject({
      statusCode: 409,
      serviceCode: 'InvalidatedRetryToken',
    });
  });

  it('do not remember a refusal', async () => {
    const instanceId = await ocidOf(cloud, 'worker-dev-1');
    await expect(act(instanceId, 'STOP', 'token-3')).rejects.toMatchObject({ statusCode: 409 });
    await sdk.compute.instanceAction({ instanceId, action: 'START' });
    cloud.clock.advance(15_000);
    await expect(act(instanceId, 'STOP', 'token-3')).resolves.toBeDefined();
  });

  it('are forgotten after a day', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    const first = await act(instanceId, 'RESET', 'token-4');
    cloud.clock.advance(DAY - 60_000);
    expect((await act(instanceId, 'RESET', 'token-4')).etag).toBe(first.etag);
    cloud.clock.advance(60_000);
    expect((await act(instanceId, 'RESET', 'token-4')).etag).not.toBe(first.etag);
    cloud.clock.offset = 0;
  });
});

describe('throttling', () => {
  it('is per operation and region, and ends as the clock goes on', async () => {
    const tight = await bootOci({
      limits: [{ operation: 'Compute.GetInstance', perSecond: 0.01, burst: 3, retryAfter: true }],
    });
    const { compute, identity, close } = clients(tight);
    const instanceId = await ocidOf(tight, 'web-1');
    const get = () => compute.getInstance({ instanceId });
    const replies = await Promise.allSettled(Array.from({ length: 10 }, get));
    const refused = replies.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(7);
    expect(refused[0]).toMatchObject({ reason: { statusCode: 429, serviceCode: 'TooManyRequests' } });
    await expect(identity.getTenancy({ tenancyId: tight.credentials.tenancy })).resolves.toBeDefined();
    tight.clock.advance(100_000);
    await expect(get()).resolves.toBeDefined();
    close();
    await tight.close();
  });
});

describe('the state', () => {
  it('goes through JSON and on where it was, credentials and retry tokens too', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    const first = await sdk.compute.instanceAction({ instanceId, action: 'STOP', opcRetryToken: 'kept' });
    const state: unknown = JSON.parse(JSON.stringify(cloud.snapshot()));
    const next = await bootOci({ state });
    const { compute, close } = clients(next);
    expect(next.credentials).toEqual(cloud.credentials);
    expect((await compute.getInstance({ instanceId })).instance.lifecycleState).toBe('STOPPING');
    next.clock.advance(10_000);
    expect((await compute.getInstance({ instanceId })).instance.lifecycleState).toBe('STOPPED');
    const again = await compute.instanceAction({ instanceId, action: 'STOP', opcRetryToken: 'kept' });
    expect(again.etag).toBe(first.etag);
    close();
    await next.close();
  });

  it('of something else is refused', async () => {
    await expect(bootOci({ state: { version: 9 } })).rejects.toThrow('not one that this version wrote');
  });

  it('after a reset is that of the seed, and clients go on', async () => {
    const fresh = cloud.snapshot();
    const instanceId = await ocidOf(cloud, 'web-1');
    await sdk.compute.instanceAction({ instanceId, action: 'STOP' });
    expect(cloud.snapshot()).not.toEqual(fresh);
    cloud.reset();
    expect(cloud.snapshot()).toEqual(fresh);
    await expect(sdk.compute.getInstance({ instanceId })).resolves.toBeDefined();
  });

  it('after a reset has no request of before, also none that is answered after it', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    await arm(cloud, { operation: 'Compute.GetInstance', latency: { ms: 200 }, count: 1 });
    const late = sdk.compute.getInstance({ instanceId });
    // it is there when another one, sent after it, was answered
    await sdk.compute.listInstances({ compartmentId: cloud.compartments['shop/prod'] ?? '' });
    cloud.reset();
    await late;
    expect(await requests(cloud)).toEqual([]);
  });

  it('tells its listeners when time alone changes it', async () => {
    const heard: (string | undefined)[] = [];
    const off = cloud.onChange(({ kind, state }) => {
      if (kind === 'changed') heard.push(state);
    });
    await sdk.compute.instanceAction({ instanceId: await ocidOf(cloud, 'web-1'), action: 'STOP' });
    cloud.clock.advance(10_000);
    expect(heard).toEqual(['STOPPING', 'STOPPED']);
    off();
  });
});
