import type { models } from 'oci-database';
import type { Details } from '../core/cloud.ts';
import type { Act } from '../core/lifecycle.ts';
import type { Step } from '../core/plan.ts';
import { sharedWork } from './acting/shared-work.ts';
import { ifMatch, receiptOf, sizeIn, sizeVerb } from './acting/verbs.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { details, shownTags, shownTime } from './details.ts';

/**
 * VM clusters of Exadata on dedicated infrastructure. Stopping their virtual machines saves nothing; what
 * ends the billing is to take all cores, which shuts them down. An update takes no retry token.
 * Source: docs.oracle.com, Database/Tasks/exasystemscaling.htm and api/#/en/database/20160918/CloudVmCluster.
 */
export function vmClusterAdapter({ database, workRequests }: Services): Adapter {
  const get = async (region: string, ocid: string) => {
    const { cloudVmCluster, etag } = await database.read('GetCloudVmCluster', region, (client) =>
      client.getCloudVmCluster({ cloudVmClusterId: ocid }),
    );
    return { cluster: cloudVmCluster, seen: { ...seenOf(region, cloudVmCluster), etag } };
  };
  const verb = (label: Act, wanted: (step: Step) => string) =>
    sizeVerb(
      {
        label,
        permission: 'CLOUD_VM_CLUSTER_UPDATE_CPU',
        wanted,
        send: async ({ target }, size, context) =>
          receiptOf(
            await database.act('UpdateCloudVmCluster', target.region, context.signal, (client) =>
              client.updateCloudVmCluster({
                cloudVmClusterId: target.ocid,
                updateCloudVmClusterDetails: { cpuCoreCount: Number(size) },
                ...ifMatch(context),
              }),
            ),
          ),
      },
      {
        repeatable: false,
        work: sharedWork(workRequests),
        get: async (region, ocid) => (await get(region, ocid)).seen,
      },
    );
  return {
    kind: 'vm-cluster',
    searchType: 'cloudvmcluster',
    ocidType: 'cloudvmcluster',
    grant: 'use cloud-vmclusters',
    list: async (region, compartmentId) => {
      const clusters = await allPages((where) =>
        database.read('ListCloudVmClusters', region, async (client) => {
          const reply = await client.listCloudVmClusters({ compartmentId, ...where });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      );
      return clusters.map((each) => seenOf(region, each));
    },
    get: async (region, ocid) => (await get(region, ocid)).seen,
    details: async ({ region, ocid }) => describe((await get(region, ocid)).cluster),
    verbs: {
      'vm-cluster.start': verb('start', sizeIn),
      'vm-cluster.stop': verb('stop', () => '0'),
      'vm-cluster.scale': verb('scale', sizeIn),
    },
  };
}

function seenOf(region: string, cluster: models.CloudVmCluster | models.CloudVmClusterSummary): Seen {
  const cores = cluster.cpuCoreCount;
  return {
    kind: 'vm-cluster',
    ocid: cluster.id,
    name: cluster.displayName,
    region,
    compartmentId: cluster.compartmentId,
    tags: tagsOf(cluster),
    state: String(cluster.lifecycleState).toUpperCase(),
    size: String(cores),
    ...(cores > 0 ? { meter: { [unitOf(cluster)]: cores } } : {}),
  };
}

/** What its cores are counted in, and billed by. */
function unitOf({ computeModel }: models.CloudVmCluster | models.CloudVmClusterSummary): string {
  return String(computeModel ?? 'OCPU').toLowerCase();
}

function describe(cluster: models.CloudVmCluster): Details {
  return details({
    Shape: cluster.shape,
    Cores: `${cluster.cpuCoreCount} ${unitOf(cluster).toUpperCase()}s`,
    Nodes: cluster.nodeCount,
    Memory: cluster.memorySizeInGBs && `${cluster.memorySizeInGBs} GB`,
    'Grid Infrastructure': cluster.giVersion,
    Licence: cluster.licenseModel,
    Details: cluster.lifecycleDetails,
    'Availability domain': cluster.availabilityDomain,
    Created: shownTime(cluster.timeCreated),
    Tags: shownTags(tagsOf(cluster)),
  });
}
