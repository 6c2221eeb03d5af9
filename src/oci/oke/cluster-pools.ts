import type { models } from 'oci-containerengine';
import { type PoolSize, poolSizes } from '../../core/kinds/oke-cluster.ts';
import type { Seen } from '../adapter.ts';
import { autoscaler, type IsAutoscaled } from './autoscaler.ts';
import { meterOf, nodesOf, type Pool, stateOf } from './pools.ts';

/** The pools of one cluster, sorted by what a switch of the cluster does to them. */
export interface ClusterPools {
  readonly switched: readonly SwitchedPool[];
  /** What is left as it is, with the reason: "batch (cluster autoscaler)". */
  readonly left: readonly string[];
}

/** A cluster with the pools that a switch of it acts on. */
export interface ClusterNow {
  readonly cluster: models.Cluster;
  readonly pools: ClusterPools;
  readonly seen: Seen;
}

export interface SwitchedPool extends PoolSize {
  readonly id: string;
  readonly name: string;
  /** Neither being made, nor changed. */
  readonly isAtRest: boolean;
  readonly meter: Seen['meter'];
}

export function clusterPools(
  pools: readonly Pool[],
  virtualPools: readonly models.VirtualNodePoolSummary[],
  isAutoscaled: IsAutoscaled,
): ClusterPools {
  const here = pools.filter((pool) => !/^DELET/.test(stateOf(pool)));
  const sorted = here.map((pool) => ({ pool, because: reasonToLeave(pool, isAutoscaled) }));
  const isClear = ({ name = '' }: Pool) =>
    /^[\w.-]+$/.test(name) && here.filter((other) => other.name === name).length === 1;
  return {
    switched: sorted.flatMap(({ pool, because }) =>
      because
        ? []
        : [
            {
              id: pool.id,
              name: pool.name ?? pool.id,
              pool: isClear(pool) ? (pool.name ?? pool.id) : pool.id,
              nodes: nodesOf(pool) ?? 0,
              isAtRest: /^(ACTIVE|NEEDS_ATTENTION)$/.test(stateOf(pool)),
              meter: meterOf(pool),
            },
          ],
    ),
    left: [
      ...sorted.flatMap(({ pool, because }) => (because ? [`${pool.name ?? pool.id} (${because})`] : [])),
      ...virtualPools
        .filter((pool) => !/^DELET/.test(stateOf(pool)))
        .map(({ displayName }) => `${displayName} (virtual)`),
    ].sort(),
  };
}

function reasonToLeave(pool: Pool, isAutoscaled: IsAutoscaled): string | undefined {
  if (isAutoscaled(pool)) return autoscaler;
  if (nodesOf(pool) === undefined) return 'counted by subnet';
  return /^(FAILED|INACTIVE)$/.test(stateOf(pool)) ? stateOf(pool) : undefined;
}

/** `pool-a=3,pool-b=2`; undefined for a cluster that has nothing to switch. */
export function sizeOf({ switched }: ClusterPools): string | undefined {
  return switched.length === 0 ? undefined : poolSizes(switched);
}

/** What all that is switched is billed by, unit by unit; undefined when it is not known of each. */
export function meterOfAll({ switched }: ClusterPools): Seen['meter'] {
  const meters = switched.flatMap(({ meter }) => (meter ? [meter] : []));
  if (meters.length === 0 || meters.length < switched.length) return undefined;
  const sum = (unit: string) => meters.reduce((total, meter) => total + (meter[unit] ?? 0), 0);
  return { ocpu: sum('ocpu'), memoryGb: sum('memoryGb') };
}
