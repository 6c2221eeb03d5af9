import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bootOci, type Cloud, clients, frankfurt, ocidOf, resource } from './cloud.ts';

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

const stateOf = async (instanceId: string) =>
  (await sdk.compute.getInstance({ instanceId })).instance.lifecycleState;

describe('compute instances', () => {
  it('are what the SDK expects of them', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    const { instance, etag, opcRequestId } = await sdk.compute.getInstance({ instanceId });
    expect(instance).toMatchObject({
      id: instanceId,
      displayName: 'web-1',
      compartmentId: cloud.compartments['shop/dev'],
      lifecycleState: 'RUNNING',
      region: frankfurt,
      shapeConfig: { ocpus: 2, memoryInGBs: 16 },
      launchOptions: { firmware: 'UEFI_64', networkType: 'PARAVIRTUALIZED' },
      freeformTags: { app: 'shop', env: 'dev', owner: 'ana', tier: 'web' },
      definedTags: { Operations: { CostCenter: '4711' } },
    });
    expect(instanceId).toMatch(/^ocid1\.instance\.oc1\.eu-frankfurt-1\.[a-z2-7]{60}$/);
    expect(etag).toBeTruthy();
    expect(opcRequestId).toMatch(/^[0-9A-F-]{32,}(\/[0-9A-F]{32}){2}$/);
  });

  it.each([
    ['STOP', 'RUNNING', ['STOPPING', 'STOPPED'], 10],
    ['SOFTSTOP', 'RUNNING', ['STOPPING', 'STOPPED'], 20],
    ['START', 'STOPPED', ['STARTING', 'RUNNING'], 15],
  ])(
    '%s from %s passes through its states as the clock goes on',
    async (action, from, [through, to], seconds) => {
      const instanceId = await ocidOf(cloud, from === 'RUNNING' ? 'web-1' : 'worker-dev-1');
      const reply = await sdk.compute.instanceAction({ instanceId, action });
      expect(reply.instance.lifecycleState).toBe(through);
      cloud.clock.advance((seconds - 5) * 1000);
      expect(await stateOf(instanceId)).toBe(through);
      cloud.clock.advance(5_000);
      expect(await stateOf(instanceId)).toBe(to);
    },
  );

  it.each(['RESET', 'SOFTRESET', 'DIAGNOSTICREBOOT', 'REBOOTMIGRATE'])(
    '%s goes down and comes up again',
    async (action) => {
      const instanceId = await ocidOf(cloud, 'web-1');
      const before = await resource(cloud, 'web-1');
      await sdk.compute.instanceAction({ instanceId, action });
      const seen = new Set([await stateOf(instanceId)]);
      for (let second = 0; second < 36; second += 1) {
        cloud.clock.advance(1_000);
        seen.add(await stateOf(instanceId));
      }
      expect([...seen]).toEqual(['STOPPING', 'STARTING', 'RUNNING']);
      expect((await resource(cloud, 'web-1')).etag).not.toBe(before.etag);
    },
  );

  it('a diagnostic interrupt changes nothing', async () => {
    const before = await resource(cloud, 'web-1');
    await sdk.compute.instanceAction({ instanceId: before.ocid, action: 'SENDDIAGNOSTICINTERRUPT' });
    expect(await resource(cloud, 'web-1')).toEqual(before);
  });

  it.each([
    ['START', 'web-1', 409, 'IncorrectState'],
    ['STOP', 'worker-dev-1', 409, 'IncorrectState'],
    ['RESET', 'worker-dev-1', 409, 'IncorrectState'],
    ['EXPLODE', 'web-1', 400, 'InvalidParameter'],
  ])('%s of %s is refused with %i %s', async (action, name, statusCode, serviceCode) => {
    const instanceId = await ocidOf(cloud, name);
    await expect(sdk.compute.instanceAction({ instanceId, action })).rejects.toMatchObject({
      statusCode,
      serviceCode,
    });
  });

  it('are not found in another region, nor by a made-up OCID', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    const other = clients(cloud, 'eu-amsterdam-1');
    const notFound = {
      statusCode: 404,
      serviceCode: 'NotAuthorizedOrNotFound',
      message: expect.stringContaining('Authorization failed or requested resource not found'),
    };
    await expect(other.compute.getInstance({ instanceId })).rejects.toMatchObject(notFound);
    await expect(sdk.compute.getInstance({ instanceId: 'ocid1.instance.oc1..x' })).rejects.toMatchObject(
      notFound,
    );
    await expect(
      sdk.compute.listInstances({ compartmentId: 'ocid1.compartment.oc1..aaaaforeign' }),
    ).rejects.toMatchObject(notFound);
    other.close();
  });

  it('a launch provisions, a termination is seen for an hour', async () => {
    const compartmentId = cloud.compartments['shop/dev'] ?? '';
    const { items: domains } = await sdk.identity.listAvailabilityDomains({ compartmentId });
    const { items: subnets } = await sdk.network.listSubnets({ compartmentId });
    const launched = await sdk.compute.launchInstance({
      launchInstanceDetails: {
        compartmentId,
        availabilityDomain: domains[0]?.name ?? '',
        displayName: 'web-3',
        shape: 'VM.Standard.E5.Flex',
        shapeConfig: { ocpus: 2, memoryInGBs: 16 },
        sourceDetails: { sourceType: 'image', imageId: 'ocid1.image.oc1.eu-frankfurt-1.aaaa' },
        createVnicDetails: { subnetId: subnets[0]?.id ?? '' },
      },
    });
    const instanceId = launched.instance.id;
    expect(launched.instance.lifecycleState).toBe('PROVISIONING');
    expect(launched.opcWorkRequestId).toMatch(/^ocid1\.coreservicesworkrequest\./);
    cloud.clock.advance(25_000);
    expect(await stateOf(instanceId)).toBe('RUNNING');
    const attachments = await sdk.compute.listVnicAttachments({ compartmentId, instanceId });
    const { vnic } = await sdk.network.getVnic({ vnicId: attachments.items[0]?.vnicId ?? '' });
    expect(vnic.privateIp).toMatch(/^10\.0\./);

    await sdk.compute.terminateInstance({ instanceId });
    expect(await stateOf(instanceId)).toBe('TERMINATING');
    cloud.clock.advance(20_000);
    expect(await stateOf(instanceId)).toBe('TERMINATED');
    cloud.clock.advance(60 * 60_000);
    await expect(stateOf(instanceId)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('a new shape reboots, new tags do not', async () => {
    const instanceId = await ocidOf(cloud, 'web-1');
    const tagged = await sdk.compute.updateInstance({
      instanceId,
      updateInstanceDetails: { freeformTags: { app: 'shop' } },
    });
    expect(tagged.instance).toMatchObject({ lifecycleState: 'RUNNING', freeformTags: { app: 'shop' } });
    const resized = await sdk.compute.updateInstance({
      instanceId,
      updateInstanceDetails: { shapeConfig: { ocpus: 4, memoryInGBs: 32 } },
    });
    expect(resized.instance).toMatchObject({ lifecycleState: 'STOPPING', shapeConfig: { ocpus: 4 } });
  });
});
