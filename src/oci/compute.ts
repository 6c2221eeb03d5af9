import type { models } from 'oci-core';
import type { Details } from '../core/cloud.ts';
import type { PowerAct } from '../core/lifecycle.ts';
import type { Target } from '../core/target.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { details, ifReadable, shownShape, shownTags, shownTime } from './details.ts';
import { allPages } from './pages.ts';
import type { Services } from './services.ts';
import { ifMatch, powerVerb, receiptOf } from './verbs.ts';

/**
 * Compute instances. Their actions take a retry token and make no work request.
 * Source: docs.oracle.com, api/#/en/iaas/20160918/Instance.
 */
export function computeAdapter({ compute, network }: Services): Adapter {
  const get = async (region: string, ocid: string) => {
    const { instance, etag } = await compute.read('GetInstance', region, (client) =>
      client.getInstance({ instanceId: ocid }),
    );
    return { instance, seen: { ...seenOf(region, instance), etag } };
  };
  const verb = (act: PowerAct) =>
    powerVerb(
      {
        act,
        permission: 'INSTANCE_POWER_ACTIONS',
        send: async ({ target, with: options }, context) =>
          receiptOf(
            await compute.act('InstanceAction', target.region, context.signal, (client) =>
              client.instanceAction({
                instanceId: target.ocid,
                action: actions[act][options?.force === true ? 'forced' : 'gentle'],
                opcRetryToken: context.token,
                ...ifMatch(context),
              }),
            ),
          ),
      },
      { repeatable: true, get: async (region, ocid) => (await get(region, ocid)).seen },
    );
  return {
    kind: 'instance',
    searchType: 'instance',
    ocidType: 'instance',
    grant: 'use instances',
    list: async (region, compartmentId) => {
      const instances = await allPages((where) =>
        compute.read('ListInstances', region, async (client) => {
          const reply = await client.listInstances({ compartmentId, ...where });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      );
      return instances.map((instance) => seenOf(region, instance));
    },
    get: async (region, ocid) => (await get(region, ocid)).seen,
    details: async (target) => {
      const { instance } = await get(target.region, target.ocid);
      const [image, vnics] = await Promise.all([
        ifReadable(imageName(instance, target)),
        ifReadable(addresses(instance, target)),
      ]);
      return describe(instance, image, vnics ?? []);
    },
    verbs: {
      'instance.start': verb('start'),
      'instance.stop': verb('stop'),
      'instance.restart': verb('restart'),
    },
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
  };
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
