import type { models } from 'oci-containerinstances';
import type { PowerAct } from '../core/lifecycle.ts';
import { containerWork } from './acting/container-work.ts';
import { ifMatch, powerVerb, receiptOf } from './acting/verbs.ts';
import { newestAccepted } from './acting/work-requests.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { addressesOf, containersOf, describe } from './container-details.ts';
import { ifReadable } from './details.ts';
import { addressesAt } from './repoint/addresses.ts';

/**
 * Container instances. Their acts take no retry token and make work requests, kept by the service itself.
 * Source: docs.oracle.com, api/#/en/container-instances/20210415.
 */
export function containerAdapter(services: Services): Adapter {
  const { containers, network } = services;
  const get = async (region: string, ocid: string) => {
    const { containerInstance, etag } = await containers.read('GetContainerInstance', region, (client) =>
      client.getContainerInstance({ containerInstanceId: ocid }),
    );
    const vnics = containerInstance.vnics.flatMap(({ vnicId }) => vnicId ?? []);
    const seen = { ...seenOf(region, containerInstance), etag, facts: { vnics } };
    return { instance: containerInstance, seen };
  };
  const work = containerWork(containers);
  const verb = (act: PowerAct, permission: string) =>
    powerVerb(
      {
        act,
        permission,
        send: async ({ target }, context) =>
          receiptOf(
            await containers.act(operations[act].name, target.region, context.signal, (client) =>
              operations[act].send(client, { containerInstanceId: target.ocid, ...ifMatch(context) }),
            ),
          ),
      },
      { repeatable: false, work, get: async (region, ocid) => (await get(region, ocid)).seen },
    );
  return {
    kind: 'container-instance',
    searchType: 'containerinstance',
    ocidType: 'computecontainerinstance',
    grant: 'use compute-container-family',
    list: async (region, compartmentId) => {
      const instances = await allPages((where) =>
        containers.read('ListContainerInstances', region, async (client) => {
          const reply = await client.listContainerInstances({ compartmentId, ...where });
          return { items: reply.containerInstanceCollection.items, next: reply.opcNextPage };
        }),
      );
      return instances.map((instance) => seenOf(region, instance));
    },
    roll: { acts: ['stop'] },
    get: async (region, ocid) => (await get(region, ocid)).seen,
    facts: async ({ region, compartmentId, ocid, facts }) => {
      const vnics = Array.isArray(facts?.vnics) ? facts.vnics.map(String) : [];
      const [newest, addresses] = await Promise.all([
        newestAccepted(work.of(region, compartmentId, ocid)),
        addressesAt(services, region, vnics),
      ]);
      return { ...newest, addresses: addresses.map(({ ip }) => ip) };
    },
    details: async (target) => {
      const { instance } = await get(target.region, target.ocid);
      const [inside, addresses, latest] = await Promise.all([
        ifReadable(containersOf(containers, target, instance)),
        ifReadable(addressesOf(network, target, instance)),
        ifReadable(work.of(target.region, instance.compartmentId, target.ocid)),
      ]);
      return describe(instance, { containers: inside ?? [], addresses: addresses ?? [], work: latest ?? [] });
    },
    verbs: {
      'container-instance.start': verb('start', 'COMPUTE_CONTAINER_INSTANCE_START'),
      'container-instance.stop': verb('stop', 'COMPUTE_CONTAINER_INSTANCE_STOP'),
      'container-instance.restart': verb('restart', 'COMPUTE_CONTAINER_INSTANCE_RESTART'),
    },
  };
}

type Containers = Services['containers'];
type Client = Parameters<Parameters<Containers['read']>[2]>[0];
type ActRequest = { containerInstanceId: string; ifMatch?: string };

const operations: Record<
  PowerAct,
  {
    readonly name: string;
    send(client: Client, request: ActRequest): Promise<Parameters<typeof receiptOf>[0]>;
  }
> = {
  start: {
    name: 'StartContainerInstance',
    send: (client, request) => client.startContainerInstance(request),
  },
  stop: { name: 'StopContainerInstance', send: (client, request) => client.stopContainerInstance(request) },
  restart: {
    name: 'RestartContainerInstance',
    send: (client, request) => client.restartContainerInstance(request),
  },
};

function seenOf(region: string, instance: models.ContainerInstance | models.ContainerInstanceSummary): Seen {
  return {
    kind: 'container-instance',
    ocid: instance.id,
    name: instance.displayName,
    region,
    compartmentId: instance.compartmentId,
    tags: tagsOf(instance),
    state: String(instance.lifecycleState).toUpperCase(),
    meter: { ocpu: instance.shapeConfig.ocpus, memoryGb: instance.shapeConfig.memoryInGBs },
  };
}
