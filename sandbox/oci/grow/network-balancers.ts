import { usualListener, usualSet } from '../api/network-balancer-schemas.ts';
import { ocid } from '../ids.ts';
import { dice } from '../random.ts';
import type {
  NetworkBackend,
  NetworkBackendSet,
  NetworkLoadBalancer,
} from '../resources/network-balancers.ts';
import type { Resource } from '../resources/resources.ts';
import type { Seed } from '../seed/seed.ts';
import type { Tenancy } from '../tenancy.ts';
import { common, subnetId } from './common.ts';
import { backend, checkerOf } from './load-balancers.ts';

/** A network load balancer before what has grown already, whose addresses its backends have. */
export function networkLoadBalancer(
  entry: Seed['networkLoadBalancers'][number],
  tenancy: Tenancy,
  grown: readonly Resource[],
): NetworkLoadBalancer {
  const { region, compartment, name } = entry;
  const id = ocid('networkloadbalancer', region, tenancy.name, compartment, name);
  const roll = dice(id);
  const host = Math.floor(roll() * 250) + 2;
  const subnet = subnetId(tenancy.name, region, compartment);
  const net = grown.find((each) => each.ocid === subnet);
  const cidr = net?.type === 'Subnet' ? net.cidrBlock : '10.0.0.0/24';
  const base = common(entry, tenancy, 'ACTIVE', roll);
  const near = grown.filter((each) => each.region === region && each.compartmentId === base.compartmentId);
  return {
    type: 'NetworkLoadBalancer',
    ocid: id,
    ...base,
    isPrivate: entry.private,
    isPreserveSourceDestination: false,
    isSymmetricHashEnabled: false,
    ipAddress: entry.private ? cidr.replace(/0\/24$/, String(host)) : `203.0.113.${host}`,
    subnetId: subnet,
    listeners: Object.fromEntries(
      Object.entries(entry.listeners).map(([listener, { port, protocol, backendSet, idle }]) => [
        listener,
        {
          ...usualListener,
          name: listener,
          defaultBackendSetName: backendSet,
          port,
          protocol,
          ...(idle === undefined ? {} : { tcpIdleTimeout: idle }),
        },
      ]),
    ),
    backendSets: Object.fromEntries(
      Object.entries(entry.backendSets).map(([set, { policy, backends, ...check }]) => {
        const made: NetworkBackendSet = {
          ...usualSet,
          name: set,
          policy,
          healthChecker: checkerOf(check),
          backends: backends.map((text) => backendAt(text, near)),
        };
        return [set, made];
      }),
    ),
  };
}

function backendAt(text: string, near: readonly Resource[]): NetworkBackend {
  const { name, ipAddress, port, weight } = backend(text, near);
  return { name, ipAddress, targetId: null, port, weight, isDrain: false, isBackup: false, isOffline: false };
}
