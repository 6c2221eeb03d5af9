import { iso } from '../call.ts';
import type {
  NetworkBackend,
  NetworkBackendSet,
  NetworkHealthChecker,
  NetworkListener,
  NetworkLoadBalancer,
} from '../resources/network-balancers.ts';

/** As both the list and the get send it. */
export function balancerView(balancer: NetworkLoadBalancer): object {
  return {
    id: balancer.ocid,
    compartmentId: balancer.compartmentId,
    displayName: balancer.displayName,
    lifecycleState: balancer.lifecycleState,
    lifecycleDetails: balancer.lifecycleDetails ?? null,
    nlbIpVersion: 'IPV4',
    timeCreated: iso(balancer.timeCreated),
    timeUpdated: iso(balancer.timeUpdated ?? balancer.timeCreated),
    ipAddresses: [
      {
        ipAddress: balancer.ipAddress,
        isPublic: !balancer.isPrivate,
        ipVersion: 'IPV4',
        reservedIp: null,
      },
    ],
    isPrivate: balancer.isPrivate,
    isPreserveSourceDestination: balancer.isPreserveSourceDestination,
    isSymmetricHashEnabled: balancer.isSymmetricHashEnabled,
    subnetId: balancer.subnetId,
    networkSecurityGroupIds: balancer.networkSecurityGroupIds ?? [],
    listeners: mapped(balancer.listeners, listenerView),
    backendSets: mapped(balancer.backendSets, setView),
    freeformTags: balancer.freeformTags,
    securityAttributes: {},
    definedTags: balancer.definedTags,
    systemTags: {},
  };
}

function mapped<T>(record: Readonly<Record<string, T>>, view: (item: T) => object): Record<string, object> {
  return Object.fromEntries(Object.entries(record).map(([name, item]) => [name, view(item)]));
}

export function setView(set: NetworkBackendSet): object {
  return {
    ...set,
    backends: set.backends.map(backendView),
    healthChecker: checkerView(set.healthChecker),
  };
}

export function backendView(backend: NetworkBackend): object {
  return { ...backend };
}

export function checkerView(checker: NetworkHealthChecker): object {
  const isHttp = checker.protocol.startsWith('HTTP');
  return {
    protocol: checker.protocol,
    port: checker.port ?? 0,
    retries: checker.retries ?? 3,
    timeoutInMillis: checker.timeoutInMillis ?? 3000,
    intervalInMillis: checker.intervalInMillis ?? 10_000,
    urlPath: checker.urlPath ?? null,
    responseBodyRegex: checker.responseBodyRegex ?? null,
    returnCode: checker.returnCode ?? (isHttp ? 200 : null),
    requestData: checker.requestData ?? null,
    responseData: checker.responseData ?? null,
    dns: checker.dns ?? null,
  };
}

export function listenerView(listener: NetworkListener): object {
  return {
    name: listener.name,
    defaultBackendSetName: listener.defaultBackendSetName,
    port: listener.port,
    protocol: listener.protocol,
    ipVersion: listener.ipVersion,
    isPpv2Enabled: listener.isPpv2Enabled,
    tcpIdleTimeout: listener.tcpIdleTimeout ?? null,
    udpIdleTimeout: listener.udpIdleTimeout ?? null,
    l3IpIdleTimeout: listener.l3IpIdleTimeout ?? null,
  };
}
