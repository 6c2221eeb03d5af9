import type { App, BalancerFinder, Place } from '../../core/deploy/app.ts';
import { finds } from '../../core/deploy/finder.ts';
import type { FoundPlace, MissingParts } from '../../core/deploy/scene.ts';
import { showDuration } from '../../core/duration.ts';
import type { Tags } from '../../core/target.ts';
import type { Balancer, Balancers } from './balancers.ts';

/** A place of an app as it was found, or why it cannot be used. */
export interface FoundAt {
  readonly place?: FoundPlace;
  readonly balancer?: Balancer;
  /** A sentence. */
  readonly fault?: string;
  /** It may be in several load balancers: where instances stand cannot be told. */
  readonly isUnclear?: boolean;
  /** A sentence each. */
  readonly doubts: readonly string[];
}

/** A network load balancer is UPDATING while a change of it is under way. */
const living = ['ACTIVE', 'UPDATING'];

/** The place among the load balancers of its compartment. Rejects with a CloudError. */
export async function placeOf(
  service: Balancers,
  app: App,
  place: Place,
  compartmentId: string,
): Promise<FoundAt> {
  const { kind, compartment } = place.balancer;
  const all = await service.list(app.region, compartmentId);
  const [only, ...others] = all.filter((each) => finds({ ...place.balancer, states: living }, each));
  if (!only)
    return faulty(
      `No ${kind.replaceAll('-', ' ')} is called ${wordsOf(place.balancer)} in ${compartment ?? app.compartment}.`,
    );
  if (others.length > 0)
    return {
      fault: `${[only, ...others].map(({ name }) => name).join(', ')} are all meant by ${wordsOf(place.balancer)}; one has to be.`,
      isUnclear: true,
      doubts: [],
    };
  const balancer = await service.get(app.region, only.ocid);
  const missing = missingOf(place, balancer);
  if (typeof missing === 'string') return faulty(missing);
  const found = foundPlace(service, place, balancer, missing);
  const fault = found.idle === 0 ? unled(place, balancer) : undefined;
  if (fault) return { place: found, balancer, fault, doubts: [] };
  return { place: found, balancer, doubts: [...doubtsOf(app, found), ...nameless(found, balancer)] };
}

function faulty(fault: string): FoundAt {
  return { fault, doubts: [] };
}

/** What is to be made, nothing if all is there; a sentence where something is missing that the app does not make. */
function missingOf({ set, create }: Place, balancer: Balancer): MissingParts | undefined | string {
  const isThere = balancer.sets[set] !== undefined;
  if (!isThere && !create) {
    const known = Object.keys(balancer.sets);
    return `${balancer.name} has no backend set ${set}; it has ${known.join(', ') || 'none'}.`;
  }
  const isLed = balancer.listeners.some((each) => each.set === set);
  const listener = isLed ? undefined : create?.listener;
  const other = listener && balancer.listeners.find((each) => each.name === listener.name);
  if (other)
    return `${balancer.name} has a listener ${other.name} already, which leads to ${other.set} and not to ${set}.`;
  const same = listener && balancer.listeners.find((each) => isOnPort(each, listener));
  if (same)
    return `Port ${same.port} of ${balancer.name} is taken by its listener ${same.name}, which leads to ${same.set}.`;
  if (isThere && !listener) return undefined;
  return {
    ...(isThere || !create ? {} : { set: { policy: create.policy, checker: create.checker } }),
    ...(listener ? { listener } : {}),
  };
}

type OnPort = Pick<Balancer['listeners'][number], 'port' | 'protocol'>;

/** TCP and UDP have ports of their own. */
function isOnPort(one: OnPort, other: OnPort): boolean {
  const protocols = [one.protocol, other.protocol];
  return one.port === other.port && !(protocols.includes('TCP') && protocols.includes('UDP'));
}

function foundPlace(
  service: Balancers,
  { balancer: { kind }, set, port, weight }: Place,
  balancer: Balancer,
  missing: MissingParts | undefined,
): FoundPlace {
  const { policy, interval, retries } = balancer.sets[set] ?? checkedBy(missing);
  const idle = balancer.listeners.filter((each) => each.set === set).map((each) => each.idle);
  const made = missing?.listener ? [service.usualIdle(missing.listener.protocol)] : [];
  return {
    kind,
    balancer: { ocid: balancer.ocid, name: balancer.name },
    set,
    port,
    weight,
    policy,
    sure: interval * retries,
    idle: Math.max(0, ...idle, ...made),
    ...(missing ? { missing } : {}),
  };
}

function checkedBy(missing: MissingParts | undefined) {
  if (!missing?.set) throw new Error('a backend set that neither is there nor is made');
  const { policy, checker } = missing.set;
  return { policy, interval: checker.interval, retries: checker.retries };
}

/** No listener leads to it, and none will. */
function unled({ set }: Place, { name }: Balancer): string {
  return `No listener of ${name} leads to ${set}: OCI checks no backend of it, and nobody can tell whether it is well.`;
}

function doubtsOf(app: App, place: FoundPlace): readonly string[] {
  const { kind, sure, set, balancer, policy } = place;
  const isCanary = app.strategy.type === 'canary';
  return [
    ...(sure > app.within.healthy
      ? [
          `The health checker of ${set} needs ${Math.round(sure / 1000)} s to be sure, longer than the app gives it.`,
        ]
      : []),
    ...(kind === 'network-load-balancer'
      ? ofFlows(place, app, isCanary)
      : isCanary && policy !== 'ROUND_ROBIN'
        ? [`${set} of ${balancer.name} is ${policy}: its shares are only roughly what weights say.`]
        : []),
  ];
}

const hashed: Readonly<Record<string, string>> = {
  TWO_TUPLE: 'of one source and destination',
  THREE_TUPLE: 'of one source, destination and protocol',
};

/** A network load balancer knows flows and no requests: what that means for shares and for draining. */
function ofFlows(
  { balancer: { name }, set, policy, idle }: FoundPlace,
  { drain }: App,
  isCanary: boolean,
): readonly string[] {
  const given = showDuration(Math.max(drain, idle));
  const together = hashed[policy];
  return [
    `${name} is a network load balancer: a drained backend gets no new flows and keeps those that it has; what still is open after ${given} is cut when it is taken offline.`,
    ...(isCanary
      ? [
          `Shares in ${set} of ${name} are of new flows, not of requests: a connection that is kept alive stays where it is${together ? `, and all flows ${together} go to one backend (${policy})` : ''}.`,
        ]
      : []),
  ];
}

/** Backends by the OCID of what has them: whose they are cannot be told by their address. */
function nameless({ set, balancer: { name } }: FoundPlace, { sets }: Balancer): readonly string[] {
  const unknown = sets[set]?.backends.filter(({ ip }) => ip === '') ?? [];
  if (unknown.length === 0) return [];
  return [
    `OCI names no address of ${unknown.map((each) => each.name).join(', ')} in ${set} of ${name}: whether they are old instances of this app I cannot see.`,
  ];
}

function wordsOf({ name, tags }: Pick<BalancerFinder, 'name'> & { readonly tags: Tags }): string {
  return [name ?? '', ...Object.entries(tags).map(([key, value]) => `${key}=${value}`)]
    .filter(Boolean)
    .join(' ');
}
