import { backendOf } from '../api/pool-members.ts';
import { ocid } from '../ids.ts';
import { dice } from '../random.ts';
import type { Backend, BackendSet, LoadBalancer, Resource } from '../resources/resources.ts';
import type { Seed } from '../seed/seed.ts';
import type { Tenancy } from '../tenancy.ts';
import { common, subnetId } from './common.ts';

type Entry = Seed['loadBalancers'][number];

/** A load balancer before what has grown already, whose addresses its backends have. */
export function loadBalancer(
  entry: Entry,
  seed: Seed,
  tenancy: Tenancy,
  grown: readonly Resource[],
): LoadBalancer {
  const { region, compartment, name } = entry;
  const id = ocid('loadbalancer', region, tenancy.name, compartment, name);
  const roll = dice(id);
  const host = Math.floor(roll() * 250) + 2;
  const subnet = subnetId(tenancy.name, region, compartment);
  const net = grown.find((each) => each.ocid === subnet);
  const cidr = net?.type === 'Subnet' ? net.cidrBlock : '10.0.0.0/24';
  const pooled = seed.instancePools.filter(
    (pool) => pool.region === region && pool.compartment === compartment && pool.attach.length > 0,
  );
  const base = common(entry, tenancy, 'ACTIVE', roll);
  const near = grown.filter((each) => each.region === region && each.compartmentId === base.compartmentId);
  const backendSets = Object.entries(entry.backendSets).map(([set, { policy, backends, ...check }]) => {
    const members = pooled.flatMap((pool) =>
      pool.attach
        .filter((each) => each.loadBalancer === name && each.backendSet === set)
        .flatMap(({ port }) => membersOf(near, pool.name).map((address) => backendOf(address, port))),
    );
    const made: BackendSet = {
      name: set,
      policy,
      healthChecker: checkerOf(check),
      backends: [...backends.map((text) => backend(text, near)), ...members],
    };
    return [set, made] as const;
  });
  const isFlexible = entry.shape === 'flexible';
  return {
    type: 'LoadBalancer',
    ocid: id,
    ...base,
    shapeName: entry.shape,
    shapeDetails: isFlexible
      ? { minimumBandwidthInMbps: entry.minimum, maximumBandwidthInMbps: entry.maximum }
      : null,
    isPrivate: entry.private,
    ipAddress: entry.private ? cidr.replace(/0\/24$/, String(host)) : `198.51.100.${host}`,
    subnetIds: [subnet],
    listeners: Object.fromEntries(
      Object.entries(entry.listeners).map(([listener, { port, protocol, backendSet, idle }]) => [
        listener,
        {
          name: listener,
          defaultBackendSetName: backendSet,
          port,
          protocol,
          ...(idle === undefined ? {} : { connectionConfiguration: { idleTimeout: idle } }),
        },
      ]),
    ),
    backendSets: Object.fromEntries(backendSets),
  };
}

/** Of either kind: without a path the check is that a connection is taken. */
export function checkerOf({
  checkPath,
  checkEvery,
  checkRetries,
}: {
  readonly checkPath?: string | undefined;
  readonly checkEvery?: number | undefined;
  readonly checkRetries?: number | undefined;
}): BackendSet['healthChecker'] {
  return {
    ...(checkPath ? { protocol: 'HTTP', urlPath: checkPath, returnCode: 200 } : { protocol: 'TCP' }),
    ...(checkEvery === undefined ? {} : { intervalInMillis: checkEvery * 1000 }),
    ...(checkRetries === undefined ? {} : { retries: checkRetries }),
  };
}

export function attachmentId(region: string, pool: string, balancer: string): string {
  return ocid('instancepoollbattachment', region, pool, balancer);
}

/** `web-1:8080` at the address that web-1 has. */
export function backend(text: string, near: readonly Resource[]): Backend {
  const at = text.lastIndexOf(':');
  const [name, port] = [text.slice(0, at), Number(text.slice(at + 1))];
  const owner = near.find((each) => each.displayName === name && /Instance$/.test(each.type));
  return backendOf(owner ? (addressOf(near, owner.ocid) ?? name) : name, port);
}

function membersOf(near: readonly Resource[], pool: string): readonly string[] {
  const found = near.find((each) => each.type === 'InstancePool' && each.displayName === pool);
  return found?.type === 'InstancePool' ? found.memberIds.flatMap((id) => addressOf(near, id) ?? []) : [];
}

function addressOf(near: readonly Resource[], owner: string): string | undefined {
  const vnic = near.find((each) => each.type === 'Vnic' && each.attachedTo === owner);
  return vnic?.type === 'Vnic' ? vnic.privateIp : undefined;
}
