import { type Call, iso } from '../call.ts';
import type {
  BackendSet,
  HealthChecker,
  Listener,
  LoadBalancer,
  WorkRequest,
} from '../resources/resources.ts';
import { persistenceView } from './load-balancer-sessions.ts';
import { progress } from './work-requests.ts';

/** As GetLoadBalancer and ListLoadBalancers send it. */
export function balancerView(balancer: LoadBalancer): object {
  return {
    id: balancer.ocid,
    compartmentId: balancer.compartmentId,
    displayName: balancer.displayName,
    lifecycleState: balancer.lifecycleState,
    timeCreated: iso(balancer.timeCreated),
    ipAddresses: [
      {
        ipAddress: balancer.ipAddress,
        isPublic: !balancer.isPrivate,
        reservedIp: balancer.reservedIpId === undefined ? null : { id: balancer.reservedIpId },
      },
    ],
    shapeName: balancer.shapeName,
    shapeDetails: balancer.shapeDetails,
    isPrivate: balancer.isPrivate,
    isDeleteProtectionEnabled: balancer.isDeleteProtectionEnabled ?? false,
    isRequestIdEnabled: balancer.isRequestIdEnabled ?? false,
    requestIdHeader: balancer.requestIdHeader ?? '',
    subnetIds: balancer.subnetIds,
    networkSecurityGroupIds: balancer.networkSecurityGroupIds ?? [],
    listeners: mapped(balancer.listeners, listenerView),
    hostnames: {},
    sslCipherSuites: {},
    certificates: {},
    backendSets: mapped(balancer.backendSets, setView),
    pathRouteSets: {},
    freeformTags: balancer.freeformTags,
    definedTags: balancer.definedTags,
    systemTags: {},
    ruleSets: {},
    routingPolicies: {},
    ipMode: 'IPV4',
  };
}

function mapped<T>(record: Readonly<Record<string, T>>, view: (item: T) => object): Record<string, object> {
  return Object.fromEntries(Object.entries(record).map(([name, item]) => [name, view(item)]));
}

export function setView(set: BackendSet): object {
  return {
    name: set.name,
    policy: set.policy,
    backends: set.backends.map(backendView),
    backendMaxConnections: set.backendMaxConnections ?? null,
    healthChecker: checkerView(set.healthChecker),
    sslConfiguration: null,
    ...persistenceView(set),
  };
}

export function backendView(backend: BackendSet['backends'][number]): object {
  return { ...backend, maxConnections: backend.maxConnections ?? null };
}

export function checkerView(checker: HealthChecker): object {
  return {
    protocol: checker.protocol,
    urlPath: checker.urlPath ?? null,
    port: checker.port ?? 0,
    returnCode: checker.returnCode ?? 200,
    retries: checker.retries ?? 3,
    timeoutInMillis: checker.timeoutInMillis ?? 3000,
    intervalInMillis: checker.intervalInMillis ?? 10_000,
    responseBodyRegex: checker.responseBodyRegex ?? '',
    isForcePlainText: checker.isForcePlainText ?? false,
  };
}

function listenerView(listener: Listener): object {
  return {
    name: listener.name,
    defaultBackendSetName: listener.defaultBackendSetName,
    port: listener.port,
    protocol: listener.protocol,
    hostnameNames: listener.hostnameNames ?? [],
    pathRouteSetName: listener.pathRouteSetName ?? null,
    sslConfiguration: null,
    connectionConfiguration: listener.connectionConfiguration ?? null,
    ruleSetNames: listener.ruleSetNames ?? [],
    routingPolicyName: listener.routingPolicyName ?? null,
  };
}

/** The service keeps work requests of its own, in words of its own. */
export function workView(work: WorkRequest, { now }: Call): object {
  const { status } = progress(work, now);
  const { failure, finished } = work;
  const isOver = status === 'SUCCEEDED' || status === 'FAILED';
  return {
    id: work.id,
    loadBalancerId: work.resources[0]?.identifier,
    type: work.operationType,
    compartmentId: work.compartmentId,
    lifecycleState: status,
    message: status === 'SUCCEEDED' ? 'OK' : (isOver && failure?.message) || '',
    timeAccepted: iso(work.accepted),
    timeFinished: isOver && finished !== undefined ? iso(finished) : null,
    errorDetails:
      isOver && failure
        ? [
            {
              errorCode: failure.code === 'BAD_INPUT' ? 'BAD_INPUT' : 'INTERNAL_ERROR',
              message: failure.message,
            },
          ]
        : [],
  };
}
