import { ListCompartmentsRequest } from 'oci-identity/lib/request/index.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bootOci, type Cloud, clients } from './cloud.ts';

let cloud: Cloud;
let sdk: ReturnType<typeof clients>;
let tenancyId: string;

beforeAll(async () => {
  cloud = await bootOci();
  sdk = clients(cloud);
  tenancyId = cloud.credentials.tenancy;
});

afterAll(async () => {
  sdk.close();
  await cloud.close();
});

describe('identity', () => {
  it('has one tenancy with its regions', async () => {
    expect((await sdk.identity.getTenancy({ tenancyId })).tenancy).toMatchObject({
      id: tenancyId,
      name: 'lamplight',
      homeRegionKey: 'FRA',
    });
    expect((await sdk.identity.listRegionSubscriptions({ tenancyId })).items).toMatchObject([
      { regionName: 'eu-frankfurt-1', regionKey: 'FRA', isHomeRegion: true, status: 'READY' },
      { regionName: 'eu-amsterdam-1', regionKey: 'AMS', isHomeRegion: false, status: 'READY' },
    ]);
    expect((await sdk.identity.listRegions({})).items.map(({ name }) => name)).toEqual(cloud.regions);
    await expect(sdk.identity.getTenancy({ tenancyId: `${tenancyId}x` })).rejects.toMatchObject({
      statusCode: 404,
    });
  });

  it('has the images that instances come from', async () => {
    const { items } = await sdk.compute.listInstances({
      compartmentId: cloud.compartments['shop/dev'] ?? '',
    });
    const { image } = await sdk.compute.getImage({ imageId: items[0]?.imageId ?? '' });
    expect(image).toMatchObject({ operatingSystem: 'Oracle Linux', operatingSystemVersion: '9.6' });
  });

  it('lists children, or the whole tree from the root', async () => {
    const names = async (request: ListCompartmentsRequest) =>
      (await sdk.identity.listCompartments(request)).items.map(({ name }) => name);
    expect(await names({ compartmentId: tenancyId })).toEqual(['data', 'platform', 'shop', 'store']);
    const shop = cloud.compartments.shop ?? '';
    expect(await names({ compartmentId: shop })).toEqual(['dev', 'prod']);
    const accessLevel = ListCompartmentsRequest.AccessLevel.Accessible;
    expect(await names({ compartmentId: tenancyId, compartmentIdInSubtree: true, accessLevel })).toEqual([
      'ci',
      'data',
      'dev',
      'platform',
      'prod',
      'shop',
      'store',
    ]);
    await expect(names({ compartmentId: shop, compartmentIdInSubtree: true })).rejects.toMatchObject({
      statusCode: 400,
    });
  });

  it('reads a compartment, the root too', async () => {
    const get = async (compartmentId: string) =>
      (await sdk.identity.getCompartment({ compartmentId })).compartment;
    expect(await get(cloud.compartments['shop/dev'] ?? '')).toMatchObject({
      name: 'dev',
      compartmentId: cloud.compartments.shop,
      lifecycleState: 'ACTIVE',
    });
    expect(await get(tenancyId)).toMatchObject({ name: 'lamplight' });
    await expect(get('ocid1.compartment.oc1..foreign')).rejects.toMatchObject({ statusCode: 404 });
  });

  it('knows its domains, its user and its tags', async () => {
    const { items: domains } = await sdk.identity.listAvailabilityDomains({ compartmentId: tenancyId });
    expect(domains.map(({ name }) => name)).toEqual([1, 2, 3].map((n) => `pYRG:EU-FRANKFURT-1-AD-${n}`));
    const availabilityDomain = domains[0]?.name ?? '';
    const faults = await sdk.identity.listFaultDomains({ compartmentId: tenancyId, availabilityDomain });
    expect(faults.items).toHaveLength(3);
    const { user } = await sdk.identity.getUser({ userId: cloud.credentials.user });
    expect(user).toMatchObject({ name: 'lamplighter-bot', lifecycleState: 'ACTIVE' });
    const { items: namespaces } = await sdk.identity.listTagNamespaces({ compartmentId: tenancyId });
    expect(namespaces.map(({ name }) => name)).toEqual([
      'Operations',
      'Oracle-Tags',
      'Lamplighter',
      'Schedule',
    ]);
    const tags = await sdk.identity.listTags({ tagNamespaceId: namespaces[0]?.id ?? '' });
    expect(tags.items.map(({ name }) => name)).toEqual(['CostCenter', 'Criticality']);
  });
});
