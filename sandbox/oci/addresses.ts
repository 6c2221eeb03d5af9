import { invalid } from './errors.ts';
import type { Resource, Subnet } from './resources/resources.ts';
import type { Store } from './store.ts';

/** Hosts of a /24 that may be given out: the first is the router's, the last few are the load balancers' own. */
const FIRST = 2;
const LAST = 251;

const hosts = Array.from({ length: LAST - FIRST + 1 }, (_, at) => FIRST + at);

/** `10.0.1.` of `10.0.1.0/24` */
export const netOf = (cidrBlock: string): string => cidrBlock.replace(/\d+\/\d+$/, '');

/**
 * A private address of the subnet that nobody has; one that nobody has ever had, if there is one, since
 * those that are gone may still be talked to. Undefined when the subnet is full.
 */
export function freeAddress(store: Store, { ocid, cidrBlock }: Subnet): string | undefined {
  const net = netOf(cidrBlock);
  const inUse = new Set<string>();
  const everUsed = new Set<string>();
  for (const each of store.all()) {
    const address = addressIn(each, net);
    if (!address || (each.type === 'Vnic' && each.subnetId !== ocid)) continue;
    everUsed.add(address);
    if (isHeld(store, each)) inUse.add(address);
  }
  const all = hosts.map((host) => `${net}${host}`);
  return all.find((each) => !everUsed.has(each)) ?? all.find((each) => !inUse.has(each));
}

/** @throws OciError 400 for an address that is not to be had in the subnet; `field` is what asks for it. */
export function checkAddress(
  store: Store,
  { cidrBlock, region }: Subnet,
  address: string,
  field: string,
): void {
  if (!address.startsWith(netOf(cidrBlock)))
    throw invalid(`${field}: ${address} is not in the subnet ${cidrBlock}.`);
  const isTaken = store
    .list('Vnic', region)
    .some((each) => each.privateIp === address && isHeld(store, each));
  if (isTaken) throw invalid(`${field}: ${address} is already in use.`);
}

/** The same for what the internet sees. */
export function freePublicAddress(store: Store): string | undefined {
  const inUse = new Set(store.all().flatMap((each) => publicAddressOf(each) ?? []));
  return hosts.map((host) => `198.51.100.${host}`).find((each) => !inUse.has(each));
}

function addressIn(resource: Resource, net: string): string | undefined {
  const address =
    resource.type === 'Vnic'
      ? resource.privateIp
      : resource.type === 'LoadBalancer'
        ? resource.ipAddress
        : undefined;
  return address?.startsWith(net) ? address : undefined;
}

function publicAddressOf(resource: Resource): string | undefined {
  if (resource.type === 'LoadBalancer') return resource.ipAddress;
  return resource.type === 'Vnic' ? resource.publicIp : undefined;
}

function isHeld(store: Store, resource: Resource): boolean {
  const owner = resource.type === 'Vnic' ? store.find(resource.attachedTo) : resource;
  return owner !== undefined && !['DELETED', 'TERMINATED'].includes(owner.lifecycleState);
}

/**
 * Gives what has grown with an address of somebody else the next free one, in place, for as long as the
 * subnet has any. A seed with more in a subnet than it holds keeps its doubles. Answers what is taken.
 */
export function setApart(grown: readonly Resource[]): Set<string> {
  const taken = new Set<string>();
  for (const each of grown) {
    if (each.type !== 'Vnic') continue;
    each.privateIp = apart(each.privateIp, taken);
    if (each.publicIp) each.publicIp = apart(each.publicIp, taken);
  }
  return taken;
}

/** The address itself, or the next one of its /24 that is not taken; it is taken then. */
export function apart(address: string, taken: Set<string>): string {
  const net = address.replace(/\d+$/, '');
  const from = Number(address.slice(net.length)) - FIRST;
  const around = hosts.map((_, at) => `${net}${hosts[(from + at) % hosts.length]}`);
  const found = around.find((each) => !taken.has(each)) ?? address;
  taken.add(found);
  return found;
}
