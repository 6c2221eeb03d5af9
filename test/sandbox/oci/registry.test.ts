import { requests } from 'oci-artifacts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { amsterdam, bootOci, type Cloud, clients } from './cloud.ts';

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

const root = () => cloud.credentials.tenancy;
const list = async (more: Partial<Parameters<typeof sdk.artifacts.listContainerImages>[0]> = {}) =>
  (
    await sdk.artifacts.listContainerImages({
      compartmentId: root(),
      compartmentIdInSubtree: true,
      repositoryName: 'shop-api',
      ...more,
    })
  ).containerImageCollection.items;
const push = async (image: string, digest?: string) =>
  cloud.control.request('/images', { method: 'POST', body: JSON.stringify({ image, digest }) });
const lookUp = async (imageUri: string) =>
  (await sdk.artifacts.lookupContainerImageByUri({ lookupContainerImageByUriDetails: { imageUri } }))
    .containerImage;

describe('Container Registry', () => {
  it('lists repositories with their counts, and reads one', async () => {
    const { shop } = cloud.compartments;
    const { containerRepositoryCollection: found } = await sdk.artifacts.listContainerRepositories({
      compartmentId: shop ?? '',
      sortBy: requests.ListContainerRepositoriesRequest.SortBy.Displayname,
    });
    expect(found.items.map(({ displayName }) => displayName)).toEqual([
      'checkout',
      'resizer',
      'shop-api',
      'store',
    ]);
    expect(found).toMatchObject({ repositoryCount: 4, remainingItemsCount: 0 });
    const [, , api] = found.items;
    expect(api).toMatchObject({ imageCount: 7, namespace: 'lamplight', isPublic: false });
    const { containerRepository, etag } = await sdk.artifacts.getContainerRepository({
      repositoryId: api?.id ?? '',
    });
    expect(etag).toMatch(/^[0-9a-f]{40}$/);
    expect(containerRepository).toMatchObject({ ...api, isImmutable: false });
  });

  it('narrows images by repository, version, digest and whether they have a version', async () => {
    expect(await list()).toHaveLength(7);
    expect(await list({ isVersioned: false })).toMatchObject([{ version: null }]);
    expect(await list({ version: '1.41.2' })).toMatchObject([
      { displayName: 'shop-api:stable', version: 'stable' },
    ]);
    expect(await list({ version: '1.42.*' })).toHaveLength(3);
    expect(await list({ repositoryName: 'sh*', version: 'latest' })).toHaveLength(1);
    const [first] = await list({ displayName: 'shop-api:latest' });
    expect(await list({ imageDigest: first?.digest ?? '' })).toEqual([first]);
    expect(await list({ imageId: first?.id ?? '' })).toEqual([first]);
    expect(await list({ repositoryId: first?.repositoryId ?? '' })).toHaveLength(7);
    expect(await list({ lifecycleState: 'DELETED' })).toEqual([]);
  });

  it('pages, the newest first', async () => {
    const first = await sdk.artifacts.listContainerImages({
      compartmentId: root(),
      compartmentIdInSubtree: true,
      repositoryName: 'shop-api',
      limit: 3,
    });
    expect(first.containerImageCollection.remainingItemsCount).toBe(4);
    expect(first.containerImageCollection.items.map(({ version }) => version)).toEqual([
      'latest',
      '1.42.0-rc.3',
      '1.42.0-rc.2',
    ]);
    const rest = await list({ page: first.opcNextPage });
    expect(rest).toHaveLength(4);
  });

  it('shows all versions of one image, latest first', async () => {
    const image = await lookUp('lamplight/shop-api:1.41.2');
    expect(image.versions.map(({ version }) => version)).toEqual(['stable', '1.41.2']);
    expect(image.layers).toHaveLength(3);
    const { containerImage } = await sdk.artifacts.getContainerImage({ imageId: image.id });
    expect(containerImage).toEqual(image);
    expect(await lookUp(`lamplight/shop-api@${image.digest}`)).toEqual(image);
  });

  it('answers 404 for what is not there, elsewhere too, and 400 for what is no URI', async () => {
    for (const uri of ['lamplight/shop-api:0', 'lamplight/none:1', 'theirs/shop-api:1.41.2'])
      await expect(lookUp(uri)).rejects.toMatchObject({ statusCode: 404 });
    await expect(lookUp('shop-api')).rejects.toMatchObject({ statusCode: 400 });
    const there = clients(cloud, amsterdam);
    const { containerImageCollection } = await there.artifacts.listContainerImages({
      compartmentId: root(),
      compartmentIdInSubtree: true,
    });
    expect(containerImageCollection.items).toEqual([]);
    there.close();
  });

  it('takes a subtree of the tenancy only', async () => {
    const { shop = '' } = cloud.compartments;
    await expect(list({ compartmentId: shop })).rejects.toMatchObject({
      statusCode: 400,
      serviceCode: 'InvalidParameter',
    });
    expect(await list({ compartmentId: shop, compartmentIdInSubtree: false })).toHaveLength(7);
  });

  it('tells its namespace', async () => {
    const { containerConfiguration } = await sdk.artifacts.getContainerConfiguration({
      compartmentId: root(),
    });
    expect(containerConfiguration).toEqual({
      isRepositoryCreatedOnFirstPush: true,
      namespace: 'lamplight',
    });
  });
});

describe('a push', () => {
  it('of a new tag is a new image', async () => {
    const reply = await push('fra.ocir.io/lamplight/shop-api:1.42.1');
    expect(await reply.json()).toMatchObject({ ok: true, moved: false, image: { tags: ['1.42.1'] } });
    expect(await list()).toHaveLength(8);
    expect((await list())[0]?.version).toBe('1.42.1');
  });

  it('of a tag that is there moves it, and leaves the old image under its digest', async () => {
    const before = await lookUp('lamplight/shop-api:1.41.1');
    const reply = await push('fra.ocir.io/lamplight/shop-api:1.41.1');
    expect(await reply.json()).toMatchObject({ moved: true });
    const after = await lookUp('lamplight/shop-api:1.41.1');
    expect(after.digest).not.toBe(before.digest);
    expect(await lookUp(`lamplight/shop-api@${before.digest}`)).toMatchObject({
      version: null,
      displayName: `shop-api:1.41.1@${before.digest}`,
    });
  });

  it('of a digest that is there tags it, once', async () => {
    const { digest } = await lookUp('lamplight/shop-api:1.41.2');
    await push('fra.ocir.io/lamplight/shop-api:good', digest);
    await push('fra.ocir.io/lamplight/shop-api:good', digest);
    const { versions } = await lookUp('lamplight/shop-api:good');
    expect(versions.map(({ version }) => version)).toEqual(['good', 'stable', '1.41.2']);
    expect(await list()).toHaveLength(7);
  });

  it('makes a repository that is not there, in the root compartment', async () => {
    await push('ocir.eu-frankfurt-1.oci.oraclecloud.com/lamplight/team/tool:1');
    expect(await lookUp('lamplight/team/tool:1')).toMatchObject({ compartmentId: root() });
    expect(await (await cloud.control.request('/images')).json()).toMatchObject({
      repositories: expect.arrayContaining([
        { url: 'fra.ocir.io/lamplight/team/tool', images: [expect.objectContaining({ tags: ['1'] })] },
      ]),
    });
  });

  it.each(['docker.io/lamplight/shop-api:1', 'fra.ocir.io/theirs/shop-api:1', 'shop-api'])(
    'to %s is refused',
    async (image) => {
      expect((await push(image)).status).toBe(400);
    },
  );
});
