import type { models } from 'oci-containerengine';
import type { Details } from '../../core/cloud.ts';
import { readPools } from '../../core/kinds/oke-cluster.ts';
import type { Step } from '../../core/plan.ts';
import { sizeIn } from '../acting/verbs.ts';
import { type Adapter, type Seen, tagsOf } from '../adapter.ts';
import { allPages } from '../client/pages.ts';
import type { Services } from '../client/services.ts';
import { details, shownTags, shownTime } from '../details.ts';
import { autoscaled } from './autoscaler.ts';
import { type ClusterNow, type ClusterPools, clusterPools, meterOfAll, sizeOf } from './cluster-pools.ts';
import { clusterVerb } from './cluster-verb.ts';
import { poolsOf, stateOf, virtualPoolsOf } from './pools.ts';

/**
 * OKE clusters. OCI has no switch for one: it is switched by its node pools, but for those that are virtual
 * or under the cluster autoscaler. It has no etag here, since its own says nothing of its pools.
 * Source: docs.oracle.com, api/#/en/containerengine/20180222.
 */
export function clusterAdapter(services: Services): Adapter {
  const { oke } = services;
  const get = async (region: string, clusterId: string): Promise<ClusterNow> => {
    const { cluster } = await oke.read('GetCluster', region, (client) => client.getCluster({ clusterId }));
    const [pools] = await within(region, cluster.compartmentId ?? '', [cluster], clusterId);
    if (!pools) throw new Error(`the pools of ${clusterId} were not sorted`);
    return { cluster, pools, seen: seenOf(region, cluster, pools) };
  };
  /** The pools of each of some clusters in a compartment. */
  const within = async (
    region: string,
    compartmentId: string,
    clusters: readonly (models.Cluster | models.ClusterSummary)[],
    clusterId?: string,
  ): Promise<readonly ClusterPools[]> => {
    if (clusters.length === 0) return [];
    const place = { compartmentId, ...(clusterId ? { clusterId } : {}) };
    const [pools, virtualPools] = await Promise.all([
      poolsOf(oke, region, place),
      virtualPoolsOf(oke, region, place),
    ]);
    const isAutoscaled = await autoscaled(services, region, pools);
    return clusters.map(({ id }) =>
      clusterPools(
        pools.filter((pool) => pool.clusterId === id),
        virtualPools.filter((pool) => pool.clusterId === id),
        isAutoscaled,
      ),
    );
  };
  const toSize = (step: Step) => {
    const pools = new Map((readPools(sizeIn(step)) ?? []).map(({ pool, nodes }) => [pool, nodes]));
    return (pool: string) => pools.get(pool);
  };
  return {
    kind: 'oke-cluster',
    searchType: 'clusterscluster',
    ocidType: 'cluster',
    grant: 'manage cluster-family',
    list: async (region, compartmentId) => {
      const clusters = await allPages((where) =>
        oke.read('ListClusters', region, async (client) => {
          const reply = await client.listClusters({ compartmentId, ...where });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      );
      const pools = await within(region, compartmentId, clusters);
      return clusters.flatMap((cluster, at) => {
        const its = pools[at];
        return its ? [seenOf(region, cluster, its)] : [];
      });
    },
    get: async (region, ocid) => (await get(region, ocid)).seen,
    details: async ({ region, ocid }) => describe(await get(region, ocid)),
    verbs: {
      'oke-cluster.start': clusterVerb(oke, { label: 'Start', get, wanted: toSize }),
      'oke-cluster.stop': clusterVerb(oke, { label: 'Stop', get, wanted: () => () => 0 }),
    },
  };
}

function seenOf(region: string, cluster: models.Cluster | models.ClusterSummary, pools: ClusterPools): Seen {
  const state = stateOf(cluster);
  const size = sizeOf(pools);
  const meter = meterOfAll(pools);
  const nothing = 'it has no node pools that could be switched';
  const because = pools.left.length > 0 ? `${nothing}: ${pools.left.join(', ')}` : nothing;
  return {
    kind: 'oke-cluster',
    ocid: cluster.id ?? '',
    name: cluster.name ?? cluster.id ?? '',
    region,
    compartmentId: cluster.compartmentId ?? '',
    tags: tagsOf(cluster),
    state: state === 'ACTIVE' && pools.switched.some(({ isAtRest }) => !isAtRest) ? 'UPDATING' : state,
    ...(size === undefined ? { refuses: { start: because, stop: because } } : { size }),
    ...(meter ? { meter } : {}),
  };
}

function describe({ cluster, pools }: ClusterNow): Details {
  return [
    ...details({
      Kubernetes: cluster.kubernetesVersion,
      Type: cluster.type,
      Endpoint: cluster.endpoints?.publicEndpoint ?? cluster.endpoints?.privateEndpoint,
    }),
    ...pools.switched.map(({ name, nodes, isAtRest }) => ({
      label: `Pool ${name}`,
      value: `${nodes} node${nodes === 1 ? '' : 's'}${isAtRest ? '' : ', changing'}`,
    })),
    ...details({
      'Left by start and stop': pools.left.join(', '),
      Details: cluster.lifecycleDetails,
      Created: shownTime(cluster.metadata?.timeCreated),
      Tags: shownTags(tagsOf(cluster)),
    }),
  ];
}
