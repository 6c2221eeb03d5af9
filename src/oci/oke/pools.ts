import type { models } from 'oci-containerengine';
import type { Step } from '../../core/plan.ts';
import type { Seen } from '../adapter.ts';
import { allPages } from '../client/pages.ts';
import type { Services } from '../client/services.ts';

type Oke = Services['oke'];

/** A pool of nodes as lists and reads have it; the SDK says of nothing that it is always there. */
export type Pool = (models.NodePool | models.NodePoolSummary) & { readonly id: string };

/** The node pools of a compartment, or of one cluster there. Rejects with a CloudError. */
export async function poolsOf(
  oke: Oke,
  region: string,
  place: { readonly compartmentId: string; readonly clusterId?: string },
): Promise<readonly Pool[]> {
  const pools = await allPages((where) =>
    oke.read('ListNodePools', region, async (client) => {
      const reply = await client.listNodePools({ ...place, ...where });
      return { items: reply.items, next: reply.opcNextPage };
    }),
  );
  return pools.flatMap((pool) => (pool.id ? [{ ...pool, id: pool.id }] : []));
}

/** The virtual node pools of a compartment, or of one cluster there. Rejects with a CloudError. */
export function virtualPoolsOf(
  oke: Oke,
  region: string,
  place: { readonly compartmentId: string; readonly clusterId?: string },
): Promise<readonly models.VirtualNodePoolSummary[]> {
  return allPages((where) =>
    oke.read('ListVirtualNodePools', region, async (client) => {
      const reply = await client.listVirtualNodePools({ ...place, ...where });
      return { items: reply.items, next: reply.opcNextPage };
    }),
  );
}

/** Undefined for pools of the old sort, which are sized by subnet. */
export function nodesOf(pool: Pool): number | undefined {
  return pool.nodeConfigDetails?.size ?? undefined;
}

/** What the nodes of a pool are billed by; undefined where its shape has no configuration. */
export function meterOf(pool: Pool): Seen['meter'] {
  const { ocpus, memoryInGBs } = pool.nodeShapeConfig ?? {};
  const nodes = nodesOf(pool);
  if (nodes === undefined || ocpus == null || memoryInGBs == null) return undefined;
  return { ocpu: nodes * ocpus, memoryGb: nodes * memoryInGBs };
}

export function stateOf(pool: { readonly lifecycleState?: string }): string {
  return String(pool.lifecycleState).toUpperCase();
}

/** Sends one pool to a number of nodes. A forced step does not wait until their pods have moved. */
export function resize(
  oke: Oke,
  { target, with: options }: Step,
  pool: { readonly id: string; readonly nodes: number; readonly ifMatch?: string },
  signal: AbortSignal,
) {
  const { id, nodes, ...match } = pool;
  return oke.act('UpdateNodePool', target.region, signal, (client) =>
    client.updateNodePool({
      nodePoolId: id,
      updateNodePoolDetails: { nodeConfigDetails: { size: nodes } },
      ...(options?.force === true ? { overrideEvictionGraceDuration: 'PT0M' } : {}),
      ...match,
    }),
  );
}
