import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createImages, type Images } from '../../../src/oci/deploy/images.ts';
import { ownRegistry } from '../../../src/oci/deploy/registries.ts';
import { type Bare, bare, control } from '../bare.ts';
import { type Stage, stage } from '../sandbox.ts';

let on: Stage;
let below: Bare;
let images: Images;
beforeAll(async () => {
  on = await stage();
  below = bare(on);
});
beforeEach(() => {
  on.oci.reset();
  images = createImages(below.services, below.tenancy, on.clock);
});
afterAll(async () => {
  below.close();
  await on.close();
});

const url = 'fra.ocir.io/lamplight/shop-api';
const asked = async (operation: string) =>
  (await on.requests()).filter((call) => call.operation === operation).length;

describe('an image', () => {
  test('is resolved to its digest, by every name of its registry', async () => {
    const image = await images.resolve(`${url}:1.41.2`);
    expect(image).toMatchObject({
      known: true,
      url: `${url}:1.41.2`,
      repository: 'lamplight/shop-api',
      tag: '1.41.2',
    });
    if (!image?.known) throw new Error('the image is not known');
    expect(image.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(image.pinned).toBe(`${url}@${image.digest}`);
    expect(on.clock.now() - image.createdAt).toBeGreaterThan(11 * 24 * 3_600_000);
    for (const host of ['eu-frankfurt-1.ocir.io', 'ocir.eu-frankfurt-1.oci.oraclecloud.com'])
      expect(await images.resolve(`${host}/lamplight/shop-api:stable`)).toMatchObject({
        digest: image.digest,
        pinned: `${host}/lamplight/shop-api@${image.digest}`,
      });
    expect(await images.resolve(image.pinned)).toMatchObject({ digest: image.digest, pinned: image.pinned });
  });

  test('that is not there is undefined, and so is what names none', async () => {
    expect(await images.resolve(`${url}:9.9.9`)).toBeUndefined();
    expect(await images.resolve('fra.ocir.io/lamplight/nothing:1')).toBeUndefined();
    expect(await images.resolve('Not An Image')).toBeUndefined();
  });

  test('of another registry, or of somebody else’s namespace, is not known and no fault', async () => {
    const digest = `sha256:${'ab'.repeat(32)}`;
    expect(await images.resolve('grafana/grafana:12.2.0')).toEqual({
      known: false,
      url: 'docker.io/grafana/grafana:12.2.0',
      registry: 'docker.io',
      repository: 'grafana/grafana',
      tag: '12.2.0',
    });
    expect(await images.resolve(`ghcr.io/a/b@${digest}`)).toMatchObject({ known: false, digest });
    expect(await images.resolve('fra.ocir.io/theirs/shop-api:1')).toMatchObject({ known: false });
    expect(await images.tags('docker.io/grafana/grafana')).toEqual([]);
  });

  test('has another digest once its tag has moved', async () => {
    const before = await images.resolve(`${url}:latest`);
    await control(on, '/images', { image: `${url}:latest` });
    const after = await images.resolve(`${url}:latest`);
    expect(after).toMatchObject({ known: true });
    expect(after?.digest).not.toBe(before?.digest);
  });

  test('cannot be asked for while OCI is away', async () => {
    await on.fault({ operation: 'Artifacts.*', status: 503, for: '9h' });
    await expect(on.hurry(images.resolve(`${url}:latest`))).rejects.toMatchObject({ status: 503 });
  });
});

describe('the tags of a repository', () => {
  const names = async () => (await images.tags(`${url}:whatever`)).map(({ tag }) => tag);

  test('are all of them, the latest first', async () => {
    expect(await names()).toEqual([
      'latest',
      '1.42.0',
      '1.42.0-rc.3',
      '1.42.0-rc.2',
      'stable',
      '1.41.2',
      '1.41.1',
      '1.40.3',
    ]);
    const tags = await images.tags(url);
    expect(tags.find(({ tag }) => tag === 'stable')?.digest).toBe(
      tags.find(({ tag }) => tag === '1.41.2')?.digest,
    );
  });

  test('are asked for once while somebody types, and soon anew', async () => {
    await Promise.all([names(), names()]);
    await names();
    expect(await asked('Artifacts.ListContainerImages')).toBe(1);
    await control(on, '/images', { image: `${url}:1.42.1` });
    on.clock.advance(60_000);
    expect((await names())[0]).toBe('1.42.1');
  });

  test('are none where there is no such repository', async () => {
    expect(await images.tags('fra.ocir.io/lamplight/nothing')).toEqual([]);
  });
});

test.each([
  ['fra.ocir.io', 'eu-frankfurt-1'],
  ['ams.ocir.io', 'eu-amsterdam-1'],
  ['us-ashburn-1.ocir.io', 'us-ashburn-1'],
  ['ocir.eu-zurich-1.oci.oraclecloud.com', 'eu-zurich-1'],
  ['zzz.ocir.io', undefined],
  ['docker.io', undefined],
  ['fra.ocir.io.evil.example', undefined],
])('%s is in %s', async (registry, region) => {
  expect((await ownRegistry({ registry, repository: 'ns/shop' }))?.region).toBe(region);
});
