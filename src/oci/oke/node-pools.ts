import type { models } from 'oci-containerengine';
import type { Details } from '../../core/cloud.ts';
import { ownWork } from '../acting/own-work.ts';
import { ifMatch, receiptOf, type SizeCall, sizeIn, sizeVerb } from '../acting/verbs.ts';
import { type Adapter, type Seen, tagsOf } from '../adapter.ts';
import { ocidParts } from '../client/ocid.ts';
import type { Services } from '../client/services.ts';
import { details, shownShape, shownTags } from '../details.ts';
import { autoscaled, autoscaler } from './autoscaler.ts';
import { meterOf, nodesOf, type Pool, poolsOf, resize, stateOf, virtualPoolsOf } from './pools.ts';

/**
 * Node pools of OKE, which Resource Search does not know. Virtual ones are another sort of resource to OCI;
 * they are shown and refuse. A change of size takes no retry token and makes a work request.
 * Source: docs.oracle.com, api/#/en/containerengine/20180222.
 */
export function nodePoolAdapter(services: Services): Adapter {
  const { oke } = services;
  const get = async (region: string, ocid: string): Promise<Seen> => {
    if (isVirtual(ocid)) {
      const { virtualNodePool, etag } = await virtual(region, ocid);
      return { ...virtualSeen(region, virtualNodePool), etag };
    }
    const { nodePool, etag } = await real(region, ocid);
    const pool = { ...nodePool, id: nodePool.id ?? ocid };
    return { ...seenOf(region, pool, (await autoscaled(services, region, [pool]))(pool)), etag };
  };
  const real = (region: string, nodePoolId: string) =>
    oke.read('GetNodePool', region, (client) => client.getNodePool({ nodePoolId }));
  const virtual = (region: string, virtualNodePoolId: string) =>
    oke.read('GetVirtualNodePool', region, (client) => client.getVirtualNodePool({ virtualNodePoolId }));
  const work = ownWork(oke);
  const verb = (label: SizeCall['label'], wanted: SizeCall['wanted']) =>
    sizeVerb(
      {
        label,
        permission: 'CLUSTER_NODE_POOL_UPDATE',
        wanted,
        send: async (step, size, context) =>
          receiptOf(
            await resize(
              oke,
              step,
              { id: step.target.ocid, nodes: Number(size), ...ifMatch(context) },
              context.signal,
            ),
          ),
      },
      { repeatable: false, work, get },
    );
  return {
    kind: 'node-pool',
    ocidType: 'nodepool',
    ocidTypes: ['virtualnodepool'],
    // UpdateNodePool is under `manage`; who makes nodes must be let manage instance-family and use
    // virtual-network-family beside it.
    grant: 'manage cluster-family',
    list: async (region, compartmentId) => {
      const [pools, virtualPools] = await Promise.all([
        poolsOf(oke, region, { compartmentId }),
        virtualPoolsOf(oke, region, { compartmentId }),
      ]);
      const isAutoscaled = await autoscaled(services, region, pools);
      return [
        ...pools.map((pool) => seenOf(region, pool, isAutoscaled(pool))),
        ...virtualPools.map((pool) => virtualSeen(region, pool)),
      ];
    },
    get,
    details: async ({ region, ocid }) =>
      isVirtual(ocid)
        ? describeVirtual((await virtual(region, ocid)).virtualNodePool)
        : describe((await real(region, ocid)).nodePool),
    verbs: {
      'node-pool.start': verb('start', sizeIn),
      'node-pool.stop': verb('stop', () => '0'),
      'node-pool.scale': verb('scale', sizeIn),
    },
  };
}

function isVirtual(ocid: string): boolean {
  return ocidParts(ocid)?.type === 'virtualnodepool';
}

const refusing = (because: string) => ({ start: because, stop: because, scale: because });

function seenOf(region: string, pool: Pool, isAutoscaled: boolean): Seen {
  const nodes = nodesOf(pool);
  const meter = meterOf(pool);
  return {
    kind: 'node-pool',
    ocid: pool.id,
    name: pool.name ?? pool.id,
    region,
    compartmentId: pool.compartmentId ?? '',
    tags: tagsOf(pool),
    state: stateOf(pool),
    ...(nodes === undefined
      ? { refuses: refusing('its nodes are counted by subnet, which OCI lets nobody scale as a whole') }
      : { size: String(nodes) }),
    ...(meter ? { meter } : {}),
    ...(isAutoscaled ? { managedBy: autoscaler } : {}),
  };
}

function virtualSeen(region: string, pool: models.VirtualNodePool | models.VirtualNodePoolSummary): Seen {
  return {
    kind: 'node-pool',
    ocid: pool.id,
    name: pool.displayName,
    region,
    compartmentId: pool.compartmentId,
    tags: tagsOf(pool),
    state: stateOf(pool),
    size: String(pool.size),
    refuses: refusing('its nodes are virtual and billed by the pods on them; scale the workloads instead'),
  };
}

function describe(pool: models.NodePool): Details {
  const nodes = pool.nodes ?? [];
  return [
    ...details({
      Nodes: pool.nodeConfigDetails?.size,
      Shape: pool.nodeShape,
      'Node size': shownShape(pool.nodeShapeConfig ?? {}),
      Kubernetes: pool.kubernetesVersion,
      Image: pool.nodeSource?.sourceName,
      Cluster: pool.clusterId,
      'Eviction grace': pool.nodeEvictionNodePoolSettings?.evictionGraceDuration,
      Details: pool.lifecycleDetails,
    }),
    ...nodes.map((node) => ({
      label: `Node ${node.name ?? node.id}`,
      value: [stateOf(node), node.privateIp, node.nodeError?.message].filter(Boolean).join(', '),
    })),
    ...details({ Tags: shownTags(tagsOf(pool)) }),
  ];
}

function describeVirtual(pool: models.VirtualNodePool): Details {
  return details({
    'Virtual nodes': pool.size,
    'Pod shape': pool.podConfiguration.shape,
    Kubernetes: pool.kubernetesVersion,
    Cluster: pool.clusterId,
    Details: pool.lifecycleDetails,
    Tags: shownTags(tagsOf(pool)),
  });
}
