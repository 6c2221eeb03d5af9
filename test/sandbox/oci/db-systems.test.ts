import type { models } from 'oci-database';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bootOci, type Cloud, clients, ocidOf, resource } from './cloud.ts';

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

const compartmentId = () => cloud.compartments.data ?? '';

async function nodesOf(dbSystemId: string) {
  const { items } = await sdk.databases.listDbNodes({ compartmentId: compartmentId(), dbSystemId });
  return items.map(({ id, lifecycleState }) => ({ id, lifecycleState }));
}

describe('DB systems', () => {
  it('stay AVAILABLE while their nodes stop, start and reset', async () => {
    const dbSystemId = await ocidOf(cloud, 'ledger');
    const [first, second] = await nodesOf(dbSystemId);
    const dbNodeId = first?.id ?? '';
    const stopping = await sdk.databases.dbNodeAction({ dbNodeId, action: 'STOP' });
    expect(stopping.dbNode).toMatchObject({ id: dbNodeId, dbSystemId, lifecycleState: 'STOPPING' });
    expect(stopping.opcWorkRequestId).toMatch(/^ocid1\.coreservicesworkrequest\./);
    cloud.clock.advance(40_000);
    expect((await sdk.databases.getDbNode({ dbNodeId })).dbNode.lifecycleState).toBe('STOPPED');
    const { dbSystem } = await sdk.databases.getDbSystem({ dbSystemId });
    expect(dbSystem).toMatchObject({ lifecycleState: 'AVAILABLE', nodeCount: 2, cpuCoreCount: 8 });
    await sdk.databases.dbNodeAction({ dbNodeId, action: 'START' });
    await sdk.databases.dbNodeAction({ dbNodeId: second?.id ?? '', action: 'SOFTRESET' });
    cloud.clock.advance(50_000);
    expect((await nodesOf(dbSystemId)).map(({ lifecycleState }) => lifecycleState).sort()).toEqual([
      'AVAILABLE',
      'STARTING',
    ]);
  });

  it('refuse the wrong state, the wrong etag and, repeated, act once', async () => {
    const [node] = await nodesOf(await ocidOf(cloud, 'ledger-test'));
    const dbNodeId = node?.id ?? '';
    await expect(sdk.databases.dbNodeAction({ dbNodeId, action: 'START' })).rejects.toMatchObject({
      statusCode: 409,
      serviceCode: 'IncorrectState',
    });
    await expect(
      sdk.databases.dbNodeAction({ dbNodeId, action: 'STOP', ifMatch: 'another' }),
    ).rejects.toMatchObject({ statusCode: 412 });
    const once = { dbNodeId, action: 'STOP', opcRetryToken: 'once' };
    const { opcWorkRequestId } = await sdk.databases.dbNodeAction(once);
    cloud.clock.advance(60_000);
    expect((await sdk.databases.dbNodeAction(once)).opcWorkRequestId).toBe(opcWorkRequestId);
    expect((await sdk.databases.getDbNode({ dbNodeId })).dbNode.lifecycleState).toBe('STOPPED');
  });

  it('take other cores, in shares that their nodes can have', async () => {
    const dbSystemId = await ocidOf(cloud, 'ledger');
    const scale = (updateDbSystemDetails: models.UpdateDbSystemDetails) =>
      sdk.databases.updateDbSystem({ dbSystemId, updateDbSystemDetails });
    await expect(scale({ cpuCoreCount: 7 })).rejects.toMatchObject({ statusCode: 400 });
    await expect(scale({ computeCount: 8 })).rejects.toMatchObject({ statusCode: 400 });
    const { dbSystem } = await scale({ cpuCoreCount: 16 });
    expect(dbSystem).toMatchObject({ lifecycleState: 'UPDATING', cpuCoreCount: 16 });
    await expect(scale({ cpuCoreCount: 8 })).rejects.toMatchObject({ statusCode: 409 });
  });

  it('want their nodes to be asked for by one of them', async () => {
    await expect(sdk.databases.listDbNodes({ compartmentId: compartmentId() })).rejects.toMatchObject({
      statusCode: 400,
      serviceCode: 'MissingParameter',
    });
  });
});

describe('Exadata VM clusters', () => {
  it('go down to no cores and come back, in multiples of their nodes', async () => {
    const cloudVmClusterId = await ocidOf(cloud, 'exa-risk');
    const scale = (cpuCoreCount: number) =>
      sdk.databases.updateCloudVmCluster({
        cloudVmClusterId,
        updateCloudVmClusterDetails: { cpuCoreCount },
      });
    for (const wrong of [1, 2, 7, 1_000])
      await expect(scale(wrong)).rejects.toMatchObject({ statusCode: 400, serviceCode: 'InvalidParameter' });
    expect((await scale(0)).cloudVmCluster).toMatchObject({ lifecycleState: 'UPDATING', cpuCoreCount: 0 });
    await expect(scale(16)).rejects.toMatchObject({ statusCode: 409 });
    cloud.clock.advance(60_000);
    await scale(16);
    cloud.clock.advance(60_000);
    const { items } = await sdk.databases.listCloudVmClusters({ compartmentId: compartmentId() });
    expect(items).toMatchObject([{ id: cloudVmClusterId, lifecycleState: 'AVAILABLE', cpuCoreCount: 16 }]);
  });
});

describe('Autonomous Databases by their models', () => {
  const scale = async (name: string, computeCount: number) =>
    sdk.databases.updateAutonomousDatabase({
      autonomousDatabaseId: await ocidOf(cloud, name),
      updateAutonomousDatabaseDetails: { computeCount },
    });

  it('take whole OCPUs, and fractions of one where they are dedicated', async () => {
    expect((await scale('ledger archive', 4)).autonomousDatabase).toMatchObject({
      computeModel: 'OCPU',
      computeCount: 4,
      cpuCoreCount: 4,
    });
    cloud.clock.advance(30_000);
    await expect(scale('ledger archive', 0.5)).rejects.toMatchObject({ statusCode: 400 });
    expect((await scale('risk model', 0.5)).autonomousDatabase).toMatchObject({
      isDedicated: true,
      computeCount: 0.5,
    });
    await expect(scale('shop-dev-db', 1)).rejects.toMatchObject({ statusCode: 400 });
  });
});

it('search finds DB systems and VM clusters, and not their nodes', async () => {
  const ask = (query: string) => sdk.search.searchResources({ searchDetails: { type: 'Structured', query } });
  const { resourceSummaryCollection } = await ask('query dbsystem, cloudvmcluster resources');
  expect(resourceSummaryCollection.items?.map(({ displayName }) => displayName).sort()).toEqual([
    'exa-risk',
    'ledger',
    'ledger-test',
  ]);
  await expect(ask('query mysqldbsystem resources')).rejects.toMatchObject({ statusCode: 400 });
  expect((await resource(cloud, 'exa-risk')).state).toBe('AVAILABLE');
});
