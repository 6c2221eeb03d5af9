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

const pool = async () => ({ instancePoolId: await ocidOf(cloud, 'etl-workers') });
const members = async () => {
  const { compartmentId } = await resource(cloud, 'etl-workers');
  const { items } = await sdk.management.listInstancePoolInstances({ ...(await pool()), compartmentId });
  return items;
};

describe('instance pools', () => {
  it('are listed in short and read whole', async () => {
    const { compartmentId } = await resource(cloud, 'etl-workers');
    const { items } = await sdk.management.listInstancePools({ compartmentId });
    expect(items).toMatchObject([
      {
        displayName: 'etl-workers',
        size: 3,
        lifecycleState: 'RUNNING',
        availabilityDomains: expect.any(Array),
      },
    ]);
    const { instancePool, etag } = await sdk.management.getInstancePool(await pool());
    expect(etag).toMatch(/^[0-9a-f]{40}$/);
    expect(instancePool).toMatchObject({
      size: 3,
      loadBalancers: [],
      placementConfigurations: expect.any(Array),
    });
  });

  it('have members that carry their tags and the shape of their configuration', async () => {
    const [first] = await members();
    const { instance } = await sdk.compute.getInstance({ instanceId: first?.id ?? '' });
    const { instancePoolId } = await pool();
    expect(instance.freeformTags).toMatchObject({
      app: 'etl',
      'oci:compute:instancepool': instancePoolId,
      'oci:compute:instanceconfiguration': first?.instanceConfigurationId,
    });
    const { instanceConfiguration } = await sdk.management.getInstanceConfiguration({
      instanceConfigurationId: first?.instanceConfigurationId ?? '',
    });
    expect(instanceConfiguration.instanceDetails).toMatchObject({
      instanceType: 'compute',
      launchDetails: { shape: instance.shape, shapeConfig: { ocpus: 4, memoryInGBs: 32 } },
    });
    const { instancePoolInstance } = await sdk.management.getInstancePoolInstance({
      instancePoolId,
      instanceId: instance.id,
    });
    expect(instancePoolInstance).toMatchObject({ lifecycleState: 'ACTIVE', state: 'Running' });
  });

  it('take their members along, down and up', async () => {
    await sdk.management.softstopInstancePool(await pool());
    expect((await members()).map(({ state }) => state)).toEqual(['Stopping', 'Stopping', 'Stopping']);
    cloud.clock.advance(60_000);
    expect((await resource(cloud, 'etl-workers')).state).toBe('STOPPED');
    expect((await members()).map(({ state }) => state)).toEqual(['Stopped', 'Stopped', 'Stopped']);
    await sdk.management.startInstancePool(await pool());
    cloud.clock.advance(60_000);
    expect((await members()).map(({ state }) => state)).toEqual(['Running', 'Running', 'Running']);
  });

  it('launch members as they grow, and terminate the youngest as they shrink', async () => {
    const before = (await members()).map(({ id }) => id);
    const larger = { updateInstancePoolDetails: { size: 5 } };
    const { instancePool } = await sdk.management.updateInstancePool({ ...(await pool()), ...larger });
    expect(instancePool).toMatchObject({ size: 5, lifecycleState: 'SCALING' });
    cloud.clock.advance(60_000);
    expect(await members()).toHaveLength(5);
    await sdk.management.updateInstancePool({ ...(await pool()), updateInstancePoolDetails: { size: 2 } });
    cloud.clock.advance(60_000);
    const after = (await members()).map(({ id }) => id);
    expect(after).toHaveLength(2);
    expect(before).toEqual(expect.arrayContaining(after));
    expect((await resource(cloud, 'etl-workers')).state).toBe('RUNNING');
  });

  it('refuse what their state does not allow, an old etag, and know a retry token again', async () => {
    await expect(sdk.management.startInstancePool(await pool())).rejects.toMatchObject({
      statusCode: 409,
      serviceCode: 'IncorrectState',
    });
    await expect(
      sdk.management.stopInstancePool({ ...(await pool()), ifMatch: 'old' }),
    ).rejects.toMatchObject({ statusCode: 412 });
    const stop = { ...(await pool()), opcRetryToken: 'once' };
    const [first, again] = [
      await sdk.management.stopInstancePool(stop),
      await sdk.management.stopInstancePool(stop),
    ];
    expect(again.etag).toBe(first.etag);
    await expect(
      sdk.management.updateInstancePool({ ...(await pool()), updateInstancePoolDetails: { size: 1 } }),
    ).rejects.toMatchObject({ statusCode: 409 });
  });

  it('whose systems do not listen can be stopped hard', async () => {
    await arm(cloud, { operation: 'ComputeManagement.SoftstopInstancePool', deaf: true });
    await sdk.management.softstopInstancePool(await pool());
    cloud.clock.advance(120_000);
    expect((await resource(cloud, 'etl-workers')).state).toBe('STOPPING');
    await sdk.management.stopInstancePool(await pool());
    cloud.clock.advance(60_000);
    expect((await resource(cloud, 'etl-workers')).state).toBe('STOPPED');
  });
});
