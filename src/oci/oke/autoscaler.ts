import { ifThere } from '../acting/verbs.ts';
import type { Services } from '../client/services.ts';

interface Scalable {
  readonly id: string;
  readonly clusterId?: string;
  readonly freeformTags?: { readonly [key: string]: string };
  readonly definedTags?: { readonly [namespace: string]: { readonly [key: string]: unknown } };
}

/** Whether the Cluster Autoscaler sizes a pool. */
export type IsAutoscaled = (pool: Scalable) => boolean;

/** How `managedBy` and people are told. */
export const autoscaler = 'cluster autoscaler';

/**
 * What the ClusterAutoscaler add-on of these clusters says of their pools. An autoscaler that was installed
 * by hand is known by the tags that it is found by. Rejects with a CloudError.
 * Source: docs.oracle.com, ContEng/Tasks/contengusingclusterautoscaler.htm.
 */
export async function autoscaled(
  { oke }: Pick<Services, 'oke'>,
  region: string,
  pools: readonly Scalable[],
): Promise<IsAutoscaled> {
  const clusters = [...new Set(pools.flatMap(({ clusterId }) => clusterId || []))];
  const settings = new Map(
    await Promise.all(clusters.map(async (id) => [id, await addonSettings(oke, region, id)] as const)),
  );
  return (pool) => {
    const of = settings.get(pool.clusterId ?? '') ?? [];
    return isTagged(pool) || of.some(({ key, value }) => covers(key, value, pool));
  };
}

type Setting = { readonly key: string; readonly value: string };

/** What the add-on is configured with; nothing where the cluster does not have it. */
async function addonSettings(
  oke: Services['oke'],
  region: string,
  clusterId: string,
): Promise<readonly Setting[]> {
  const reply = await ifThere(
    oke.read('GetAddon', region, (client) => client.getAddon({ clusterId, addonName: 'ClusterAutoscaler' })),
  );
  if (!reply || /^DELET/.test(String(reply.addon.lifecycleState))) return [];
  return (reply.addon.configurations ?? []).map(({ key = '', value = '' }) => ({ key, value }));
}

/**
 * `nodes` is `1:5:<OCID>`, several with commas between. `nodeGroupAutoDiscovery` names pools by their tags:
 * `compartmentId:…,clusterId:…,nodepoolTags:team=web&ns.key=value,min:1,max:5`.
 */
function covers(key: string, value: string, pool: Scalable): boolean {
  if (key === 'nodes') return value.includes(pool.id);
  if (key !== 'nodeGroupAutoDiscovery') return false;
  const wanted = [...value.matchAll(/nodepoolTags:([^,;\s]+)/g)].map((match) => match[1] ?? '');
  return wanted.some((tags) => tags.split('&').every((tag) => hasTag(pool, tag)));
}

function hasTag({ freeformTags = {}, definedTags = {} }: Scalable, tag: string): boolean {
  const [key = '', value = ''] = tag.split('=');
  const [namespace = '', ...rest] = key.split('.');
  return freeformTags[key] === value || definedTags[namespace]?.[rest.join('.')] === value;
}

/** The tag that people give pools for an autoscaler of their own to find. */
function isTagged({ freeformTags = {} }: Scalable): boolean {
  return Object.entries(freeformTags).some(
    ([key, value]) => /^(k8s\.io\/)?cluster-autoscaler\/enabled$/.test(key) && value !== 'false',
  );
}
