import { models } from 'oci-mysql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { arm, bootOci, type Cloud, clients, ocidOf } from './cloud.ts';

let cloud: Cloud;
let sdk: ReturnType<typeof clients>;
let dbSystemId: string;

beforeAll(async () => {
  cloud = await bootOci();
  sdk = clients(cloud);
  dbSystemId = await ocidOf(cloud, 'shop-insights');
});

beforeEach(() => cloud.reset());

afterAll(async () => {
  sdk.close();
  await cloud.close();
});

const { Fast } = models.InnoDbShutdownMode;
const stop = () => sdk.mysql.stopDbSystem({ dbSystemId, stopDbSystemDetails: { shutdownType: Fast } });

async function states() {
  const { lifecycleState, heatWaveCluster } = (await sdk.mysql.getDbSystem({ dbSystemId })).dbSystem;
  return [lifecycleState, heatWaveCluster?.lifecycleState];
}

describe('MySQL DB systems', () => {
  it('take their HeatWave cluster down, and leave it down when they start', async () => {
    expect(await states()).toEqual(['ACTIVE', 'ACTIVE']);
    await stop();
    expect(await states()).toEqual(['UPDATING', 'UPDATING']);
    cloud.clock.advance(25_000);
    expect(await states()).toEqual(['INACTIVE', 'INACTIVE']);
    await expect(sdk.mysql.startHeatWaveCluster({ dbSystemId })).rejects.toMatchObject({ statusCode: 409 });
    await sdk.mysql.startDbSystem({ dbSystemId });
    cloud.clock.advance(35_000);
    expect(await states()).toEqual(['ACTIVE', 'INACTIVE']);
    await sdk.mysql.startHeatWaveCluster({ dbSystemId });
    cloud.clock.advance(30_000);
    expect(await states()).toEqual(['ACTIVE', 'ACTIVE']);
    expect((await sdk.mysql.getHeatWaveCluster({ dbSystemId })).heatWaveCluster).toMatchObject({
      clusterSize: 2,
      clusterNodes: [{ lifecycleState: 'ACTIVE' }, { lifecycleState: 'ACTIVE' }],
    });
    const restartDbSystemDetails = { shutdownType: Fast };
    await sdk.mysql.restartDbSystem({ dbSystemId, restartDbSystemDetails });
    cloud.clock.advance(60_000);
    expect(await states()).toEqual(['ACTIVE', 'ACTIVE']);
    await sdk.mysql.stopHeatWaveCluster({ dbSystemId });
    cloud.clock.advance(25_000);
    expect(await states()).toEqual(['ACTIVE', 'INACTIVE']);
  });

  it('are listed per compartment, with their clusters', async () => {
    const { items } = await sdk.mysql.listDbSystems({ compartmentId: cloud.compartments['shop/dev'] ?? '' });
    expect(items).toMatchObject([
      { id: dbSystemId, shapeName: 'MySQL.8', heatWaveCluster: { clusterSize: 2, lifecycleState: 'ACTIVE' } },
    ]);
  });

  it('refuse the wrong state, the wrong etag and a shutdown of no kind', async () => {
    await expect(sdk.mysql.startDbSystem({ dbSystemId })).rejects.toMatchObject({
      statusCode: 409,
      serviceCode: 'IncorrectState',
    });
    await expect(
      sdk.mysql.stopDbSystem({
        dbSystemId,
        stopDbSystemDetails: { shutdownType: Fast },
        ifMatch: 'another',
      }),
    ).rejects.toMatchObject({ statusCode: 412 });
  });

  it('keep their own work requests, which say why something failed', async () => {
    await arm(cloud, { operation: 'DbSystem.StopDbSystem', fails: 'Redo log could not be flushed' });
    const { opcWorkRequestId: workRequestId } = await stop();
    expect((await sdk.mysqlWork.getWorkRequest({ workRequestId })).workRequest).toMatchObject({
      operationType: 'STOP_DBSYSTEM',
      status: 'ACCEPTED',
      resources: [{ entityType: 'mysqldbsystem', actionType: 'IN_PROGRESS', identifier: dbSystemId }],
    });
    cloud.clock.advance(25_000);
    const compartmentId = cloud.compartments['shop/dev'] ?? '';
    const { items } = await sdk.mysqlWork.listWorkRequests({ compartmentId });
    expect(items).toMatchObject([{ id: workRequestId, status: 'FAILED' }]);
    expect(items[0]).not.toHaveProperty('resources');
    expect((await sdk.mysqlWork.listWorkRequestErrors({ workRequestId })).items).toMatchObject([
      { message: 'Redo log could not be flushed' },
    ]);
    expect((await sdk.mysqlWork.listWorkRequestLogs({ workRequestId })).items.length).toBeGreaterThan(1);
    await expect(sdk.postgres.getWorkRequest({ workRequestId })).rejects.toMatchObject({ statusCode: 404 });
  });
});
