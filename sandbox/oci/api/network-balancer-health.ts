import { type Call, iso } from '../call.ts';
import type {
  NetworkBackend,
  NetworkBackendSet,
  NetworkLoadBalancer,
} from '../network-balancer-resources.ts';
import type { Health } from './load-balancer-health.ts';

const up = new Set(['RUNNING', 'ACTIVE']);

/**
 * What a check of the backend finds: all checks of the service are this one function, so that real ones take its
 * place here. Something answers where a resource that is up has the address.
 */
function checked({ store, region }: Call, { ipAddress }: Pick<NetworkBackend, 'ipAddress' | 'port'>) {
  const isThere = store.list('Vnic', region).some(({ privateIp, attachedTo }) => {
    const owner = privateIp === ipAddress ? store.find(attachedTo) : undefined;
    return owner !== undefined && up.has(owner.lifecycleState);
  });
  return isThere ? 'OK' : 'CONNECT_FAILED';
}

function statusOf(call: Call, backend: NetworkBackend): Health {
  return !backend.isOffline && checked(call, backend) === 'OK' ? 'OK' : 'CRITICAL';
}

export function backendHealth(call: Call, backend: NetworkBackend): object {
  const healthCheckStatus = backend.isOffline ? 'UNKNOWN' : checked(call, backend);
  return {
    status: statusOf(call, backend),
    healthCheckResults: [{ timestamp: iso(call.now), healthCheckStatus }],
  };
}

/** A backup stands by while any of the others is well. */
export function operationalStatus(
  call: Call,
  { backends }: NetworkBackendSet,
  backend: NetworkBackend,
): object {
  const isWell = (each: NetworkBackend) => statusOf(call, each) === 'OK';
  if (!isWell(backend)) return { status: 'UNKNOWN' };
  const isSpared = backend.isBackup && backends.some((each) => !each.isBackup && isWell(each));
  return { status: isSpared ? 'STANDBY' : 'ACTIVE' };
}

function setStatus(
  call: Call,
  { listeners }: NetworkLoadBalancer,
  { name, backends }: NetworkBackendSet,
): Health {
  const isUsed = Object.values(listeners).some(({ defaultBackendSetName }) => defaultBackendSetName === name);
  if (!isUsed || backends.length === 0) return 'UNKNOWN';
  const well = backends.filter((backend) => statusOf(call, backend) === 'OK').length;
  if (well === backends.length) return 'OK';
  return well * 2 >= backends.length ? 'WARNING' : 'CRITICAL';
}

/** A set that no listener uses is not judged. */
export function setHealth(call: Call, balancer: NetworkLoadBalancer, set: NetworkBackendSet): object {
  const status = setStatus(call, balancer, set);
  const of = (wanted: Health) =>
    set.backends
      .filter((backend) => (status === 'UNKNOWN' ? 'UNKNOWN' : statusOf(call, backend)) === wanted)
      .map(({ name }) => name);
  return {
    status,
    warningStateBackendNames: of('WARNING'),
    criticalStateBackendNames: of('CRITICAL'),
    unknownStateBackendNames: of('UNKNOWN'),
    totalBackendCount: set.backends.length,
  };
}

/** Source: the SDK's NetworkLoadBalancerHealth. */
export function balancerStatus(call: Call, balancer: NetworkLoadBalancer): Health {
  const all = Object.values(balancer.backendSets).map((set) => setStatus(call, balancer, set));
  if (all.length === 0 || balancer.lifecycleState !== 'ACTIVE') return 'UNKNOWN';
  if (all.includes('CRITICAL')) return 'CRITICAL';
  if (all.includes('WARNING')) return 'WARNING';
  return all.filter((status) => status === 'UNKNOWN').length * 2 > all.length ? 'UNKNOWN' : 'OK';
}

export function balancerHealth(call: Call, balancer: NetworkLoadBalancer): object {
  const sets = Object.values(balancer.backendSets);
  const of = (wanted: Health) =>
    sets.filter((set) => setStatus(call, balancer, set) === wanted).map(({ name }) => name);
  return {
    status: balancerStatus(call, balancer),
    warningStateBackendSetNames: of('WARNING'),
    criticalStateBackendSetNames: of('CRITICAL'),
    unknownStateBackendSetNames: of('UNKNOWN'),
    totalBackendSetCount: sets.length,
  };
}
