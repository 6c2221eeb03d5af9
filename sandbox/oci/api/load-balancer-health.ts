import { type Call, iso } from '../call.ts';
import type { Backend, BackendSet, LoadBalancer } from '../resources.ts';

export type Health = 'OK' | 'WARNING' | 'CRITICAL' | 'UNKNOWN';

const up = new Set(['RUNNING', 'ACTIVE']);

/** Whether something that is up answers at the address. */
function isReached({ store, region }: Call, { ipAddress }: Backend): boolean {
  return store.list('Vnic', region).some(({ privateIp, attachedTo }) => {
    const owner = privateIp === ipAddress ? store.find(attachedTo) : undefined;
    return owner !== undefined && up.has(owner.lifecycleState);
  });
}

function backendStatus(call: Call, backend: Backend): Health {
  return !backend.offline && isReached(call, backend) ? 'OK' : 'CRITICAL';
}

/** Both of the load balancer's hosts see the same here. */
export function backendHealth(call: Call, { subnetIds, ipAddress }: LoadBalancer, backend: Backend): object {
  const status = backendStatus(call, backend);
  const healthCheckStatus = status === 'OK' ? 'OK' : backend.offline ? 'OFFLINE' : 'CONNECT_FAILED';
  return {
    status,
    healthCheckResults: [1, 2].map((host) => ({
      subnetId: subnetIds[0],
      sourceIpAddress: `${ipAddress.replace(/\d+$/, '')}${host}`,
      timestamp: iso(call.now),
      healthCheckStatus,
    })),
  };
}

function setStatus(call: Call, balancer: LoadBalancer, set: BackendSet): Health {
  const isUsed = Object.values(balancer.listeners).some((each) => each.defaultBackendSetName === set.name);
  if (!isUsed || set.backends.length === 0) return 'UNKNOWN';
  const well = set.backends.filter((backend) => backendStatus(call, backend) === 'OK').length;
  if (well === set.backends.length) return 'OK';
  return well * 2 >= set.backends.length ? 'WARNING' : 'CRITICAL';
}

/** A set that no listener uses is not judged. */
export function setHealth(call: Call, balancer: LoadBalancer, set: BackendSet): object {
  const isJudged = setStatus(call, balancer, set) !== 'UNKNOWN';
  const names = set.backends.map((backend) => ({ name: backend.name, status: backendStatus(call, backend) }));
  const of = (status: Health) => names.filter((each) => each.status === status).map(({ name }) => name);
  return {
    status: setStatus(call, balancer, set),
    warningStateBackendNames: isJudged ? of('WARNING') : [],
    criticalStateBackendNames: isJudged ? of('CRITICAL') : [],
    unknownStateBackendNames: isJudged ? [] : names.map(({ name }) => name),
    totalBackendCount: set.backends.length,
  };
}

export function balancerStatus(call: Call, balancer: LoadBalancer): Health {
  const all = Object.values(balancer.backendSets).map((set) => setStatus(call, balancer, set));
  if (all.length === 0) return 'UNKNOWN';
  return (['CRITICAL', 'WARNING', 'UNKNOWN'] as const).find((status) => all.includes(status)) ?? 'OK';
}

export function balancerHealth(call: Call, balancer: LoadBalancer): object {
  const sets = Object.values(balancer.backendSets);
  const of = (status: Health) =>
    sets.filter((set) => setStatus(call, balancer, set) === status).map(({ name }) => name);
  return {
    status: balancerStatus(call, balancer),
    warningStateBackendSetNames: of('WARNING'),
    criticalStateBackendSetNames: of('CRITICAL'),
    unknownStateBackendSetNames: of('UNKNOWN'),
    totalBackendSetCount: sets.length,
  };
}
