import { requests } from 'oci-secrets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ocid } from '../../../sandbox/oci/ids.ts';
import { amsterdam, bootOci, type Cloud, clients, ocidOf } from './cloud.ts';

let cloud: Cloud;
let sdk: ReturnType<typeof clients>;
beforeAll(async () => {
  cloud = await bootOci();
  sdk = clients(cloud);
});
afterAll(async () => {
  sdk.close();
  await cloud.close();
});

const { Stage } = requests.GetSecretBundleRequest;
const secretId = async () => {
  const reply = await cloud.control.request('/resources?type=VaultSecret&name=shop-db-password');
  const { resources } = (await reply.json()) as { resources: { ocid: string }[] };
  return resources[0]?.ocid ?? '';
};
const read = async (more: object = {}) =>
  (await sdk.secrets.getSecretBundle({ secretId: await secretId(), ...more })).secretBundle;
const text = (content = '') => Buffer.from(content, 'base64').toString();

describe('a secret', () => {
  it('has its current content as base64', async () => {
    const bundle = await read();
    expect(bundle).toMatchObject({ versionNumber: 2, stages: ['CURRENT', 'LATEST'] });
    expect(text(bundle.secretBundleContent?.content)).toBe('correct-horse-battery-staple');
    expect(bundle.secretBundleContent?.contentType).toBe('BASE64');
  });

  it('has older contents by number and stage', async () => {
    for (const more of [{ versionNumber: 1 }, { stage: Stage.Previous }])
      expect(text((await read(more)).secretBundleContent?.content)).toBe('tr0ub4dor-and-3');
    const { items } = await sdk.secrets.listSecretBundleVersions({ secretId: await secretId() });
    expect(items.map(({ versionNumber }) => versionNumber)).toEqual([2, 1]);
  });

  it('is found by its name in its vault', async () => {
    const vaultId = ocid('vault', 'eu-frankfurt-1', 'lamplight', 'vault');
    const byName = (secretName: string) => sdk.secrets.getSecretBundleByName({ secretName, vaultId });
    expect((await byName('shop-db-password')).secretBundle).toEqual(await read());
    await expect(byName('nothing')).rejects.toMatchObject({ statusCode: 404 });
  });

  it.each([
    [{ versionNumber: 3 }, 404],
    [{ stage: Stage.Pending }, 404],
    [{ secretVersionName: 'first' }, 404],
    [{ versionNumber: 1, stage: Stage.Current }, 400],
  ])('with %j is answered with %d', async (more, statusCode) => {
    await expect(read(more)).rejects.toMatchObject({ statusCode });
  });

  it('is not in another region, and nothing else is one', async () => {
    const there = clients(cloud, amsterdam);
    await expect(there.secrets.getSecretBundle({ secretId: await secretId() })).rejects.toMatchObject({
      statusCode: 404,
    });
    there.close();
    await expect(
      sdk.secrets.getSecretBundle({ secretId: await ocidOf(cloud, 'web-1') }),
    ).rejects.toMatchObject({ statusCode: 404 });
  });
});
