import { type OcidType, ocid } from '../ids.ts';
import { dice } from '../random.ts';
import type { Cluster, NodePool, PlatformResource, VirtualNodePool } from '../resources/platform.ts';
import type { Seed } from '../seed/seed.ts';
import type { Tenancy } from '../tenancy.ts';
import { common, crowd, type Entry, regionOf, subnetId } from './common.ts';

/** The OKE clusters and platform services that the seed describes. */
export function growPlatform(seed: Seed, tenancy: Tenancy): PlatformResource[] {
  const each = <E extends Entry>(entries: readonly E[], grow: (one: E) => PlatformResource[]) =>
    entries.flatMap((entry) => crowd(entry).flatMap(grow));
  const base = (type: OcidType, entry: Entry & { readonly state: string }) => based(type, entry, tenancy);
  return [
    ...each(seed.clusters, (entry) => cluster(entry, tenancy)),
    ...each(seed.integrations, (entry) => [
      {
        type: 'IntegrationInstance',
        ...base('integrationinstance', entry),
        edition: entry.edition,
        shape: entry.shape,
        messagePacks: entry.messagePacks,
        isByol: entry.byol,
      },
    ]),
    ...each(seed.analyticsInstances, (entry) => [
      {
        type: 'AnalyticsInstance',
        ...base('analyticsinstance', entry),
        capacityType: entry.users === undefined ? 'OLPU_COUNT' : 'USER_COUNT',
        capacityValue: entry.users ?? entry.ocpus ?? 1,
        featureSet: entry.features,
      },
    ]),
    ...each(seed.goldenGates, (entry) => [
      {
        type: 'GoldenGateDeployment',
        ...base('goldengatedeployment', entry),
        deploymentType: entry.technology,
        cpuCoreCount: entry.ocpus,
        isAutoScalingEnabled: entry.autoScaling,
        subnetId: subnetId(tenancy.name, entry.region, entry.compartment),
      },
    ]),
    ...each(seed.digitalAssistants, (entry) => [
      { type: 'OdaInstance', ...base('odainstance', entry), shapeName: entry.shape },
    ]),
    ...each(seed.workspaces, (entry) => [
      {
        type: 'DISWorkspace',
        ...base('disworkspace', entry),
        description: entry.description,
        isPrivateNetworkEnabled: entry.privateNetwork,
      },
    ]),
    ...each(seed.visualBuilders, (entry) => [
      { type: 'VisualBuilderInstance', ...base('visualbuilderinstance', entry), nodeCount: entry.nodes },
    ]),
  ];
}

function based(type: OcidType, entry: Entry & { readonly state: string }, tenancy: Tenancy) {
  const id = ocid(type, entry.region, tenancy.name, entry.compartment, entry.name);
  return { ocid: id, ...common(entry, tenancy, entry.state, dice(id)) };
}

/** A cluster with its pools, which stand in its compartment and region. */
function cluster(entry: Seed['clusters'][number], tenancy: Tenancy): PlatformResource[] {
  const pools = entry.pools.map((pool) => nodePool(entry, pool, tenancy));
  const scaled = entry.pools.flatMap(({ autoscaled }, at) =>
    autoscaled ? [`${autoscaled.min}:${autoscaled.max}:${pools[at]?.ocid}`] : [],
  );
  const made: Cluster = {
    type: 'ClustersCluster',
    ...based('cluster', { ...entry, state: 'ACTIVE' }, tenancy),
    kubernetesVersion: entry.version,
    clusterType: entry.enhanced ? 'ENHANCED_CLUSTER' : 'BASIC_CLUSTER',
    vcnId: ocid('vcn', entry.region, tenancy.name),
    subnetId: subnetId(tenancy.name, entry.region, entry.compartment),
    addons: [
      { name: 'CoreDNS', version: 'v1.12.0', configurations: [] },
      ...(scaled.length === 0
        ? []
        : [
            {
              name: 'ClusterAutoscaler',
              version: 'v1.34.0',
              configurations: [
                { key: 'authType', value: 'workload' },
                { key: 'nodes', value: scaled.join(', ') },
              ],
            },
          ]),
    ],
  };
  return [made, ...pools, ...entry.virtualPools.map((pool) => virtualNodePool(entry, pool, tenancy))];
}

type ClusterEntry = Seed['clusters'][number];

function nodePool(entry: ClusterEntry, pool: ClusterEntry['pools'][number], tenancy: Tenancy): NodePool {
  return {
    type: 'NodePool',
    ...pooled('nodepool', entry, pool, tenancy),
    shape: pool.shape,
    ocpus: pool.ocpus,
    memoryInGBs: pool.memory,
    imageId: ocid('image', entry.region, 'Oracle-Linux-8.10-OKE'),
    placements: regionOf(tenancy, entry.region).domains.map((availabilityDomain) => ({
      availabilityDomain,
      subnetId: subnetId(tenancy.name, entry.region, entry.compartment),
    })),
    size: pool.size,
    sizeBefore: pool.size,
  };
}

function virtualNodePool(
  entry: ClusterEntry,
  pool: ClusterEntry['virtualPools'][number],
  tenancy: Tenancy,
): VirtualNodePool {
  return {
    type: 'ClustersVirtualNodePool',
    ...pooled('virtualnodepool', entry, pool, tenancy),
    availabilityDomain: regionOf(tenancy, entry.region).domains[0] ?? '',
    subnetId: subnetId(tenancy.name, entry.region, entry.compartment),
    podShape: pool.podShape,
    size: pool.size,
  };
}

/** What pools of both sorts have. Pools of the same name in two clusters are two. */
function pooled(
  type: OcidType,
  entry: ClusterEntry,
  pool: { readonly name: string; readonly tags: Readonly<Record<string, string>> },
  tenancy: Tenancy,
) {
  const { region, compartment, name } = entry;
  const id = ocid(type, region, tenancy.name, compartment, name, pool.name);
  const tags = { ...entry.tags, ...pool.tags };
  return {
    ocid: id,
    ...common({ ...entry, name: pool.name, tags }, tenancy, 'ACTIVE', dice(id)),
    clusterId: ocid('cluster', region, tenancy.name, compartment, name),
    kubernetesVersion: entry.version,
  };
}
