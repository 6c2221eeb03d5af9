import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Stage, stage } from '../sandbox.ts';

let on: Stage;
let secret: string;
beforeAll(async () => {
  on = await stage();
  const reply = await on.oci.control.request('/resources?type=VaultSecret&name=shop-db-password');
  const { resources } = (await reply.json()) as { resources: { ocid: string }[] };
  secret = resources[0]?.ocid ?? '';
});
beforeEach(() => on.clearFaults());
afterAll(() => on.close());

const region = 'eu-frankfurt-1';
const probes = (needs: { metrics?: boolean; secrets?: { region: string; ocid: string }[] } = {}) => {
  const { reader } = on.open({ deploys: { regions: [region], metrics: false, secrets: [], ...needs } });
  const usual = new Set(on.cloud.reader.probes().map(({ name }) => name));
  return reader.probes().filter(({ name }) => !usual.has(name));
};

describe('what deploys need', () => {
  test('is asked for only where there are apps, and only what these use', () => {
    const names = (of: ReturnType<typeof probes>) => of.map(({ name }) => name);
    expect(names(probes())).toEqual([
      'Make and delete container instances',
      'Read repositories and their images',
      'Read service limits',
    ]);
    expect(names(probes({ metrics: true, secrets: [{ region, ocid: secret }] })).slice(3)).toEqual([
      'Read metrics',
      'Read the secrets of apps',
    ]);
  });

  test('is found, with the statements that grant it', async () => {
    const found = await Promise.all(
      probes({ metrics: true, secrets: [{ region, ocid: secret }] }).map(
        async ({ grant, run }) => `${await run()} | ${grant}`,
      ),
    );
    const allow = (what: string) => `Allow group LAMPLIGHTER to ${what} in tenancy`;
    expect(found).toEqual([
      `${region}: 3 shapes; that it may make one is not tried | ${[
        'manage compute-container-family',
        'use subnets',
        'use vnics',
        'inspect private-ips',
        'use network-security-groups',
      ]
        .map(allow)
        .join('; ')}`,
      `${region}: 5 | ${allow('read repos')}`,
      `${region}: 6 of container instances | ${allow('inspect limits')}; ${allow('read resource-availability')}`,
      `${region}: 0 namespaces | ${allow('read metrics')}`,
      `1 | ${allow('read secret-family')}`,
    ]);
  });

  test.each([
    ['Artifacts.*', 'Read repositories and their images'],
    ['Limits.*', 'Read service limits'],
    ['Monitoring.*', 'Read metrics'],
    ['Secrets.*', 'Read the secrets of apps'],
  ])('is missed where %s may not be called', async (operation, name) => {
    await on.fault({ operation, status: 404, for: '1h' });
    const probe = probes({ metrics: true, secrets: [{ region, ocid: secret }] }).find(
      (each) => each.name === name,
    );
    await expect(probe?.run()).rejects.toMatchObject({ status: 404 });
  });
});
