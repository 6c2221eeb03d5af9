import type { models } from 'oci-core';
import type { Seen } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { ifReadable } from './details.ts';

/** The freeform tag that Compute puts on the members of a pool. */
const poolTag = 'oci:compute:instancepool';
/** What OKE writes into the metadata of its worker nodes. */
const nodePoolKey = 'oke-pool-id';
const clusterNameKey = 'oke-cluster-display-name';

/**
 * Who else decides about instances, in the order given: the pool that they are members of or the cluster
 * whose nodes they are. A member is known by its tag, and the pool itself is asked, once for all of its
 * members, since the tag stays on an instance that has left. Where the pool may not be read, the tag stands.
 */
export function keeperOf({ management }: Pick<Services, 'management'>) {
  return async (
    region: string,
    instances: readonly models.Instance[],
  ): Promise<readonly Pick<Seen, 'managedBy'>[]> => {
    const tagged = [...new Set(instances.flatMap((each) => each.freeformTags?.[poolTag] ?? []))];
    const pools = new Map(
      await Promise.all(tagged.map(async (ocid) => [ocid, await poolOf(region, ocid)] as const)),
    );
    return instances.map(({ id, freeformTags, metadata }) => {
      if (metadata?.[nodePoolKey])
        return {
          managedBy: `node pool of cluster ${metadata[clusterNameKey] ?? metadata['oke-cluster-id']}`,
        };
      const pool = pools.get(freeformTags?.[poolTag] ?? '');
      if (!pool || pool.members?.includes(id) === false) return {};
      return { managedBy: `instance pool ${pool.name}` };
    });
  };

  async function poolOf(region: string, instancePoolId: string) {
    const pool = await ifReadable(
      management.read('GetInstancePool', region, (client) => client.getInstancePool({ instancePoolId })),
    );
    if (!pool) return { name: instancePoolId, members: undefined };
    const { compartmentId, displayName } = pool.instancePool;
    const members = await ifReadable(
      allPages((where) =>
        management.read('ListInstancePoolInstances', region, async (client) => {
          const reply = await client.listInstancePoolInstances({ compartmentId, instancePoolId, ...where });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      ),
    );
    return { name: displayName ?? instancePoolId, members: members?.map(({ id }) => id) };
  }
}
