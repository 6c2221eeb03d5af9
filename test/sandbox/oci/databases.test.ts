import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { arm, bootOci, type Cloud, clients, endpoint, ocidOf, resource } from './cloud.ts';

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

const stateOf = async (autonomousDatabaseId: string) =>
  (await sdk.databases.getAutonomousDatabase({ autonomousDatabaseId })).autonomousDatabase.lifecycleState;

describe('autonomous databases', () => {
  it('stop, start and restart through their states', async () => {
    const autonomousDatabaseId = await ocidOf(cloud, 'shop-dev-db');
    const stopped = await sdk.databases.stopAutonomousDatabase({ autonomousDatabaseId });
    expect(stopped.autonomousDatabase).toMatchObject({ lifecycleState: 'STOPPING', dbName: 'SHOPDEV' });
    cloud.clock.advance(25_000);
    expect(await stateOf(autonomousDatabaseId)).toBe('STOPPED');
    await sdk.databases.startAutonomousDatabase({ autonomousDatabaseId });
    expect(await stateOf(autonomousDatabaseId)).toBe('STARTING');
    cloud.clock.advance(30_000);
    expect(await stateOf(autonomousDatabaseId)).toBe('AVAILABLE');
    await sdk.databases.restartAutonomousDatabase({ autonomousDatabaseId });
    expect(await stateOf(autonomousDatabaseId)).toBe('RESTARTING');
    cloud.clock.advance(55_000);
    expect(await stateOf(autonomousDatabaseId)).toBe('AVAILABLE');
  });

  it('a dry run checks and changes nothing', async () => {
    const before = await resource(cloud, 'shop-dev-db');
    const { opcWorkRequestId } = await sdk.databases.stopAutonomousDatabase({
      autonomousDatabaseId: before.ocid,
      opcDryRun: true,
    });
    expect(opcWorkRequestId).toBeUndefined();
    expect(await resource(cloud, 'shop-dev-db')).toEqual(before);
    await expect(
      sdk.databases.startAutonomousDatabase({ autonomousDatabaseId: before.ocid, opcDryRun: true }),
    ).rejects.toMatchObject({ statusCode: 409, serviceCode: 'IncorrectState' });
  });

  it('a resize scales, a rename updates, Always Free does not grow', async () => {
    const autonomousDatabaseId = await ocidOf(cloud, 'warehouse dev');
    const { autonomousDatabase } = await sdk.databases.updateAutonomousDatabase({
      autonomousDatabaseId,
      updateAutonomousDatabaseDetails: { computeCount: 8 },
    });
    expect(autonomousDatabase).toMatchObject({ lifecycleState: 'SCALE_IN_PROGRESS', computeCount: 8 });
    cloud.clock.advance(30_000);
    expect(await stateOf(autonomousDatabaseId)).toBe('AVAILABLE');

    const stopped = await ocidOf(cloud, 'shop-test-db');
    const renamed = await sdk.databases.updateAutonomousDatabase({
      autonomousDatabaseId: stopped,
      updateAutonomousDatabaseDetails: { displayName: 'shop-test-db-old' },
    });
    expect(renamed.autonomousDatabase).toMatchObject({
      lifecycleState: 'UPDATING',
      displayName: 'shop-test-db-old',
    });
    cloud.clock.advance(30_000);
    expect(await stateOf(stopped)).toBe('STOPPED');

    const amsterdam = clients(cloud, 'eu-amsterdam-1');
    await expect(
      amsterdam.databases.updateAutonomousDatabase({
        autonomousDatabaseId: await ocidOf(cloud, 'runbook wiki', 'eu-amsterdam-1'),
        updateAutonomousDatabaseDetails: { computeCount: 4 },
      }),
    ).rejects.toMatchObject({ statusCode: 400 });
    amsterdam.close();
  });

  it('are created and deleted; a name in use is refused', async () => {
    const createAutonomousDatabaseDetails = {
      source: 'NONE',
      compartmentId: cloud.compartments['shop/dev'] ?? '',
      dbName: 'FEATURE42',
      displayName: 'feature 42',
      computeCount: 2,
      dataStorageSizeInTBs: 1,
      freeformTags: { env: 'dev' },
    } as const;
    const { autonomousDatabase } = await sdk.databases.createAutonomousDatabase({
      createAutonomousDatabaseDetails,
    });
    expect(autonomousDatabase).toMatchObject({ lifecycleState: 'PROVISIONING', displayName: 'feature 42' });
    cloud.clock.advance(60_000);
    expect(await stateOf(autonomousDatabase.id)).toBe('AVAILABLE');
    await expect(
      sdk.databases.createAutonomousDatabase({ createAutonomousDatabaseDetails }),
    ).rejects.toMatchObject({ statusCode: 400 });
    await sdk.databases.deleteAutonomousDatabase({ autonomousDatabaseId: autonomousDatabase.id });
    cloud.clock.advance(30_000);
    expect(await stateOf(autonomousDatabase.id)).toBe('TERMINATED');
  });

  it('a change that fails ends where it began, and its work request says why', async () => {
    const { WorkRequestClient } = await import('oci-workrequests');
    const autonomousDatabaseId = await ocidOf(cloud, 'shop-dev-db');
    await arm(cloud, { operation: 'Database.Stop*', fails: 'Sessions could not be ended' });
    const { opcWorkRequestId: workRequestId } = await sdk.databases.stopAutonomousDatabase({
      autonomousDatabaseId,
    });
    cloud.clock.advance(25_000);
    expect(await stateOf(autonomousDatabaseId)).toBe('AVAILABLE');
    const { SimpleAuthenticationDetailsProvider, Region } = await import('oci-common');
    const { tenancy, user, fingerprint, privateKey } = cloud.credentials;
    const client = new WorkRequestClient({
      authenticationDetailsProvider: new SimpleAuthenticationDetailsProvider(
        tenancy,
        user,
        fingerprint,
        privateKey,
        null,
        Region.EU_FRANKFURT_1,
      ),
    });
    for (const service of ['workrequests', 'core', 'database']) {
      client.endpoint = endpoint(cloud, service);
      expect((await client.getWorkRequest({ workRequestId })).workRequest).toMatchObject({
        operationType: 'Stop Autonomous Database',
        status: 'FAILED',
      });
      expect((await client.listWorkRequestErrors({ workRequestId })).items).toMatchObject([
        { message: 'Sessions could not be ended' },
      ]);
    }
    client.close();
  });
});
