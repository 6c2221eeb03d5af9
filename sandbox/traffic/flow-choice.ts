import type { NetworkBackend, NetworkBackendSet } from '../oci/resources/network-balancers.ts';
import { byHash, type Candidate, fraction, usable } from './balancing.ts';

/** Who speaks to whom. */
export interface Ends {
  readonly protocol: 'TCP' | 'UDP';
  readonly client: string;
  readonly clientPort: number;
  /** Of the network load balancer and its listener. */
  readonly address: string;
  readonly port: number;
}

/** Where a flow goes. */
export interface Heading {
  readonly set: string;
  /** The node that it goes through. */
  readonly node: number;
  readonly backend: NetworkBackend;
}

interface Choice extends Candidate {
  readonly backend: NetworkBackend;
}

/** The part of a flow that the policy hashes: flows that are alike in it go to one backend. */
export function tupleOf(policy: string, { protocol, client, clientPort, address, port }: Ends): string {
  if (policy === 'TWO_TUPLE') return `${client} ${address}`;
  if (policy === 'THREE_TUPLE') return `${client} ${address} ${protocol}`;
  return `${client}:${clientPort} ${address}:${port} ${protocol}`;
}

/** Which of so many nodes gets the flow: always the same one. */
export const nodeOf = (ends: Ends, count: number): number =>
  Math.floor(fraction(`node ${tupleOf('FIVE_TUPLE', ends)}`) * count);

/**
 * The backend of a new flow, by a hash and the weights: a change of the set moves few of them. Where none is well and
 * the set fails open, all are taken to be. Undefined when there is nobody.
 */
export function chooseFor(
  ends: Ends,
  set: NetworkBackendSet,
  by: { readonly isWell: (backend: string) => boolean; readonly backupsRule: boolean },
): NetworkBackend | undefined {
  const isNobodyWell = !set.backends.some(({ name, isOffline }) => !isOffline && by.isWell(name));
  const candidates = set.backends.map(
    (backend): Choice => ({
      backend,
      name: backend.name,
      weight: backend.weight,
      drain: backend.isDrain,
      offline: backend.isOffline,
      backup: backend.isBackup !== by.backupsRule,
      isHealthy: by.isWell(backend.name) || (set.isFailOpen && isNobodyWell),
      active: 0,
      isFull: false,
    }),
  );
  return byHash(usable(candidates), tupleOf(set.policy, ends))?.backend;
}

/**
 * Whether backups go first from now on, in a set that prefers whoever works: they take over when none of the others is
 * well, and go on until none of them is.
 */
export function doBackupsRule(
  { areOperationallyActiveBackendsPreferred, backends }: NetworkBackendSet,
  isWell: (backend: string) => boolean,
  before: boolean,
): boolean {
  if (!areOperationallyActiveBackendsPreferred) return false;
  const well = backends.filter(({ name, isOffline }) => !isOffline && isWell(name));
  const has = (isBackup: boolean) => well.some((backend) => backend.isBackup === isBackup);
  return before ? has(true) || !has(false) : has(true) && !has(false);
}
