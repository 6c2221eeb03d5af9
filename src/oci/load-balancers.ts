import type { models } from 'oci-loadbalancer';
import type { Details } from '../core/cloud.ts';
import { loadBalancerWork } from './acting/load-balancer-work.ts';
import { ifMatch, receiptOf, sizeIn, sizeVerb } from './acting/verbs.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { details, ifReadable, shownTags, shownTime } from './details.ts';
import { repointVerb } from './repoint/repoint.ts';

/**
 * Load balancers. They cannot be switched off, only made smaller; each takes one change at a time, with a
 * retry token and a work request of the service's own.
 * Source: docs.oracle.com, api/#/en/loadbalancer/20170115/LoadBalancer.
 */
export function loadBalancerAdapter(services: Services): Adapter {
  const { loadBalancers } = services;
  const read = async (region: string, loadBalancerId: string) => {
    const { loadBalancer, eTag } = await loadBalancers.read('GetLoadBalancer', region, (client) =>
      client.getLoadBalancer({ loadBalancerId }),
    );
    return { balancer: loadBalancer, etag: eTag };
  };
  const get = async (region: string, ocid: string): Promise<Seen> => {
    const { balancer, etag } = await read(region, ocid);
    return { ...seenOf(region, balancer), etag };
  };
  const scale = sizeVerb(
    {
      label: 'scale',
      permission: 'LOAD_BALANCER_UPDATE',
      wanted: sizeIn,
      send: async ({ target }, size, context) => {
        const [minimumBandwidthInMbps = 0, maximumBandwidthInMbps = 0] = size.split('-').map(Number);
        const reply = await loadBalancers.act(
          'UpdateLoadBalancerShape',
          target.region,
          context.signal,
          (client) =>
            client.updateLoadBalancerShape({
              loadBalancerId: target.ocid,
              updateLoadBalancerShapeDetails: {
                shapeName: 'flexible',
                shapeDetails: { minimumBandwidthInMbps, maximumBandwidthInMbps },
              },
              opcRetryToken: context.token,
              ...ifMatch(context),
            }),
        );
        return receiptOf(reply);
      },
    },
    { repeatable: true, work: loadBalancerWork(loadBalancers), get },
  );
  const adapter: Adapter = {
    kind: 'load-balancer',
    searchType: 'loadbalancer',
    ocidType: 'loadbalancer',
    grant: 'use load-balancers',
    list: async (region, compartmentId) => {
      const found = await allPages((where) =>
        loadBalancers.read('ListLoadBalancers', region, async (client) => {
          const reply = await client.listLoadBalancers({ compartmentId, ...where });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      );
      return found.map((each) => seenOf(region, each));
    },
    get,
    details: async ({ region, ocid }) => {
      const [{ balancer }, health] = await Promise.all([
        read(region, ocid),
        ifReadable(
          loadBalancers.read('GetLoadBalancerHealth', region, (client) =>
            client.getLoadBalancerHealth({ loadBalancerId: ocid }),
          ),
        ),
      ]);
      return describe(balancer, health?.loadBalancerHealth);
    },
    verbs: { 'load-balancer.scale': scale, 'backend.repoint': repointVerb(services, () => adapter) },
  };
  return adapter;
}

function seenOf(region: string, balancer: models.LoadBalancer): Seen {
  return {
    kind: 'load-balancer',
    ocid: balancer.id,
    name: balancer.displayName,
    region,
    compartmentId: balancer.compartmentId,
    tags: tagsOf(balancer),
    state: String(balancer.lifecycleState).toUpperCase(),
    ...shapeOf(balancer),
  };
}

/** Billed as one, and for the bandwidth that is there at all times. A fixed shape has its whole name for it. */
function shapeOf({ shapeName, shapeDetails }: models.LoadBalancer): Pick<Seen, 'size' | 'meter' | 'refuses'> {
  if (shapeDetails) {
    const { minimumBandwidthInMbps: least, maximumBandwidthInMbps: most } = shapeDetails;
    return { size: `${least}-${most}`, meter: { loadBalancer: 1, mbps: least } };
  }
  const mbps = Number.parseInt(shapeName, 10);
  return {
    meter: { loadBalancer: 1, ...(mbps > 0 ? { mbps } : {}) },
    refuses: { scale: `its shape ${shapeName} is fixed; make it flexible in the Console first` },
  };
}

function describe(balancer: models.LoadBalancer, health: models.LoadBalancerHealth | undefined): Details {
  const { shapeDetails } = balancer;
  return [
    ...details({
      Shape: balancer.shapeName,
      Bandwidth:
        shapeDetails &&
        `${shapeDetails.minimumBandwidthInMbps} to ${shapeDetails.maximumBandwidthInMbps} Mbps`,
      Health: health && String(health.status),
      'IP addresses': (balancer.ipAddresses ?? []).map(({ ipAddress }) => ipAddress).join(', '),
      Listeners: Object.values(balancer.listeners ?? {})
        .map(({ name, protocol, port }) => `${name} ${protocol} ${port}`)
        .join(', '),
    }),
    ...Object.values(balancer.backendSets ?? {}).map(({ name, backends }) => ({
      label: `Backend set ${name}`,
      value: backends.map(shownBackend).join(', ') || 'no backends',
    })),
    ...details({
      Created: shownTime(balancer.timeCreated),
      Tags: shownTags(tagsOf(balancer)),
    }),
  ];
}

/** `10.0.1.12:8080 drain`. */
function shownBackend({ name, drain, backup, offline }: models.Backend): string {
  const flags = { drain, backup, offline };
  return [name, ...Object.entries(flags).flatMap(([flag, isSet]) => (isSet ? [flag] : []))].join(' ');
}
