import { afterEach, expect, test } from 'vitest';
import { bare } from '../oci/bare.ts';
import { type Rig, rig } from './rig.ts';
import { seed, storeApp } from './shop.ts';

let at: Rig;
afterEach(() => at?.close());

const content = 'correct horse battery staple';

test('a Vault secret is read when an instance is made, reaches its container, and stands nowhere else', async () => {
  at = await rig(
    {},
    {
      seed: `${seed}secrets:\n  - { name: store-db, region: eu-frankfurt-1, compartment: store, content: '${content}' }\n`,
    },
  );
  const found = await at.at.oci.control.request('/resources?type=VaultSecret');
  const [secret] = ((await found.json()) as { resources: { ocid?: string; id?: string }[] }).resources;
  const ocid = secret?.ocid ?? secret?.id ?? '';
  const { instance } = storeApp();
  const containers = instance.containers.map((each) => ({
    ...each,
    environment: { DB_PASSWORD: { secret: ocid } },
  }));
  Object.assign(at.app, { instance: { ...instance, containers } });
  const plan = await at.plan();
  const done = await at.run(plan);
  expect(done.because).toBeUndefined();
  expect(done.status).toBe('succeeded');
  expect(JSON.stringify([plan, done])).not.toContain(content);
  expect(JSON.stringify(await at.engine.history({ limit: 1_000 }))).not.toContain(content);
  const console = bare(at.at);
  const [made] = await at.at.find('store-v1-1');
  const { containerInstance } = await console.services.containers.read(
    'GetContainerInstance',
    at.app.region,
    (client) => client.getContainerInstance({ containerInstanceId: made?.ocid ?? '' }),
  );
  const containerId = containerInstance.containers[0]?.containerId ?? '';
  const { container } = await console.services.containers.read('GetContainer', at.app.region, (client) =>
    client.getContainer({ containerId }),
  );
  console.close();
  expect(container.environmentVariables).toEqual({ DB_PASSWORD: content });
});
