import { z } from 'zod';
import { type Call, iso, one, type Reply, type Route, tagFields } from '../call.ts';
import { incorrectState } from '../errors.ts';
import { ocid } from '../ids.ts';
import { openWork, send } from '../lifecycle.ts';
import { arrayReply, chosen } from '../pages.ts';
import type { NodePool, VirtualNodePool } from '../resources/platform.ts';

const summary = (pool: NodePool) => ({
  id: pool.ocid,
  lifecycleState: pool.lifecycleState,
  lifecycleDetails: pool.lifecycleDetails ?? null,
  compartmentId: pool.compartmentId,
  clusterId: pool.clusterId,
  name: pool.displayName,
  kubernetesVersion: pool.kubernetesVersion,
  nodeImageId: null,
  nodeImageName: null,
  nodeShapeConfig: { ocpus: pool.ocpus, memoryInGBs: pool.memoryInGBs },
  nodeSource: { sourceType: 'IMAGE', imageId: pool.imageId, sourceName: 'Oracle-Linux-8.10-OKE' },
  nodeSourceDetails: { sourceType: 'IMAGE', imageId: pool.imageId, bootVolumeSizeInGBs: null },
  nodeShape: pool.shape,
  initialNodeLabels: [],
  sshPublicKey: null,
  quantityPerSubnet: 0,
  subnetIds: [],
  nodeConfigDetails: {
    size: pool.size,
    nsgIds: [],
    kmsKeyId: null,
    isPvEncryptionInTransitEnabled: false,
    freeformTags: {},
    definedTags: {},
    placementConfigs: pool.placements.map((each) => ({ ...each, faultDomains: null })),
    nodePoolPodNetworkOptionDetails: { cniType: 'OCI_VCN_IP_NATIVE' },
  },
  freeformTags: pool.freeformTags,
  definedTags: pool.definedTags,
  systemTags: {},
  nodeEvictionNodePoolSettings: {
    evictionGraceDuration: 'PT60M',
    isForceDeleteAfterGraceDuration: false,
    isForceActionAfterGraceDuration: false,
  },
  nodePoolCyclingDetails: null,
});

/** Those that stay, and while an update goes on those that come or go. */
function nodes(pool: NodePool): object[] {
  const { size, sizeBefore } = pool;
  const isMoving = pool.lifecycleState === 'UPDATING';
  return Array.from({ length: isMoving ? Math.max(size, sizeBefore) : size }, (_, at) => {
    const id = ocid('instance', pool.region, pool.ocid, String(at));
    const place = pool.placements[at % pool.placements.length];
    const coming = at >= sizeBefore ? 'CREATING' : 'ACTIVE';
    return {
      id,
      name: `oke-c${pool.clusterId.slice(-11)}-n${pool.ocid.slice(-11)}-s${at}`,
      kubernetesVersion: pool.kubernetesVersion,
      availabilityDomain: place?.availabilityDomain,
      subnetId: place?.subnetId,
      nodePoolId: pool.ocid,
      faultDomain: `FAULT-DOMAIN-${(at % 3) + 1}`,
      privateIp: `10.0.5.${10 + (at % 240)}`,
      publicIp: null,
      nodeError: null,
      freeformTags: {},
      definedTags: {},
      systemTags: {},
      lifecycleState: isMoving ? (at >= size ? 'DELETING' : coming) : 'ACTIVE',
      lifecycleDetails: '',
    };
  });
}

const updateDetails = z.object({
  name: z.string().min(1).max(255).optional(),
  nodeConfigDetails: z.object({ size: z.int().min(0).max(1000).optional() }).optional(),
  ...tagFields,
});

/** A failed update leaves a pool that needs attention, with the size that was asked for. */
function update(call: Call): Reply {
  const pool = call.resource('NodePool', 'nodePoolId');
  const details = call.json(updateDetails);
  call.checkEtag(pool);
  if (!['ACTIVE', 'NEEDS_ATTENTION', 'INACTIVE'].includes(pool.lifecycleState))
    throw incorrectState(`Node pool ${pool.ocid} is ${pool.lifecycleState} and cannot be updated.`);
  call.store.change(pool, (changed) => {
    changed.displayName = details.name ?? changed.displayName;
    changed.freeformTags = details.freeformTags ?? changed.freeformTags;
    changed.definedTags = details.definedTags ?? changed.definedTags;
    changed.sizeBefore = changed.size;
    changed.size = details.nodeConfigDetails?.size ?? changed.size;
  });
  const finished = send(call, pool, {
    through: [{ state: 'UPDATING', for: call.times.nodePoolUpdate }],
    to: 'ACTIVE',
    onFailure: 'NEEDS_ATTENTION',
  });
  return {
    status: 202,
    headers: openWork(call, {
      service: 'containerengine',
      operationType: 'NODEPOOL_UPDATE',
      actionType: 'UPDATED',
      resource: pool,
      finished,
    }),
  };
}

const virtualView = (pool: VirtualNodePool) => ({
  id: pool.ocid,
  compartmentId: pool.compartmentId,
  clusterId: pool.clusterId,
  displayName: pool.displayName,
  kubernetesVersion: pool.kubernetesVersion,
  initialVirtualNodeLabels: [],
  taints: [],
  size: pool.size,
  placementConfigurations: [
    {
      availabilityDomain: pool.availabilityDomain,
      faultDomain: ['FAULT-DOMAIN-1'],
      subnetId: pool.subnetId,
    },
  ],
  nsgIds: [],
  podConfiguration: { subnetId: pool.subnetId, nsgIds: [], shape: pool.podShape },
  lifecycleState: pool.lifecycleState,
  lifecycleDetails: pool.lifecycleDetails ?? null,
  timeCreated: iso(pool.timeCreated),
  timeUpdated: iso(pool.timeUpdated ?? pool.timeCreated),
  freeformTags: pool.freeformTags,
  definedTags: pool.definedTags,
  systemTags: {},
  virtualNodeTags: { freeformTags: {}, definedTags: {} },
});

/** Those of a compartment, and of one cluster if the query names one. */
function listed<P extends NodePool | VirtualNodePool>(call: Call, pools: readonly P[]): P[] {
  const compartmentId = call.compartment();
  const clusterId = call.query.get('clusterId');
  return chosen(
    call,
    pools.filter(
      (each) => each.compartmentId === compartmentId && (!clusterId || each.clusterId === clusterId),
    ),
  );
}

const service = 'containerengine';
const path = '/nodePools/{nodePoolId}';

export const nodePools: readonly Route[] = [
  {
    operation: 'ContainerEngine.ListNodePools',
    service,
    method: 'GET',
    path: '/nodePools',
    handle: (call) => {
      const pools = listed(call, call.store.list('NodePool', call.region));
      return arrayReply(call, pools, (pool) => pool.ocid, summary);
    },
  },
  {
    operation: 'ContainerEngine.GetNodePool',
    service,
    method: 'GET',
    path,
    handle: (call) => {
      const pool = call.resource('NodePool', 'nodePoolId');
      return one(pool, { ...summary(pool), nodeMetadata: {}, nodes: nodes(pool) });
    },
  },
  { operation: 'ContainerEngine.UpdateNodePool', service, method: 'PUT', path, handle: update },
  {
    operation: 'ContainerEngine.ListVirtualNodePools',
    service,
    method: 'GET',
    path: '/virtualNodePools',
    handle: (call) => {
      const pools = listed(call, call.store.list('ClustersVirtualNodePool', call.region));
      return arrayReply(call, pools, (pool) => pool.ocid, virtualView);
    },
  },
  {
    operation: 'ContainerEngine.GetVirtualNodePool',
    service,
    method: 'GET',
    path: '/virtualNodePools/{virtualNodePoolId}',
    handle: (call) => {
      const pool = call.resource('ClustersVirtualNodePool', 'virtualNodePoolId');
      return one(pool, virtualView(pool));
    },
  },
];
