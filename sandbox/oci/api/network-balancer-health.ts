import { type Call, iso } from '../call.ts';
import type { NodeHealth } from '../health-source.ts';
import type {
  NetworkBackend,
  NetworkBackendSet,
  NetworkLoadBalancer,
} from '../resources/network-balancers.ts';
import { type Health, opinions, setStatus, statusOf, wholeHealth } from './balancer-health.ts';

/** As GetBackendHealth sends it: what each node found last. */
export function backendHealth(
  call: Call,
  balancer: NetworkLoadBalancer,
  set: NetworkBackendSet,
  backend: NetworkBackend,
): object {
  const found = opinions(call, balancer, set, backend);
  return {
    status: statusOf(found),
    healthCheckResults: found.map(({ is, at }) => ({ timestamp: iso(at), healthCheckStatus: wordOf(is) })),
  };
}

/** The service has fewer words than that of load balancers. Source: the SDK's HealthCheckResult. */
function wordOf(is: NodeHealth): string {
  if (is === 'REGEX_MISMATCH') return 'HEALTH_PAYLOAD_MISMATCH';
  if (is === 'IO_ERROR') return 'CONNECT_FAILED';
  return is === 'OFFLINE' ? 'UNKNOWN' : is;
}

/** A backup stands by while any of the others is well; once it has taken over, so may the others. */
export function operationalStatus(
  call: Call,
  balancer: NetworkLoadBalancer,
  set: NetworkBackendSet,
  backend: NetworkBackend,
): object {
  const isWell = (each: NetworkBackend) => statusOf(opinions(call, balancer, set, each)) === 'OK';
  if (!isWell(backend)) return { status: 'UNKNOWN' };
  const isSecond = backend.isBackup !== (call.health?.backupsRule(balancer.ocid, set.name) ?? false);
  const isSpared =
    isSecond && set.backends.some((each) => each.isBackup !== backend.isBackup && isWell(each));
  return { status: isSpared ? 'STANDBY' : 'ACTIVE' };
}

/** Source: the SDK's NetworkLoadBalancerHealth. */
export function balancerStatus(call: Call, balancer: NetworkLoadBalancer): Health {
  const all = Object.values(balancer.backendSets).map((set) => setStatus(call, balancer, set));
  if (all.length === 0 || balancer.lifecycleState !== 'ACTIVE') return 'UNKNOWN';
  if (all.includes('CRITICAL')) return 'CRITICAL';
  if (all.includes('WARNING')) return 'WARNING';
  return all.filter((status) => status === 'UNKNOWN').length * 2 > all.length ? 'UNKNOWN' : 'OK';
}

export const balancerHealth = (call: Call, balancer: NetworkLoadBalancer): object =>
  wholeHealth(call, balancer, balancerStatus(call, balancer));
