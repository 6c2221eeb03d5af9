import { busy, type KindFacts } from './facts.ts';

/**
 * OKE clusters. A cluster has no switch: it is off when none of its node pools has a node. Its adapter says
 * UPDATING while a pool of it is.
 */
export const okeCluster = {
  plural: 'oke-clusters',
  title: 'OKE cluster',
  aliases: ['oke', 'cluster', 'clusters'],
  lifecycle: {
    up: ['ACTIVE'],
    down: [],
    rising: [],
    falling: [],
    restarting: [],
    ending: ['DELETING'],
    gone: ['DELETED'],
    blocked: { CREATING: busy, UPDATING: busy, FAILED: 'look at it in the Console first' },
  },
  acts: {
    start:
      'Starting an OKE cluster creates the nodes of its pools anew, which are billed from then on; it can fail when OCI is out of capacity.',
    stop: 'Stopping an OKE cluster deletes the nodes of all its pools, and what they keep on their own disks is lost; the control plane is still billed.',
  },
  billedByMembers: true,
  size: {
    means: 'nodes of each pool',
    example: 'pool-a=3,pool-b=2',
    off: (size) => readPools(size)?.every(({ nodes }) => nodes === 0) ?? false,
    read: (text) => {
      const pools = readPools(text);
      return pools && poolSizes(pools);
    },
  },
} as const satisfies KindFacts;

/** One pool in a cluster's size. */
export interface PoolSize {
  /** Its name, or its OCID where the name does not tell it. */
  readonly pool: string;
  readonly nodes: number;
}

/** `pool-a=3,pool-b=2`, in order of name. */
export function poolSizes(pools: readonly PoolSize[]): string {
  return [...pools]
    .sort((a, b) => (a.pool < b.pool ? -1 : 1))
    .map(({ pool, nodes }) => `${pool}=${nodes}`)
    .join(',');
}

/** Undefined when the text is not the size of a cluster. */
export function readPools(text: string): readonly PoolSize[] | undefined {
  const pools = text.split(',').map((part) => /^\s*([\w.-]+)\s*=\s*(\d{1,4})\s*$/.exec(part));
  const read = pools.flatMap((match) => (match ? [{ pool: match[1] ?? '', nodes: Number(match[2]) }] : []));
  const isWhole = read.length === pools.length && new Set(read.map(({ pool }) => pool)).size === read.length;
  return isWhole ? read : undefined;
}
