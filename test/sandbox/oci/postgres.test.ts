import { models } from 'oci-psql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bootOci, type Cloud, clients, ocidOf } from './cloud.ts';

let cloud: Cloud;
let sdk: ReturnType<typeof clients>;
let dbSystemId: string;

beforeAll(async () => {
  cloud = await bootOci();
  sdk = clients(cloud);
  dbSystemId = await ocidOf(cloud, 'forecasts');
});

beforeEach(() => cloud.reset());

afterAll(async () => {
  sdk.close();
  await cloud.close();
});

const stateOf = async () => (await sdk.postgres.getDbSystem({ dbSystemId })).dbSystem.lifecycleState;

describe('PostgreSQL DB systems', () => {
  it('stop, start and restart an instance, all of it as UPDATING', async () => {
    const { opcWorkRequestId: workRequestId } = await sdk.postgres.stopDbSystem({ dbSystemId });
    expect(await stateOf()).toBe('UPDATING');
    cloud.clock.advance(30_000);
    expect(await stateOf()).toBe('INACTIVE');
    const { workRequest } = await sdk.postgres.getWorkRequest({ workRequestId });
    expect(workRequest).toMatchObject({
      operationType: 'UPDATE_POSTGRESQL_DB_SYSTEM',
      status: 'SUCCEEDED',
      percentComplete: 100,
    });
    await expect(sdk.postgres.stopDbSystem({ dbSystemId })).rejects.toMatchObject({ statusCode: 409 });
    await sdk.postgres.startDbSystem({ dbSystemId, startDbSystemDetails: {} });
    cloud.clock.advance(45_000);
    expect(await stateOf()).toBe('ACTIVE');
    const [instance] = (await sdk.postgres.getDbSystem({ dbSystemId })).dbSystem.instances ?? [];
    const restart = (dbInstanceId: string) =>
      sdk.postgres.restartDbInstanceInDbSystem({
        dbSystemId,
        restartDbInstanceInDbSystemDetails: {
          dbInstanceId,
          restartType: models.RestartDbInstanceInDbSystemDetails.RestartType.Normal,
        },
      });
    await expect(restart('another')).rejects.toMatchObject({ statusCode: 404 });
    await restart(instance?.id ?? '');
    expect(await stateOf()).toBe('UPDATING');
  });

  it('are listed as a collection, and their work requests by resource', async () => {
    const compartmentId = cloud.compartments.data ?? '';
    const { dbSystemCollection } = await sdk.postgres.listDbSystems({ compartmentId });
    expect(dbSystemCollection.items).toMatchObject([
      { id: dbSystemId, instanceCount: 1, instanceOcpuCount: 2, instanceMemorySizeInGBs: 32 },
    ]);
    const { opcWorkRequestId } = await sdk.postgres.stopDbSystem({ dbSystemId });
    const of = async (resourceId: string) =>
      (await sdk.postgres.listWorkRequests({ compartmentId, resourceId })).workRequestSummaryCollection.items;
    expect(await of(dbSystemId)).toMatchObject([{ id: opcWorkRequestId }]);
    expect(await of('another')).toEqual([]);
  });
});
