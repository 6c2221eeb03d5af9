import { type Call, iso } from '../call.ts';
import type { Backend, BackendSet, LoadBalancer } from '../resources/resources.ts';
import { type Health, opinions, setStatus, statusOf, wholeHealth } from './balancer-health.ts';

/** As GetBackendHealth sends it: each of the load balancer's nodes tells its own. */
export function backendHealth(call: Call, balancer: LoadBalancer, set: BackendSet, backend: Backend): object {
  const found = opinions(call, balancer, set, backend);
  return {
    status: statusOf(found),
    healthCheckResults: found.map(({ is, at }, node) => ({
      subnetId: balancer.subnetIds[0],
      sourceIpAddress: nodeAddress(call, balancer, node),
      timestamp: iso(at),
      healthCheckStatus: is,
    })),
  };
}

/** The nodes have addresses at the end of the load balancer's subnet. */
function nodeAddress({ store, region }: Call, { subnetIds, ipAddress }: LoadBalancer, node: number): string {
  const subnet = store.get('Subnet', region, subnetIds[0] ?? '');
  return (subnet?.cidrBlock ?? ipAddress).replace(/\d+(\/\d+)?$/, String(252 + node));
}

export function balancerStatus(call: Call, balancer: LoadBalancer): Health {
  const all = Object.values(balancer.backendSets).map((set) => setStatus(call, balancer, set));
  if (all.length === 0) return 'UNKNOWN';
  return (['CRITICAL', 'WARNING', 'UNKNOWN'] as const).find((status) => all.includes(status)) ?? 'OK';
}

export const balancerHealth = (call: Call, balancer: LoadBalancer): object =>
  wholeHealth(call, balancer, balancerStatus(call, balancer));
