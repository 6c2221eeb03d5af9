import type { models } from 'oci-networkloadbalancer';
import { networkBalancerWork } from '../acting/network-balancer-work.ts';
import { ifThere, receiptOf } from '../acting/verbs.ts';
import { tagsOf } from '../adapter.ts';
import { allPages } from '../client/pages.ts';
import type { Services } from '../client/services.ts';
import { checkerOf, matching, seenOf, unwellOf } from './balancer-wire.ts';
import type { Balancer, BalancerBackend, Balancers } from './balancers.ts';
import { Lasting } from './lasting.ts';

/** What the service takes for a health checker that does not say. Source: the SDK's HealthChecker. */
const usual = { policy: 'FIVE_TUPLE', interval: 10_000, retries: 3 };
/**
 * How long a listener keeps a flow that rests where it does not say, in ms.
 * Source: docs.oracle.com, NetworkLoadBalancers/configure-idle-timeout.htm.
 */
const idle = { tcp: 360_000, udp: 120_000, other: 120_000 };

/** Network load balancers as deploys use them: flags are called otherwise, and connections are not bounded. */
export function networkLoadBalancersFor({
  networkLoadBalancers: service,
}: Pick<Services, 'networkLoadBalancers'>): Balancers {
  return {
    list: async (region, compartmentId) => {
      const found = await allPages((where) =>
        service.read('ListNetworkLoadBalancers', region, async (client) => {
          const reply = await client.listNetworkLoadBalancers({ compartmentId, ...where });
          return { items: reply.networkLoadBalancerCollection.items ?? [], next: reply.opcNextPage };
        }),
      );
      return found.map((each) => balancerOf(each, undefined));
    },
    get: async (region, networkLoadBalancerId) => {
      const { networkLoadBalancer, etag } = await service.read('GetNetworkLoadBalancer', region, (client) =>
        client.getNetworkLoadBalancer({ networkLoadBalancerId }),
      );
      return balancerOf(networkLoadBalancer, etag);
    },
    health: async ({ region, ocid, set, name }) => {
      const reply = await ifThere(
        service.read('GetBackendHealth', region, (client) =>
          client.getBackendHealth({ networkLoadBalancerId: ocid, backendSetName: set, backendName: name }),
        ),
      );
      return reply && seenOf(reply.backendHealth);
    },
    unwell: async ({ region, ocid, set }) => {
      const { backendSetHealth } = await service.read('GetBackendSetHealth', region, (client) =>
        client.getBackendSetHealth({ networkLoadBalancerId: ocid, backendSetName: set }),
      );
      return unwellOf(backendSetHealth);
    },
    add: async ({ region, ocid, set }, { ip, port, ...standing }, { token, etag, signal }) =>
      receiptOf(
        await service.act('CreateBackend', region, signal, (client) =>
          client.createBackend({
            networkLoadBalancerId: ocid,
            backendSetName: set,
            // the later steps know it by this name
            createBackendDetails: { name: `${ip}:${port}`, ipAddress: ip, port, ...sent(standing) },
            opcRetryToken: token,
            ...matching(etag),
          }),
        ),
      ),
    set: async ({ region, ocid, set, name }, standing, { token, etag, signal }) =>
      receiptOf(
        await service.act('UpdateBackend', region, signal, (client) =>
          client.updateBackend({
            networkLoadBalancerId: ocid,
            backendSetName: set,
            backendName: name,
            updateBackendDetails: sent(standing),
            opcRetryToken: token,
            ...matching(etag),
          }),
        ),
      ),
    remove: async ({ region, ocid, set, name }, { etag, signal }) =>
      receiptOf(
        await service.act('DeleteBackend', region, signal, (client) =>
          client.deleteBackend({
            networkLoadBalancerId: ocid,
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
            networkLoadBalancerId: ocid,
            createBackendSetDetails: {
              name,
              policy: policy as models.NetworkLoadBalancingPolicy,
              healthChecker: checkerOf(checker, checker.protocol as models.HealthCheckProtocols),
            },
            opcRetryToken: token,
            ...matching(etag),
          }),
        ),
      ),
    removeSet: async ({ region, ocid, name }, { etag, signal }) =>
      receiptOf(
        await service.act('DeleteBackendSet', region, signal, (client) =>
          client.deleteBackendSet({ networkLoadBalancerId: ocid, backendSetName: name, ...matching(etag) }),
        ),
      ),
    addListener: async ({ region, ocid, name }, { set, port, protocol }, { token, etag, signal }) =>
      receiptOf(
        await service.act('CreateListener', region, signal, (client) =>
          client.createListener({
            networkLoadBalancerId: ocid,
            createListenerDetails: {
              name,
              port,
              protocol: protocol as models.ListenerProtocols,
              defaultBackendSetName: set,
            },
            opcRetryToken: token,
            ...matching(etag),
          }),
        ),
      ),
    removeListener: async ({ region, ocid, name }, { etag, signal }) =>
      receiptOf(
        await service.act('DeleteListener', region, signal, (client) =>
          client.deleteListener({ networkLoadBalancerId: ocid, listenerName: name, ...matching(etag) }),
        ),
      ),
    usualIdle: (protocol) => idleOf({ protocol }),
    work: networkBalancerWork(service),
    lasting: new Lasting(250),
  };
}

type Flags = Pick<BalancerBackend, 'weight' | 'backup' | 'drain' | 'offline'>;

function sent({ weight, backup, drain, offline }: Flags): models.UpdateBackendDetails {
  return { weight, isBackup: backup, isDrain: drain, isOffline: offline };
}

function balancerOf(
  balancer: models.NetworkLoadBalancer | models.NetworkLoadBalancerSummary,
  etag: string | undefined,
): Balancer {
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
          policy: policy === undefined ? usual.policy : String(policy),
          interval: healthChecker.intervalInMillis ?? usual.interval,
          retries: healthChecker.retries ?? usual.retries,
          backends: (backends ?? []).map(backendOf),
        },
      ]),
    ),
    listeners: Object.values(listeners).map((listener) => ({
      name: listener.name,
      set: listener.defaultBackendSetName,
      port: listener.port,
      protocol: String(listener.protocol),
      idle: idleOf(listener),
    })),
  };
}

/** The longest of those that its protocol lets through. */
function idleOf({
  protocol,
  tcpIdleTimeout,
  udpIdleTimeout,
  l3IpIdleTimeout,
}: Omit<Partial<models.Listener>, 'protocol'> & { readonly protocol: string }): number {
  const of = (seconds: number | undefined, otherwise: number) => (seconds ? seconds * 1000 : otherwise);
  const [tcp, udp, other] = [
    of(tcpIdleTimeout, idle.tcp),
    of(udpIdleTimeout, idle.udp),
    of(l3IpIdleTimeout, idle.other),
  ];
  switch (String(protocol)) {
    case 'TCP':
      return tcp;
    case 'UDP':
      return udp;
    case 'L3IP':
      return Math.max(tcp, udp, other);
    default:
      return Math.max(tcp, udp);
  }
}

/** All but the port may be left out, and then are as they usually are. */
function backendOf({
  name,
  ipAddress,
  port,
  weight,
  isBackup,
  isDrain,
  isOffline,
}: models.Backend): BalancerBackend {
  return {
    name: name ?? `${ipAddress}:${port}`,
    ip: ipAddress ?? '',
    port,
    weight: weight ?? 1,
    backup: isBackup ?? false,
    drain: isDrain ?? false,
    offline: isOffline ?? false,
  };
}
