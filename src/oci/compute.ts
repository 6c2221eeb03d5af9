import type { models } from 'oci-core';
import type { Details } from '../core/cloud.ts';
import type { PowerAct } from '../core/lifecycle.ts';
import type { Target } from '../core/target.ts';
import type { Verbs } from '../core/verb.ts';
import { sharedWork } from './acting/shared-work.ts';
import { ifMatch, powerVerb, receiptOf, sizeIn, sizeVerb } from './acting/verbs.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { details, ifReadable, shownShape, shownTags, shownTime } from './details.ts';
import { keeperOf } from './instance-keepers.ts';

/**
 * Compute instances. Their actions take a retry token and make no work request.
 * Source: docs.oracle.com, api/#/en/iaas/20160918/Instance.
 */
export function computeAdapter(services: Services): Adapter {
  const { compute, network } = services;
  const keeper = keeperOf(services);
  const read = (region: string, instanceId: string) =>
    compute.read('GetInstance', region, (client) => client.getInstance({ instanceId }));
  const listed = (region: string, compartmentId: string) =>
    allPages((where) =>
      compute.read('ListInstances', region, async (client) => {
        const reply = await client.listInstances({ compartmentId, ...where });
        return { items: reply.items, next: reply.opcNextPage };
      }),
    );
  return {
    kind: 'instance',
    searchType: 'instance',
    ocidType: 'instance',
    grant: 'use instances',
    list: async (region, compartmentId) => {
      const instances = await listed(region, compartmentId);
      const kept = await keeper(region, instances);
      return instances.map((instance, at) => ({ ...seenOf(region, instance), ...kept[at] }));
    },
    roll: {
      list: async (region, compartmentId) =>
        (await listed(region, compartmentId)).map((instance) => seenOf(region, instance)),
      acts: ['start', 'stop'],
    },
    get: async (region, ocid) => {
      const { instance, etag } = await read(region, ocid);
      const [kept] = await keeper(region, [instance]);
      return { ...seenOf(region, instance), ...kept, etag };
    },
    details: async (target) => {
      const { instance } = await read(target.region, target.ocid);
      const [image, vnics] = await Promise.all([
        ifReadable(imageName(instance, target)),
        ifReadable(addresses(instance, target)),
      ]);
      return describe(instance, image, vnics ?? []);
    },
    verbs: verbsOf(services, async (region, ocid) => {
      const { instance, etag } = await read(region, ocid);
      return { ...seenOf(region, instance), etag };
    }),
  };

  async function imageName({ imageId }: models.Instance, { region }: Target): Promise<string | undefined> {
    if (!imageId) return undefined;
    const { image } = await compute.read('GetImage', region, (client) => client.getImage({ imageId }));
    return image.displayName;
  }

  async function addresses(
    { id, compartmentId }: models.Instance,
    { region }: Target,
  ): Promise<models.Vnic[]> {
    const { items } = await compute.read('ListVnicAttachments', region, (client) =>
      client.listVnicAttachments({ compartmentId, instanceId: id }),
    );
    const ids = items.flatMap(({ vnicId, lifecycleState }) =>
      vnicId && String(lifecycleState) === 'ATTACHED' ? [vnicId] : [],
    );
    const vnics = await Promise.all(
      ids.map((vnicId) => network.read('GetVnic', region, (client) => client.getVnic({ vnicId }))),
    );
    return vnics.map(({ vnic }) => vnic);
  }
}

/** `get` reads no more than a verb has to look at: who else decides about the instance is no matter then. */
function verbsOf({ compute, workRequests }: Services, get: Adapter['get']): Verbs {
  const verb = (act: PowerAct) =>
    powerVerb(
      {
        act,
        permission: 'INSTANCE_POWER_ACTIONS',
        send: async ({ target, with: options }, context) => {
          const way = options?.force === true || context.hard ? 'forced' : 'gentle';
          const reply = await compute.act('InstanceAction', target.region, context.signal, (client) =>
            client.instanceAction({
              instanceId: target.ocid,
              action: actions[act][way],
              opcRetryToken: context.token,
              ...ifMatch(context),
            }),
          );
          return { ...receiptOf(reply), ...(context.hard ? { hard: true } : {}) };
        },
      },
      { repeatable: true, hardens: true, get },
    );
  const scale = sizeVerb(
    {
      label: 'scale',
      permission: 'INSTANCE_UPDATE',
      wanted: sizeIn,
      send: async ({ target }, size, context) => {
        const [ocpus = 0, memoryInGBs = 0] = size.split(':').map(Number);
        const reply = await compute.act('UpdateInstance', target.region, context.signal, (client) =>
          client.updateInstance({
            instanceId: target.ocid,
            updateInstanceDetails: { shapeConfig: { ocpus, memoryInGBs } },
            opcRetryToken: context.token,
            ...ifMatch(context),
          }),
        );
        return receiptOf(reply);
      },
    },
    { repeatable: true, work: sharedWork(workRequests), get },
  );
  return {
    'instance.start': verb('start'),
    'instance.stop': verb('stop'),
    'instance.restart': verb('restart'),
    'instance.scale': scale,
  };
}

/** Gentle ones ask the operating system first; OCI cuts the power when it has not ended after 15 minutes. */
const actions: Record<PowerAct, { readonly gentle: string; readonly forced: string }> = {
  start: { gentle: 'START', forced: 'START' },
  stop: { gentle: 'SOFTSTOP', forced: 'STOP' },
  restart: { gentle: 'SOFTRESET', forced: 'RESET' },
};

function seenOf(region: string, instance: models.Instance): Seen {
  return {
    kind: 'instance',
    ocid: instance.id,
    name: instance.displayName ?? instance.id,
    region,
    compartmentId: instance.compartmentId,
    tags: tagsOf(instance),
    state: String(instance.lifecycleState).toUpperCase(),
    ...shapeOf(instance),
  };
}

/** Flexible shapes are billed by what they were given, all others by the hour; GPUs outweigh the rest. */
export function shapeOf({
  shape,
  shapeConfig,
}: Pick<models.Instance, 'shape' | 'shapeConfig'>): Pick<Seen, 'size' | 'meter' | 'billedOff' | 'refuses'> {
  const { ocpus, memoryInGBs, gpus } = shapeConfig ?? {};
  const billed = isBilledOff(shape) ? ({ billedOff: true } as const) : {};
  if (/\.Flex$/i.test(shape) && ocpus && memoryInGBs)
    return { size: `${ocpus}:${memoryInGBs}`, meter: { ocpu: ocpus, memoryGb: memoryInGBs }, ...billed };
  return {
    ...billed,
    meter: gpus ? { gpu: gpus } : { hours: 1 },
    refuses: { scale: `its shape ${shape} has one size only` },
  };
}

/**
 * Shapes with disks or GPUs of their own are held for a stopped instance. Source: docs.oracle.com, Resource
 * Billing for Stopped Instances.
 */
function isBilledOff(shape: string): boolean {
  if (/GPU/i.test(shape)) return !/^VM\.GPU\.A10\b/i.test(shape);
  return /DenseIO|HPC|^BM\.Optimized/i.test(shape);
}

function describe(
  instance: models.Instance,
  image: string | undefined,
  vnics: readonly models.Vnic[],
): Details {
  return details({
    Shape: instance.shape,
    Size: shownShape(instance.shapeConfig ?? {}),
    'Availability domain': instance.availabilityDomain,
    'Fault domain': instance.faultDomain,
    Image: image ?? instance.imageId,
    'Private IP': vnics.flatMap(({ privateIp }) => privateIp ?? []).join(', '),
    'Public IP': vnics.flatMap(({ publicIp }) => publicIp ?? []).join(', '),
    'Maintenance reboot due': shownTime(instance.timeMaintenanceRebootDue),
    Created: shownTime(instance.timeCreated),
    Tags: shownTags(tagsOf(instance)),
  });
}
