import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { arm, bootOci, type Cloud, clients, frankfurt, ocidOf } from './cloud.ts';

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

async function read(containerInstanceId: string) {
  return (await sdk.containers.getContainerInstance({ containerInstanceId })).containerInstance;
}

describe('container instances', () => {
  it('stop and start, with their containers, and a work request that tells how far it is', async () => {
    const containerInstanceId = await ocidOf(cloud, 'shop-dev-api');
    expect(containerInstanceId).toMatch(
      /^ocid1\.computecontainerinstance\.oc1\.eu-frankfurt-1\.[a-z2-7]{60}$/,
    );
    const before = await read(containerInstanceId);
    expect(before).toMatchObject({ lifecycleState: 'ACTIVE', containerCount: 2 });

    const { opcWorkRequestId: workRequestId } = await sdk.containers.stopContainerInstance({
      containerInstanceId,
    });
    const work = async () => (await sdk.containers.getWorkRequest({ workRequestId })).workRequest;
    expect(await work()).toMatchObject({
      operationType: 'STOP_CONTAINER_INSTANCE',
      status: 'ACCEPTED',
      percentComplete: 0,
      resources: [
        { entityType: 'containerInstance', actionType: 'IN_PROGRESS', identifier: containerInstanceId },
      ],
    });
    expect((await read(containerInstanceId)).lifecycleState).toBe('UPDATING');
    cloud.clock.advance(5_500);
    const half = await work();
    expect(half.status).toBe('IN_PROGRESS');
    expect(half.percentComplete).toBeGreaterThanOrEqual(50);
    expect(half.percentComplete).toBeLessThan(100);
    cloud.clock.advance(4_500);
    expect(await work()).toMatchObject({
      status: 'SUCCEEDED',
      percentComplete: 100,
      resources: [{ actionType: 'UPDATED' }],
    });
    expect((await read(containerInstanceId)).lifecycleState).toBe('INACTIVE');
    const containerId = before.containers[0]?.containerId ?? '';
    expect((await sdk.containers.getContainer({ containerId })).container).toMatchObject({
      lifecycleState: 'INACTIVE',
      exitCode: 143,
    });
    const { workRequestLogEntryCollection: logs } = await sdk.containers.listWorkRequestLogs({
      workRequestId,
    });
    expect(logs.items.map(({ message }) => message).at(0)).toBe('The operation has succeeded.');
    const { workRequestSummaryCollection: works } = await sdk.containers.listWorkRequests({
      compartmentId: before.compartmentId,
      resourceId: containerInstanceId,
    });
    expect(works.items.map(({ id }) => id)).toEqual([workRequestId]);

    await sdk.containers.startContainerInstance({ containerInstanceId });
    cloud.clock.advance(12_000);
    expect((await read(containerInstanceId)).lifecycleState).toBe('ACTIVE');
  });

  it('a restart begins a new run, whose logs are apart from the previous ones', async () => {
    const containerInstanceId = await ocidOf(cloud, 'shop-dev-api');
    const containerId = (await read(containerInstanceId)).containers[0]?.containerId ?? '';
    const logs = async (isPrevious = false) => {
      const { value } = await sdk.containers.retrieveLogs({ containerId, isPrevious });
      const text = await new Response(value).text();
      return text.trimEnd().split('\n');
    };
    const early = await logs();
    expect(early.at(-1)).toMatch(/^\d{4}-\d\d-\d\dT\S+Z .*level=/);
    cloud.clock.advance(60_000);
    const late = await logs();
    expect(late.at(-1)).not.toBe(early.at(-1));
    expect(late).toContain(early.at(-1));

    await sdk.containers.restartContainerInstance({ containerInstanceId });
    cloud.clock.advance(22_000 + 30_000);
    const current = await logs();
    expect(current[0]).toContain('starting api');
    expect(current.length).toBeLessThan(15);
    const previous = await logs(true);
    expect(previous.at(-1)).toContain('received SIGTERM');
    expect(previous).toContain(late.at(-1));
    expect((await sdk.containers.getContainer({ containerId })).container.containerRestartAttemptCount).toBe(
      1,
    );
  });

  it('refuse what does not fit their state', async () => {
    const wrong = { statusCode: 409, serviceCode: 'IncorrectState' };
    const up = await ocidOf(cloud, 'shop-dev-api');
    const down = await ocidOf(cloud, 'shop-checkout-dev');
    await expect(sdk.containers.startContainerInstance({ containerInstanceId: up })).rejects.toMatchObject(
      wrong,
    );
    await expect(sdk.containers.stopContainerInstance({ containerInstanceId: down })).rejects.toMatchObject(
      wrong,
    );
    await expect(
      sdk.containers.restartContainerInstance({ containerInstanceId: down }),
    ).rejects.toMatchObject(wrong);
    await expect(
      sdk.containers.stopContainerInstance({ containerInstanceId: up, ifMatch: 'old' }),
    ).rejects.toMatchObject({ statusCode: 412, serviceCode: 'NoEtagMatch' });
  });

  it('are created, renamed and deleted', async () => {
    const { containerInstance, opcWorkRequestId: workRequestId } = await create();
    const containerInstanceId = containerInstance.id;
    expect(containerInstance).toMatchObject({
      lifecycleState: 'CREATING',
      displayName: 'canary',
      containerCount: 1,
    });
    cloud.clock.advance(20_000);
    expect((await read(containerInstanceId)).lifecycleState).toBe('ACTIVE');
    expect((await sdk.containers.getWorkRequest({ workRequestId })).workRequest).toMatchObject({
      operationType: 'CREATE_CONTAINER_INSTANCE',
      status: 'SUCCEEDED',
    });

    await sdk.containers.updateContainerInstance({
      containerInstanceId,
      updateContainerInstanceDetails: { displayName: 'canary-2', freeformTags: { env: 'dev' } },
    });
    cloud.clock.advance(4_000);
    expect(await read(containerInstanceId)).toMatchObject({
      displayName: 'canary-2',
      lifecycleState: 'ACTIVE',
      freeformTags: { env: 'dev' },
    });

    await sdk.containers.deleteContainerInstance({ containerInstanceId });
    expect((await read(containerInstanceId)).lifecycleState).toBe('DELETING');
    cloud.clock.advance(10_000);
    expect((await read(containerInstanceId)).lifecycleState).toBe('DELETED');
    const compartmentId = cloud.compartments['shop/dev'] ?? '';
    const { containerCollection } = await sdk.containers.listContainers({
      compartmentId,
      containerInstanceId,
    });
    expect(containerCollection.items.map(({ lifecycleState }) => lifecycleState)).toEqual(['DELETED']);
  });

  it('a create with the same retry token is one create', async () => {
    const first = await create('same');
    const second = await create('same');
    expect(second.containerInstance.id).toBe(first.containerInstance.id);
    expect(second.opcWorkRequestId).toBe(first.opcWorkRequestId);
  });

  it('a create can find no host, and can fail later', async () => {
    await arm(cloud, { operation: 'ContainerInstance.*', capacity: true });
    await expect(create()).rejects.toMatchObject({
      statusCode: 500,
      serviceCode: 'InternalError',
      message: expect.stringContaining('Out of host capacity.'),
    });
    await arm(cloud, { operation: 'ContainerInstance.CreateContainerInstance', fails: 'Image pull failed' });
    const { containerInstance, opcWorkRequestId: workRequestId } = await create();
    cloud.clock.advance(20_000);
    expect(await read(containerInstance.id)).toMatchObject({
      lifecycleState: 'FAILED',
      lifecycleDetails: 'Image pull failed',
    });
    expect((await sdk.containers.getWorkRequest({ workRequestId })).workRequest).toMatchObject({
      status: 'FAILED',
      resources: [{ actionType: 'FAILED' }],
    });
    const { workRequestErrorCollection } = await sdk.containers.listWorkRequestErrors({ workRequestId });
    expect(workRequestErrorCollection.items).toMatchObject([
      { code: 'InternalError', message: 'Image pull failed' },
    ]);
  });

  it.each([
    [{ shape: 'VM.Standard.E5.Flex' }, 'shape'],
    [{ availabilityDomain: 'AD-1' }, 'availabilityDomain'],
    [{ shapeConfig: { ocpus: 1, memoryInGBs: 100 } }, 'memoryInGBs'],
    [{ containers: [] }, 'containers'],
  ])('a create with %o is refused for its %s', async (wrong, field) => {
    await expect(create(undefined, wrong)).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining(field),
    });
  });

  it('their shapes are listed', async () => {
    const { containerInstanceShapeCollection } = await sdk.containers.listContainerInstanceShapes({
      compartmentId: cloud.compartments['shop/dev'] ?? '',
    });
    expect(containerInstanceShapeCollection.items[0]).toMatchObject({ name: 'CI.Standard.E4.Flex' });
  });
});

async function create(opcRetryToken?: string, details: object = {}) {
  const compartmentId = cloud.compartments['shop/dev'] ?? '';
  const { items: subnets } = await sdk.network.listSubnets({ compartmentId });
  return sdk.containers.createContainerInstance({
    ...(opcRetryToken && { opcRetryToken }),
    createContainerInstanceDetails: {
      displayName: 'canary',
      compartmentId,
      availabilityDomain: `pYRG:${frankfurt.toUpperCase()}-AD-1`,
      shape: 'CI.Standard.E4.Flex',
      shapeConfig: { ocpus: 1, memoryInGBs: 4 },
      containers: [{ displayName: 'api', imageUrl: 'fra.ocir.io/lamplight/shop-api:1.43.0' }],
      vnics: [{ subnetId: subnets[0]?.id ?? '' }],
      ...details,
    },
  });
}
