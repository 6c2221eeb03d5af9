import type { models } from 'oci-networkloadbalancer';
import type { Details } from '../core/cloud.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { details, ifReadable, shownTags, shownTime } from './details.ts';

/**
 * Network load balancers. Nothing switches or scales them; they cost nothing by themselves.
 * Source: docs.oracle.com, api/#/en/networkloadbalancer/20200501/NetworkLoadBalancer.
 */
export function networkLoadBalancerAdapter(services: Services): Adapter {
  const { networkLoadBalancers } = services;
  const read = async (region: string, networkLoadBalancerId: string) => {
    const { networkLoadBalancer, etag } = await networkLoadBalancers.read(
      'GetNetworkLoadBalancer',
      region,
      (client) => client.getNetworkLoadBalancer({ networkLoadBalancerId }),
    );
    return { balancer: networkLoadBalancer, etag };
  };
  return {
    kind: 'network-load-balancer',
    searchType: 'networkloadbalancer',
    ocidType: 'networkloadbalancer',
    grant: 'use network-load-balancers',
    list: async (region, compartmentId) => {
      const found = await allPages((where) =>
        networkLoadBalancers.read('ListNetworkLoadBalancers', region, async (client) => {
          const reply = await client.listNetworkLoadBalancers({ compartmentId, ...where });
          return { items: reply.networkLoadBalancerCollection.items ?? [], next: reply.opcNextPage };
        }),
      );
      return found.map((each) => seenOf(region, each));
    },
    get: async (region, ocid) => {
      const { balancer, etag } = await read(region, ocid);
      return { ...seenOf(region, balancer), etag };
    },
    details: async ({ region, ocid }) => {
      const [{ balancer }, health] = await Promise.all([
        read(region, ocid),
        ifReadable(
          networkLoadBalancers.read('GetNetworkLoadBalancerHealth', region, (client) =>
            client.getNetworkLoadBalancerHealth({ networkLoadBalancerId: ocid }),
          ),
        ),
      ]);
      return describe(balancer, health?.networkLoadBalancerHealth);
    },
    verbs: {},
  };
}

function seenOf(
  region: string,
  balancer: models.NetworkLoadBalancer | models.NetworkLoadBalancerSummary,
): Seen {
  return {
    kind: 'network-load-balancer',
    ocid: balancer.id,
    name: balancer.displayName,
    region,
    compartmentId: balancer.compartmentId,
    tags: tagsOf(balancer),
    state: String(balancer.lifecycleState).toUpperCase(),
  };
}

function describe(
  balancer: models.NetworkLoadBalancer,
  health: models.NetworkLoadBalancerHealth | undefined,
): Details {
  return [
    ...details({
      Health: health && String(health.status),
      'IP addresses': balancer.ipAddresses.map(({ ipAddress }) => ipAddress).join(', '),
      Listeners: Object.values(balancer.listeners ?? {})
        .map(({ name, protocol, port }) => `${name} ${protocol} ${port}`)
        .join(', '),
    }),
    ...Object.values(balancer.backendSets ?? {}).map(({ name, policy, backends }) => ({
      label: `Backend set ${name}`,
      value: [policy, (backends ?? []).map(shownBackend).join(', ') || 'no backends'].join(': '),
    })),
    ...details({
      Details: balancer.lifecycleDetails,
      Created: shownTime(balancer.timeCreated),
      Tags: shownTags(tagsOf(balancer)),
    }),
  ];
}

/** `10.0.1.12:8080 drain`. */
function shownBackend({ name, isDrain, isBackup, isOffline }: models.Backend): string {
  const flags = { drain: isDrain, backup: isBackup, offline: isOffline };
  return [name, ...Object.entries(flags).flatMap(([flag, isSet]) => (isSet ? [flag] : []))].join(' ');
}
