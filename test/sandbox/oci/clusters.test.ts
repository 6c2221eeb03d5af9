import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { arm, bootOci, type Cloud, clients, resource } from './cloud.ts';

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

const poolOf = async (nodePoolId: string) => (await sdk.oke.getNodePool({ nodePoolId })).nodePool;
const sizeTo = (nodePoolId: string, size: number, ifMatch?: string) =>
  sdk.oke.updateNodePool({
    nodePoolId,
    updateNodePoolDetails: { nodeConfigDetails: { size } },
    ...(ifMatch ? { ifMatch } : {}),
  });
const work = async (workRequestId: string) => (await sdk.oke.getWorkRequest({ workRequestId })).workRequest;

describe('clusters', () => {
  it('are listed with their pools of both sorts', async () => {
    const { ocid: clusterId, compartmentId } = await resource(cloud, 'platform-oke');
    const { items } = await sdk.oke.listClusters({ compartmentId, name: 'platform-oke' });
    expect(items).toMatchObject([{ id: clusterId, lifecycleState: 'ACTIVE', type: 'ENHANCED_CLUSTER' }]);
    const { cluster, etag } = await sdk.oke.getCluster({ clusterId });
    expect(etag).toMatch(/^[0-9a-f]{40}$/);
    expect(cluster).toMatchObject({ name: 'platform-oke', kubernetesVersion: 'v1.34.1' });
    const pools = await sdk.oke.listNodePools({ compartmentId, clusterId });
    expect(pools.items.map(({ name }) => name).sort()).toEqual(['oke-batch', 'oke-workers']);
    expect((await sdk.oke.listNodePools({ compartmentId, clusterId: 'ocid1.cluster.x' })).items).toEqual([]);
    const virtual = await sdk.oke.listVirtualNodePools({ compartmentId, clusterId });
    expect(virtual.items).toMatchObject([{ displayName: 'oke-bursts', size: 2, clusterId }]);
    const virtualNodePoolId = virtual.items[0]?.id ?? '';
    expect((await sdk.oke.getVirtualNodePool({ virtualNodePoolId })).virtualNodePool).toMatchObject({
      podConfiguration: { shape: 'Pod.Standard.E4.Flex' },
    });
  });

  it('have the autoscaler as an add-on, which names its pools', async () => {
    const { ocid: clusterId } = await resource(cloud, 'platform-oke');
    const { ocid: pool } = await resource(cloud, 'oke-batch');
    const { items } = await sdk.oke.listAddons({ clusterId });
    expect(items.map(({ name }) => name).sort()).toEqual(['ClusterAutoscaler', 'CoreDNS']);
    const { addon } = await sdk.oke.getAddon({ clusterId, addonName: 'ClusterAutoscaler' });
    expect(addon.configurations).toContainEqual({ key: 'nodes', value: `0:10:${pool}` });
    await expect(sdk.oke.getAddon({ clusterId, addonName: 'Other' })).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it('are found by Search, as virtual pools are; node pools are not', async () => {
    const query = (type: string) =>
      sdk.search.searchResources({ searchDetails: { type: 'Structured', query: `query ${type} resources` } });
    expect((await query('clusterscluster')).resourceSummaryCollection.items).toHaveLength(1);
    expect((await query('clustersvirtualnodepool')).resourceSummaryCollection.items).toHaveLength(1);
    await expect(query('nodepool')).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe('node pools', () => {
  it('come and go with their size, node by node', async () => {
    const { ocid, compartmentId } = await resource(cloud, 'oke-workers');
    expect((await poolOf(ocid)).nodes).toHaveLength(3);
    const { opcWorkRequestId } = await sizeTo(ocid, 1);
    const shrinking = await poolOf(ocid);
    expect(shrinking.lifecycleState).toBe('UPDATING');
    expect(shrinking.nodes?.map(({ lifecycleState }) => lifecycleState)).toEqual([
      'ACTIVE',
      'DELETING',
      'DELETING',
    ]);
    const { percentComplete } = { percentComplete: undefined, ...(await work(opcWorkRequestId)) };
    expect(percentComplete).toBeUndefined();
    expect(await work(opcWorkRequestId)).toMatchObject({
      operationType: 'NODEPOOL_UPDATE',
      status: 'ACCEPTED',
      resources: [{ entityType: 'nodepool', identifier: ocid }],
    });
    cloud.clock.advance(45_000);
    expect(await work(opcWorkRequestId)).toMatchObject({ status: 'SUCCEEDED' });
    expect((await poolOf(ocid)).nodes).toHaveLength(1);
    expect(
      (await sdk.oke.listWorkRequests({ compartmentId, resourceId: ocid, status: ['SUCCEEDED'] })).items,
    ).toMatchObject([{ id: opcWorkRequestId }]);
    await sizeTo(ocid, 2);
    expect((await poolOf(ocid)).nodes?.map(({ lifecycleState }) => lifecycleState)).toEqual([
      'ACTIVE',
      'CREATING',
    ]);
  });

  it('refuse while they are updating, and under an old etag', async () => {
    const { ocid } = await resource(cloud, 'oke-workers');
    await expect(sizeTo(ocid, 0, 'old')).rejects.toMatchObject({ statusCode: 412 });
    await expect(sizeTo(ocid, -1)).rejects.toMatchObject({ statusCode: 400 });
    await sizeTo(ocid, 0);
    await expect(sizeTo(ocid, 1)).rejects.toMatchObject({ statusCode: 409, serviceCode: 'IncorrectState' });
  });

  it('need attention when their nodes do not come', async () => {
    const { ocid, compartmentId } = await resource(cloud, 'oke-workers');
    await arm(cloud, { operation: 'ContainerEngine.UpdateNodePool', fails: 'Out of host capacity.' });
    const { opcWorkRequestId: workRequestId } = await sizeTo(ocid, 9);
    cloud.clock.advance(45_000);
    expect((await poolOf(ocid)).lifecycleState).toBe('NEEDS_ATTENTION');
    expect((await work(workRequestId)).status).toBe('FAILED');
    expect((await sdk.oke.listWorkRequestErrors({ workRequestId, compartmentId })).items).toMatchObject([
      { message: 'Out of host capacity.' },
    ]);
    const { items } = await sdk.oke.listWorkRequestLogs({ workRequestId, compartmentId });
    expect(items[0]?.message).toContain('failed');
  });
});
