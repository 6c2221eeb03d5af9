import type { Call } from '../call.ts';
import { letters } from '../ids.ts';
import { send } from '../lifecycle.ts';
import type { Backend, Instance, InstancePool, Vnic } from '../resources/resources.ts';
import { launch } from './instance-launch.ts';
import { membersOf } from './pool-views.ts';

/** What Compute writes on every member of a pool. */
export const memberTags = (poolId: string, configurationId: string) => ({
  'oci:compute:instanceconfiguration': configurationId,
  'oci:compute:instancepool': poolId,
});

/** `inst-k3x9q-web-pool` */
export const memberName = (pool: string, seed: string) => `inst-${letters([pool, seed]).slice(0, 5)}-${pool}`;

/** Brings the pool to `size`: new ones join, the youngest leave. Answers when the last has arrived or gone. */
export function resize(call: Call, pool: InstancePool, size: number): number | undefined {
  const members = membersOf(call, pool);
  const moved =
    size >= members.length
      ? Array.from({ length: size - members.length }, () => join(call, pool))
      : members.slice(size).map((member) => leave(call, pool, member));
  const stuck = moved.some((finished) => finished === undefined);
  return stuck ? undefined : Math.max(call.now, ...moved.map((finished) => finished ?? 0));
}

function join(call: Call, pool: InstancePool): number | undefined {
  const { store, region } = call;
  const configuration = store.get('InstanceConfiguration', region, pool.instanceConfigurationId);
  const subnet = store.get('Subnet', region, pool.subnetId);
  if (!configuration || !subnet) return undefined;
  const { shape, ocpus, memoryInGBs, imageId } = configuration;
  const turn = store.next();
  const domain = pool.availabilityDomains[Number(turn) % pool.availabilityDomains.length];
  const { instance, vnic, finished } = launch(call, {
    compartmentId: pool.compartmentId,
    displayName: memberName(pool.displayName, turn),
    freeformTags: { ...configuration.memberTags, ...memberTags(pool.ocid, configuration.ocid) },
    definedTags: pool.definedTags,
    availabilityDomain: domain ?? '',
    faultDomain: `FAULT-DOMAIN-${1 + (Number(turn) % 3)}`,
    shape,
    ocpus,
    memoryInGBs,
    imageId,
    metadata: {},
    subnet,
    isPublic: false,
  });
  pool.memberIds = [...pool.memberIds, instance.ocid];
  inSets(call, pool, (backends, port) => [...backends, backendOf(vnic.privateIp, port)]);
  return finished;
}

function leave(call: Call, pool: InstancePool, member: Instance): number | undefined {
  const vnic = vnicOf(call, member);
  inSets(call, pool, (backends) => backends.filter(({ ipAddress }) => ipAddress !== vnic?.privateIp));
  return send(call, member, {
    through: [{ state: 'TERMINATING', for: call.times.instanceTerminate }],
    to: 'TERMINATED',
  });
}

/** Members join and leave the backend sets of their pool by themselves. */
function inSets(
  { store, region }: Call,
  { attachments }: InstancePool,
  edit: (backends: readonly Backend[], port: number) => readonly Backend[],
): void {
  for (const { loadBalancerId, backendSetName, port } of attachments) {
    const balancer = store.get('LoadBalancer', region, loadBalancerId);
    const set = balancer?.backendSets[backendSetName];
    if (!balancer || !set) continue;
    store.change(balancer, (changed) => {
      changed.backendSets = {
        ...changed.backendSets,
        [backendSetName]: { ...set, backends: edit(set.backends, port) },
      };
    });
  }
}

function vnicOf({ store, region }: Call, { ocid }: Instance): Vnic | undefined {
  return store.list('Vnic', region).find(({ attachedTo }) => attachedTo === ocid);
}

/** A backend as it is made of an address and a port alone. */
export function backendOf(ipAddress: string, port: number): Backend {
  return {
    name: `${ipAddress}:${port}`,
    ipAddress,
    port,
    weight: 1,
    drain: false,
    backup: false,
    offline: false,
  };
}
