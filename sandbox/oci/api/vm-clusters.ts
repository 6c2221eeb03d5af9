import { z } from 'zod';
import { type Call, iso, one, type Reply, type Route, tagFields } from '../call.ts';
import { incorrectState, invalid } from '../errors.ts';
import { openWork, send } from '../lifecycle.ts';
import { arrayReply, chosen } from '../pages.ts';
import type { CloudVmCluster } from '../resources/data.ts';
import { isDryRun } from './databases.ts';

/** As GetCloudVmCluster and, but for a few fields, ListCloudVmClusters send it. */
function view(cluster: CloudVmCluster): object {
  return {
    id: cluster.ocid,
    compartmentId: cluster.compartmentId,
    displayName: cluster.displayName,
    availabilityDomain: cluster.availabilityDomain,
    subnetId: cluster.subnetId,
    backupSubnetId: cluster.subnetId,
    cloudExadataInfrastructureId: cluster.infrastructureId,
    shape: cluster.shape,
    lifecycleState: cluster.lifecycleState,
    lifecycleDetails: cluster.lifecycleDetails ?? null,
    nodeCount: cluster.nodeCount,
    cpuCoreCount: cluster.cpuCoreCount,
    ocpuCount: cluster.computeModel === 'OCPU' ? cluster.cpuCoreCount : null,
    computeModel: cluster.computeModel,
    memorySizeInGBs: cluster.nodeCount * 60,
    dbNodeStorageSizeInGBs: cluster.nodeCount * 60,
    dataStorageSizeInTBs: 2,
    storageSizeInGBs: 2048,
    clusterName: cluster.hostname.slice(0, 11),
    hostname: cluster.hostname,
    domain: 'sn.vcn.oraclevcn.com',
    giVersion: '19.29.0.0.0',
    systemVersion: '25.1.9.0.0.250925',
    licenseModel: 'LICENSE_INCLUDED',
    diskRedundancy: 'HIGH',
    listenerPort: 1521,
    timeZone: 'UTC',
    vmClusterType: 'REGULAR',
    storageManagementType: 'ASM',
    sshPublicKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIexample dba@lamplight.example'],
    timeCreated: iso(cluster.timeCreated),
    freeformTags: cluster.freeformTags,
    definedTags: cluster.definedTags,
    systemTags: {},
  };
}

const details = z.object({
  displayName: z.string().min(1).max(255).optional(),
  cpuCoreCount: z.int().min(0).optional(),
  ...tagFields,
});

/** The fewest and the most of one virtual machine, for the shapes that count in OCPUs and in ECPUs. */
const limits = { OCPU: { least: 2, most: 126 }, ECPU: { least: 8, most: 760 } } as const;

/** @throws OciError 400 for a number of cores that the virtual machines cannot share. */
function checkCores({ computeModel, nodeCount }: CloudVmCluster, cores: number | undefined): void {
  if (!cores) return;
  const { least, most } = limits[computeModel];
  if (cores % nodeCount > 0)
    throw invalid(`cpuCoreCount: must be a multiple of ${nodeCount}, the number of nodes.`);
  if (cores < least * nodeCount || cores > most * nodeCount)
    throw invalid(`cpuCoreCount: 0, or ${least} to ${most} for each of the ${nodeCount} nodes.`);
}

function update(call: Call): Reply {
  const cluster = call.resource('CloudVmCluster', 'cloudVmClusterId');
  const wanted = call.json(details);
  call.checkEtag(cluster);
  if (cluster.lifecycleState !== 'AVAILABLE')
    throw incorrectState(
      `Cloud VM cluster ${cluster.ocid} is ${cluster.lifecycleState} and cannot be updated.`,
    );
  checkCores(cluster, wanted.cpuCoreCount);
  if (isDryRun(call)) return one(cluster, view(cluster));
  call.store.change(cluster, (changed) => {
    changed.displayName = wanted.displayName ?? changed.displayName;
    changed.cpuCoreCount = wanted.cpuCoreCount ?? changed.cpuCoreCount;
    changed.freeformTags = wanted.freeformTags ?? changed.freeformTags;
    changed.definedTags = wanted.definedTags ?? changed.definedTags;
  });
  const finished = send(call, cluster, {
    through: [{ state: 'UPDATING', for: call.times.vmClusterUpdate }],
    to: 'AVAILABLE',
  });
  const headers = openWork(call, {
    service: 'database',
    operationType: 'Update Cloud VM Cluster',
    actionType: 'UPDATED',
    resource: cluster,
    finished,
  });
  return one(cluster, view(cluster), headers);
}

function list(call: Call): Reply {
  const compartmentId = call.compartment();
  const infrastructure = call.query.get('cloudExadataInfrastructureId');
  const clusters = call.store
    .list('CloudVmCluster', call.region)
    .filter(
      (each) =>
        each.compartmentId === compartmentId && (!infrastructure || each.infrastructureId === infrastructure),
    );
  return arrayReply(call, chosen(call, clusters), ({ ocid }) => ocid, view);
}

const service = 'database';
const path = '/cloudVmClusters/{cloudVmClusterId}';

export const vmClusters: readonly Route[] = [
  {
    operation: 'Database.ListCloudVmClusters',
    service,
    method: 'GET',
    path: '/cloudVmClusters',
    handle: list,
  },
  {
    operation: 'Database.GetCloudVmCluster',
    service,
    method: 'GET',
    path,
    handle: (call) => {
      const cluster = call.resource('CloudVmCluster', 'cloudVmClusterId');
      return one(cluster, view(cluster));
    },
  },
  { operation: 'Database.UpdateCloudVmCluster', service, method: 'PUT', path, handle: update },
];
