import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseSeed } from '../../../sandbox/oci/server.ts';
import { bootOci, type Cloud, clients, frankfurt, ocidOf } from './cloud.ts';

const seed = parseSeed(`
tenancy: lamplight
user: { name: bot, email: bot@lamplight.example }
regions: [{ name: ${frankfurt}, key: FRA, domains: 3 }]
compartments: { shop: { description: The shop } }
instancePools:
  - name: web
    region: ${frankfurt}
    compartment: shop
    size: 2
    attach: [{ loadBalancer: edge, backendSet: web, port: 8080 }]
loadBalancers:
  - { name: edge, region: ${frankfurt}, compartment: shop, backendSets: { web: {} } }
containerInstances:
  - name: roaming
    region: ${frankfurt}
    compartment: shop
    movesAddress: true
    containers: [{ name: app, image: 'fra.ocir.io/lamplight/app:1' }]
`);

let cloud: Cloud;
let sdk: ReturnType<typeof clients>;
beforeAll(async () => {
  // the key of the other tests is of another tenancy's user
  cloud = await bootOci({ seed, state: undefined });
  sdk = clients(cloud);
});
afterAll(async () => {
  sdk.close();
  await cloud.close();
});

const backends = async () => {
  const { items } = await sdk.balancers.listBackends({
    loadBalancerId: await ocidOf(cloud, 'edge'),
    backendSetName: 'web',
  });
  return items.map(({ name }) => name);
};

it('members of a pool join and leave its backend sets', async () => {
  const instancePoolId = await ocidOf(cloud, 'web');
  const first = await backends();
  expect(first).toHaveLength(2);
  await sdk.management.updateInstancePool({ instancePoolId, updateInstancePoolDetails: { size: 3 } });
  cloud.clock.advance(60_000);
  expect(await backends()).toHaveLength(3);
  await sdk.management.updateInstancePool({ instancePoolId, updateInstancePoolDetails: { size: 1 } });
  cloud.clock.advance(60_000);
  expect(await backends()).toEqual(first.slice(0, 1));
  const { instancePool } = await sdk.management.getInstancePool({ instancePoolId });
  const [attachment] = instancePool.loadBalancers ?? [];
  expect(attachment).toMatchObject({ backendSetName: 'web', port: 8080, lifecycleState: 'ATTACHED' });
  const read = await sdk.management.getInstancePoolLoadBalancerAttachment({
    instancePoolId,
    instancePoolLoadBalancerAttachmentId: attachment?.id ?? '',
  });
  expect(read.instancePoolLoadBalancerAttachment).toEqual(attachment);
});

it('a container instance that is to move has another address after each start', async () => {
  const containerInstanceId = await ocidOf(cloud, 'roaming');
  const address = async () => {
    const { containerInstance } = await sdk.containers.getContainerInstance({ containerInstanceId });
    const { vnic } = await sdk.network.getVnic({ vnicId: containerInstance.vnics[0]?.vnicId ?? '' });
    return vnic.privateIp;
  };
  const before = await address();
  await sdk.containers.stopContainerInstance({ containerInstanceId });
  cloud.clock.advance(60_000);
  expect(await address()).toBe(before);
  await sdk.containers.startContainerInstance({ containerInstanceId });
  cloud.clock.advance(60_000);
  expect(await address()).not.toBe(before);
});
