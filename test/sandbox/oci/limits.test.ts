import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseSeed } from '../../../sandbox/oci/seed/seed.ts';
import { bootOci, type Cloud, clients, resource } from './cloud.ts';

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

const domain = 'pYRG:EU-FRANKFURT-1-AD-1';
const serviceName = 'container-instances';
const tenancy = () => cloud.credentials.tenancy;
const prod = () => cloud.compartments['shop/prod'] ?? '';
const limit = async (of: object) =>
  cloud.control.request('/service-limits', {
    method: 'POST',
    body: JSON.stringify({ service: serviceName, ...of }),
  });
const left = async (limitName = 'standard-e4-core-count', compartmentId = tenancy()) =>
  (
    await sdk.limits.getResourceAvailability({
      serviceName,
      limitName,
      compartmentId,
      availabilityDomain: domain,
    })
  ).resourceAvailability;
const subnetId = async () =>
  (await sdk.network.listSubnets({ compartmentId: prod() })).items.map(({ id }) => id)[0] ?? '';
const create = async (ocpus = 2, availabilityDomain = domain) =>
  sdk.containers.createContainerInstance({
    createContainerInstanceDetails: {
      compartmentId: prod(),
      availabilityDomain,
      shape: 'CI.Standard.E4.Flex',
      shapeConfig: { ocpus, memoryInGBs: 8 },
      containers: [{ imageUrl: 'fra.ocir.io/lamplight/shop-api:1.41.2' }],
      vnics: [{ subnetId: await subnetId() }],
    },
  });

describe('service limits', () => {
  it('are listed with their services, definitions and values', async () => {
    const services = await sdk.limits.listServices({ compartmentId: tenancy() });
    expect(services.items.map(({ name }) => name)).toEqual(
      expect.arrayContaining([serviceName, 'load-balancer']),
    );
    const definitions = await sdk.limits.listLimitDefinitions({
      compartmentId: tenancy(),
      serviceName,
      name: 'standard-e4-core-count',
    });
    expect(definitions.items).toMatchObject([
      { serviceName, scopeType: 'AD', areQuotasSupported: true, isResourceAvailabilitySupported: true },
    ]);
    const values = await sdk.limits.listLimitValues({
      compartmentId: tenancy(),
      serviceName,
      name: 'standard-e4-core-count',
    });
    expect(values.items).toHaveLength(3);
    expect(values.items[0]).toEqual({
      name: 'standard-e4-core-count',
      scopeType: 'AD',
      availabilityDomain: domain,
      value: 300,
    });
    const balancers = await sdk.limits.listLimitValues({
      compartmentId: tenancy(),
      serviceName: 'load-balancer',
      limit: 2,
    });
    expect(balancers.items).toHaveLength(2);
    expect(balancers.opcNextPage).toBeTruthy();
  });

  it('are the tenancy’s: a compartment of it has none to list', async () => {
    await expect(sdk.limits.listLimitValues({ compartmentId: prod(), serviceName })).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it('leave what is not taken, by what is stopped as well', async () => {
    const before = await left();
    const { containerInstance } = await create(2);
    expect(await left()).toMatchObject({
      used: (before.used ?? 0) + 2,
      available: (before.available ?? 0) - 2,
    });
    cloud.clock.advance(60_000);
    const { id: containerInstanceId } = containerInstance;
    await sdk.containers.stopContainerInstance({ containerInstanceId });
    cloud.clock.advance(60_000);
    expect((await left()).available).toBe((before.available ?? 0) - 2);
    await sdk.containers.deleteContainerInstance({ containerInstanceId });
    cloud.clock.advance(60_000);
    expect(await left()).toEqual(before);
  });

  it('want the availability domain exactly where they are of one', async () => {
    const ask = (limitName: string, service: string, availabilityDomain?: string) =>
      sdk.limits.getResourceAvailability({
        serviceName: service,
        limitName,
        compartmentId: tenancy(),
        ...(availabilityDomain && { availabilityDomain }),
      });
    for (const wrong of [
      () => ask('standard-e4-core-count', serviceName),
      () => ask('standard-e4-core-count', serviceName, 'mars'),
      () => ask('lb-flexible-count', 'load-balancer', domain),
    ])
      await expect(wrong()).rejects.toMatchObject({ statusCode: 400, serviceCode: 'InvalidParameter' });
    await expect(ask('nothing', serviceName, domain)).rejects.toMatchObject({ statusCode: 404 });
    const { resourceAvailability } = await ask('lb-flexible-count', 'load-balancer');
    expect(resourceAvailability).toMatchObject({ used: 3, available: 47 });
  });

  it('refuse what exceeds them, in one availability domain', async () => {
    const { used = 0 } = await left();
    await limit({ name: 'standard-e4-core-count', value: used + 3 });
    await create(2);
    await expect(create(2)).rejects.toMatchObject({
      statusCode: 400,
      serviceCode: 'LimitExceeded',
      message:
        'The following service limits were exceeded: standard-e4-core-count. Request a service limit increase from the service limits page in the console. ',
    });
    await limit({ name: 'standard-e4-memory-count', value: 0 });
    await expect(create(2)).rejects.toThrow('standard-e4-core-count, standard-e4-memory-count');
    expect((await left()).used).toBe(used + 2);
  });

  it('and quotas of compartments are told apart', async () => {
    await limit({ name: 'standard-e4-core-count', compartment: 'shop', value: 1 });
    await expect(create(64)).rejects.toMatchObject({ statusCode: 400, serviceCode: 'QuotaExceeded' });
    expect((await left('standard-e4-core-count', prod())).effectiveQuotaValue).toBe(1);
    expect((await left()).available).toBeGreaterThan(200);
  });

  it('are of load balancers too', async () => {
    await limit({ service: 'load-balancer', name: 'lb-flexible-bandwidth-sum', value: 600 });
    const { compartmentId } = await resource(cloud, 'shop-lb');
    const made = sdk.balancers.createLoadBalancer({
      createLoadBalancerDetails: {
        compartmentId,
        displayName: 'too-wide',
        shapeName: 'flexible',
        shapeDetails: { minimumBandwidthInMbps: 10, maximumBandwidthInMbps: 101 },
        subnetIds: [await subnetId()],
      },
    });
    await expect(made).rejects.toMatchObject({ serviceCode: 'LimitExceeded' });
  });

  it('are set by the control API, if they are there', async () => {
    expect((await limit({ name: 'nothing', value: 1 })).status).toBe(400);
    expect((await limit({ name: 'standard-e4-core-count', compartment: 'mars', value: 1 })).status).toBe(400);
    expect((await limit({ service: 'mars', name: 'standard-e4-core-count', value: 1 })).status).toBe(400);
    await limit({ name: 'standard-e4-core-count', value: 7 });
    cloud.reset();
    const { used = 0, available } = await left();
    expect(available).toBeGreaterThan(290 - used);
  });
});

it('limits of a seed are checked like the rest of it', () => {
  const seed = `
tenancy: t
user: { name: u, email: u@example.com }
regions: [{ name: eu-frankfurt-1, key: FRA, domains: 3 }]
compartments:
  a: { description: A }
limits:
  - { service: container-instances, name: standard-e4-core-count, value: -1 }
`;
  expect(() => parseSeed(seed)).toThrow(/line 8: limits\.0\.value/);
});
