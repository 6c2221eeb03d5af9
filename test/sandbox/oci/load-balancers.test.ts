import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { arm, bootOci, type Cloud, clients, ocidOf, resource } from './cloud.ts';

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

const balancer = async () => ({ loadBalancerId: await ocidOf(cloud, 'shop-dev-lb') });
const read = async () => (await sdk.balancers.getLoadBalancer(await balancer())).loadBalancer;
const api = async () => ({ ...(await balancer()), backendSetName: 'api' });
const work = async (reply: { opcWorkRequestId: string }) =>
  (await sdk.balancers.getWorkRequest({ workRequestId: reply.opcWorkRequestId })).workRequest;

const create = async (ipAddress: string, token?: string) =>
  sdk.balancers.createBackend({
    ...(await api()),
    createBackendDetails: { ipAddress, port: 8080, weight: 2 },
    ...(token ? { opcRetryToken: token } : {}),
  });

describe('load balancers', () => {
  it('are listed and read whole, with an etag', async () => {
    const { compartmentId } = await resource(cloud, 'shop-dev-lb');
    const { items } = await sdk.balancers.listLoadBalancers({ compartmentId });
    const { loadBalancer, eTag } = await sdk.balancers.getLoadBalancer(await balancer());
    expect(items).toEqual([loadBalancer]);
    expect(eTag).toMatch(/^[0-9a-f]{40}$/);
    expect(loadBalancer).toMatchObject({
      shapeName: 'flexible',
      shapeDetails: { minimumBandwidthInMbps: 10, maximumBandwidthInMbps: 100 },
      listeners: { http: { port: 80, protocol: 'HTTP', defaultBackendSetName: 'web' } },
    });
    expect(loadBalancer.backendSets?.web?.backends).toHaveLength(2);
  });

  it('change when the work request is done, and not before', async () => {
    const reply = await sdk.balancers.updateLoadBalancerShape({
      ...(await balancer()),
      updateLoadBalancerShapeDetails: {
        shapeName: 'flexible',
        shapeDetails: { minimumBandwidthInMbps: 50, maximumBandwidthInMbps: 200 },
      },
    });
    expect(await work(reply)).toMatchObject({
      type: 'UpdateShape',
      lifecycleState: 'ACCEPTED',
      errorDetails: [],
    });
    expect((await read()).shapeDetails?.maximumBandwidthInMbps).toBe(100);
    cloud.clock.advance(10_000);
    expect(await work(reply)).toMatchObject({ lifecycleState: 'SUCCEEDED' });
    expect((await read()).shapeDetails?.maximumBandwidthInMbps).toBe(200);
    const { items } = await sdk.balancers.listWorkRequests(await balancer());
    expect(items.map(({ id }) => id)).toEqual([reply.opcWorkRequestId]);
  });

  it('take one change at a time', async () => {
    await create('10.0.1.77');
    await expect(create('10.0.1.78')).rejects.toMatchObject({ statusCode: 409, serviceCode: 'Conflict' });
    cloud.clock.advance(10_000);
    await expect(create('10.0.1.78')).resolves.toBeDefined();
  });

  it('keep backends as they were made, and change and remove them', async () => {
    await create('10.0.1.77');
    cloud.clock.advance(10_000);
    const named = { ...(await api()), backendName: '10.0.1.77:8080' };
    const { backend } = await sdk.balancers.getBackend(named);
    expect(backend).toMatchObject({
      name: '10.0.1.77:8080',
      weight: 2,
      drain: false,
      backup: false,
      offline: false,
    });
    await sdk.balancers.updateBackend({
      ...named,
      updateBackendDetails: { weight: 5, drain: true, backup: false, offline: false },
    });
    cloud.clock.advance(10_000);
    expect((await sdk.balancers.getBackend(named)).backend).toMatchObject({ weight: 5, drain: true });
    await sdk.balancers.deleteBackend(named);
    cloud.clock.advance(10_000);
    await expect(sdk.balancers.getBackend(named)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('know a retry token again, and refuse an old etag', async () => {
    const first = await create('10.0.1.77', 'once');
    expect((await create('10.0.1.77', 'once')).opcWorkRequestId).toBe(first.opcWorkRequestId);
    cloud.clock.advance(10_000);
    await expect(
      sdk.balancers.deleteBackend({ ...(await api()), backendName: '10.0.1.77:8080', ifMatch: 'old' }),
    ).rejects.toMatchObject({ statusCode: 412 });
  });

  it('tell in the work request what came to nothing', async () => {
    await create('10.0.1.77');
    cloud.clock.advance(10_000);
    const twice = await create('10.0.1.77');
    cloud.clock.advance(10_000);
    expect(await work(twice)).toMatchObject({
      lifecycleState: 'FAILED',
      errorDetails: [{ errorCode: 'BAD_INPUT', message: expect.stringContaining('already has backend') }],
    });
    await arm(cloud, { operation: 'LoadBalancer.CreateBackend', fails: 'Out of addresses.' });
    const failed = await create('10.0.1.78');
    cloud.clock.advance(10_000);
    expect(await work(failed)).toMatchObject({ errorDetails: [{ errorCode: 'INTERNAL_ERROR' }] });
    expect((await sdk.balancers.listBackends(await api())).items).toHaveLength(2);
  });

  it('judge backends by whether what has the address is up, and no set without a listener', async () => {
    const health = async () =>
      (await sdk.balancers.getLoadBalancerHealth(await balancer())).loadBalancerHealth;
    expect(await health()).toMatchObject({ status: 'OK', totalBackendSetCount: 2 });
    await sdk.compute.instanceAction({ instanceId: await ocidOf(cloud, 'web-1'), action: 'STOP' });
    expect(await health()).toMatchObject({ status: 'WARNING', warningStateBackendSetNames: ['web'] });
    const { backendSetHealth } = await sdk.balancers.getBackendSetHealth({
      ...(await balancer()),
      backendSetName: 'web',
    });
    expect(backendSetHealth).toMatchObject({
      totalBackendCount: 2,
      criticalStateBackendNames: [expect.any(String)],
    });
    await sdk.balancers.deleteListener({ ...(await balancer()), listenerName: 'api' });
    cloud.clock.advance(10_000);
    expect(await health()).toMatchObject({ unknownStateBackendSetNames: ['api'] });
  });

  it('are made, changed from a fixed shape to a flexible one, and deleted', async () => {
    const { compartmentId } = await resource(cloud, 'shop-dev-lb');
    const made = await sdk.balancers.createLoadBalancer({
      createLoadBalancerDetails: {
        compartmentId,
        displayName: 'new',
        shapeName: '100Mbps',
        subnetIds: (await read()).subnetIds ?? [],
      },
    });
    const { loadBalancerId } = await work(made);
    cloud.clock.advance(60_000);
    await expect(
      sdk.balancers.updateLoadBalancerShape({
        loadBalancerId,
        updateLoadBalancerShapeDetails: { shapeName: 'flexible' },
      }),
    ).rejects.toMatchObject({ statusCode: 400 });
    await sdk.balancers.updateLoadBalancerShape({
      loadBalancerId,
      updateLoadBalancerShapeDetails: {
        shapeName: 'flexible',
        shapeDetails: { minimumBandwidthInMbps: 10, maximumBandwidthInMbps: 10 },
      },
    });
    cloud.clock.advance(10_000);
    expect((await sdk.balancers.getLoadBalancer({ loadBalancerId })).loadBalancer.shapeName).toBe('flexible');
    await sdk.balancers.deleteLoadBalancer({ loadBalancerId });
    cloud.clock.advance(60_000);
    expect((await sdk.balancers.getLoadBalancer({ loadBalancerId })).loadBalancer.lifecycleState).toBe(
      'DELETED',
    );
  });
});
