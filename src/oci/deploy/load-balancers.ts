import type { models } from 'oci-loadbalancer';
import { loadBalancerWork } from '../acting/load-balancer-work.ts';
import { ifThere, receiptOf } from '../acting/verbs.ts';
import { tagsOf } from '../adapter.ts';
import { allPages } from '../client/pages.ts';
import type { Services } from '../client/services.ts';
import { checkerOf, matching, seenOf, unwellOf } from './balancer-wire.ts';
import type { Balancer, BalancerBackend, Balancers } from './balancers.ts';
import { Lasting } from './lasting.ts';

/** What the service takes for a health checker that does not say. Source: docs.oracle.com, HealthChecker. */
const usual = { interval: 10_000, retries: 3 };
/** How long a listener lets a connection rest where it does not say, in ms. Source: docs.oracle.com, connectionreuse.htm. */
const idle = { HTTP: 60_000, TCP: 300_000 };

/** Load balancers as deploys use them. */
export function loadBalancersFor({ loadBalancers: service }: Pick<Services, 'loadBalancers'>): Balancers {
  return {
    list: async (region, compartmentId) => {
      const found = await allPages((where) =>
        service.read('ListLoadBalancers', region, async (client) => {
          const reply = await client.listLoadBalancers({ compartmentId, ...where });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      );
      return found.map((each) => balancerOf(each, undefined));
    },
    get: async (region, loadBalancerId) => {
      const { loadBalancer, eTag } = await service.read('GetLoadBalancer', region, (client) =>
        client.getLoadBalancer({ loadBalancerId }),
      );
      return balancerOf(loadBalancer, eTag);
    },
    health: async ({ region, ocid, set, name }) => {
      const reply = await ifThere(
        service.read('GetBackendHealth', region, (client) =>
          client.getBackendHealth({ loadBalancerId: ocid, backendSetName: set, backendName: name }),
        ),
      );
      return reply && seenOf(reply.backendHealth);
    },
    unwell: async ({ region, ocid, set }) => {
      const { backendSetHealth } = await service.read('GetBackendSetHealth', region, (client) =>
        client.getBackendSetHealth({ loadBalancerId: ocid, backendSetName: set }),
      );
      return unwellOf(backendSetHealth);
    },
    add: async ({ region, ocid, set }, { ip, ...backend }, { token, etag, signal }) =>
      receiptOf(
        await service.act('CreateBackend', region, signal, (client) =>
          client.createBackend({
            loadBalancerId: ocid,
            backendSetName: set,
            createBackendDetails: { ipAddress: ip, ...backend },
            opcRetryToken: token,
            ...matching(etag),
          }),
        ),
      ),
    set: async ({ region, ocid, set, name }, standing, { token, etag, signal }) =>
      receiptOf(
        await service.act('UpdateBackend', region, signal, (client) =>
          client.updateBackend({
            loadBalancerId: ocid,
            backendSetName: set,
            backendName: name,
            updateBackendDetails: { ...standing },
            opcRetryToken: token,
            ...matching(etag),
          }),
        ),
      ),
    remove: async ({ region, ocid, set, name }, { etag, signal }) =>
      receiptOf(
        await service.act('DeleteBackend', region, signal, (client) =>
          client.deleteBackend({
            loadBalancerId: ocid,
            backendSetName: set,
            backendName: name,
            ...matching(etag),
          }),
        ),
      ),
    addSet: async ({ region, ocid, name }, { policy, checker }, { token, etag, signal }) =>
      receiptOf(
        await service.act('CreateBackendSet', region, signal, (client) =>
          client.createBackendSet({
            loadBalancerId: ocid,
            createBackendSetDetails: {
              name,
              policy,
              healthChecker: checkerOf(checker, checker.protocol),
              backends: [],
            },
            opcRetryToken: token,
            ...matching(etag),
          }),
        ),
      ),
    removeSet: async ({ region, ocid, name }, { etag, signal }) =>
      receiptOf(
        await service.act('DeleteBackendSet', region, signal, (client) =>
          client.deleteBackendSet({ loadBalancerId: ocid, backendSetName: name, ...matching(etag) }),
        ),
      ),
    addListener: async ({ region, ocid, name }, { set, port, protocol }, { token, etag, signal }) =>
      receiptOf(
        await service.act('CreateListener', region, signal, (client) =>
          client.createListener({
            loadBalancerId: ocid,
            createListenerDetails: { name, port, protocol, defaultBackendSetName: set },
            opcRetryToken: token,
            ...matching(etag),
          }),
        ),
      ),
    removeListener: async ({ region, ocid, name }, { etag, signal }) =>
      receiptOf(
        await service.act('DeleteListener', region, signal, (client) =>
          client.deleteListener({ loadBalancerId: ocid, listenerName: name, ...matching(etag) }),
        ),
      ),
    usualIdle: usualIdle,
    work: loadBalancerWork(service),
    lasting: new Lasting(250),
  };
}

function usualIdle(protocol: string): number {
  return idle[protocol === 'TCP' ? 'TCP' : 'HTTP'];
}

function balancerOf(balancer: models.LoadBalancer, etag: string | undefined): Balancer {
  const { id, displayName, lifecycleState, compartmentId, backendSets = {}, listeners = {} } = balancer;
  return {
    ocid: id,
    name: displayName,
    state: String(lifecycleState).toUpperCase(),
    compartmentId,
    tags: tagsOf(balancer),
    etag,
    sets: Object.fromEntries(
      Object.entries(backendSets).map(([name, { policy, healthChecker, backends }]) => [
        name,
        {
          policy,
          interval: healthChecker.intervalInMillis ?? usual.interval,
          retries: healthChecker.retries ?? usual.retries,
          backends: backends.map(backendOf),
        },
      ]),
    ),
    listeners: Object.values(listeners).map(
      ({ name, defaultBackendSetName, port, protocol, connectionConfiguration }) => ({
        name,
        set: defaultBackendSetName,
        port,
        protocol,
        idle: connectionConfiguration ? connectionConfiguration.idleTimeout * 1000 : usualIdle(protocol),
      }),
    ),
  };
}

/** OCI sends null where no most is set. */
function backendOf({
  name,
  ipAddress,
  port,
  weight,
  backup,
  drain,
  offline,
  maxConnections,
}: models.Backend): BalancerBackend {
  return {
    name,
    ip: ipAddress,
    port,
    weight,
    backup,
    drain,
    offline,
    ...(maxConnections ? { maxConnections } : {}),
  };
}
