import type { Step } from '../../core/plan.ts';
import type { Observation, Receipt, Verb } from '../../core/verb.ts';
import { bySize, ifEnded } from '../acting/observe.ts';
import { ownWork } from '../acting/own-work.ts';
import { ifThere, unless } from '../acting/verbs.ts';
import { followed } from '../acting/work-requests.ts';
import type { Services } from '../client/services.ts';
import type { ClusterNow, ClusterPools, SwitchedPool } from './cluster-pools.ts';
import { resize } from './pools.ts';

interface ClusterCall {
  readonly label: string;
  get(region: string, ocid: string): Promise<ClusterNow>;
  /** How many nodes the step wants a pool to have; undefined for a pool that it does not speak of. */
  wanted(step: Step): (pool: string) => number | undefined;
}

/**
 * Start and stop of a cluster: one call for each pool that is not there yet, so that acting again after a
 * failure half way does the rest. The receipt holds all of the work requests, with spaces between.
 */
export function clusterVerb(oke: Services['oke'], { label, get, wanted }: ClusterCall): Verb {
  const work = ownWork(oke);
  return {
    label,
    permission: 'CLUSTER_NODE_POOL_UPDATE',
    act: async (step, { signal }) => {
      const { pools } = await get(step.target.region, step.target.ocid);
      const replies = [];
      for (const { id, nodes } of due(pools, wanted(step)))
        replies.push(await resize(oke, step, { id, nodes }, signal));
      const requestId = replies.at(-1)?.opcRequestId;
      return {
        ...(requestId ? { requestId } : {}),
        workRequest: replies.flatMap(({ opcWorkRequestId }) => opcWorkRequestId || []).join(' '),
      };
    },
    observe: (step, receipt, { signal }) =>
      unless(signal, async () => {
        const now = await ifThere(get(step.target.region, step.target.ocid));
        if (!now) return bySize('', undefined, receipt);
        return (
          ifEnded(now.seen) ??
          (await failure(now.seen.region, receipt)) ??
          byPools(now, due(now.pools, wanted(step)), receipt)
        );
      }),
  };

  /** The first of its work requests that failed. */
  async function failure(region: string, receipt: Receipt | undefined): Promise<Observation | undefined> {
    const ids = receipt?.workRequest?.split(' ').filter(Boolean) ?? [];
    const seen = await Promise.all(
      ids.map(async (id) => {
        const found = await ifThere(work.get(region, id));
        return found && followed(found, () => work.errors(region, id));
      }),
    );
    return seen.find((each) => each?.state === 'failed');
  }
}

/** The pools that are not there yet, each with the nodes that it is to have. */
function due(
  { switched }: ClusterPools,
  wanted: (pool: string) => number | undefined,
): readonly Pick<SwitchedPool, 'id' | 'nodes'>[] {
  return switched.flatMap(({ id, pool, nodes: has }) => {
    const nodes = wanted(pool);
    return nodes === undefined || nodes === has ? [] : [{ id, nodes }];
  });
}

function byPools(
  { seen, pools }: ClusterNow,
  still: readonly unknown[],
  receipt: Receipt | undefined,
): Observation {
  const isAtRest = seen.state === 'ACTIVE';
  if (isAtRest && still.length === 0) return done(pools);
  if (isAtRest && !receipt) return { state: 'absent' };
  return { state: 'running', note: seen.size === undefined ? seen.state : `${seen.state}, ${seen.size}` };
}

function done({ left }: ClusterPools): Observation {
  return left.length === 0 ? { state: 'done' } : { state: 'done', note: `left: ${left.join(', ')}` };
}
