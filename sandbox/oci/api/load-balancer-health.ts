import { type Call, iso } from '../call.ts';
import type { NodeHealth } from '../cloud.ts';
import type { Backend, BackendSet, LoadBalancer } from '../resources.ts';

export type Health = 'OK' | 'WARNING' | 'CRITICAL' | 'UNKNOWN';

interface Opinion {
  readonly is: NodeHealth;
  readonly at: number;
}

const up = new Set(['RUNNING', 'ACTIVE']);
const NODES = [1, 2];

/** What each of the load balancer's nodes thinks; nobody judges a set that no listener leads to. */
function opinions(
  call: Call,
  { ocid, listeners, lifecycleState }: LoadBalancer,
  set: BackendSet,
  backend: Backend,
): Opinion[] {
  const all = (is: NodeHealth) => NODES.map(() => ({ is, at: call.now }));
  const isJudged = Object.values(listeners).some((each) => each.defaultBackendSetName === set.name);
  if (!isJudged || lifecycleState === 'DELETED') return all('UNKNOWN');
  if (backend.offline) return all('OFFLINE');
  if (!call.health) return all(isReached(call, backend) ? 'OK' : 'CONNECT_FAILED');
  const found = call.health.of(ocid, set.name, backend.name);
  return found.length > 0 ? [...found] : all('UNKNOWN');
}

/** Whether something that is up has the address: what is believed where no traffic flows. */
function isReached({ store, region }: Call, { ipAddress }: Backend): boolean {
  return store.list('Vnic', region).some(({ privateIp, attachedTo }) => {
    const owner = privateIp === ipAddress ? store.find(attachedTo) : undefined;
    return owner !== undefined && up.has(owner.lifecycleState);
  });
}

function statusOf(found: readonly Opinion[]): Health {
  if (found.some(({ is }) => is === 'UNKNOWN')) return 'UNKNOWN';
  const well = found.filter(({ is }) => is === 'OK').length;
  if (well === found.length) return 'OK';
  return well > 0 ? 'WARNING' : 'CRITICAL';
}

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

const backendStatuses = (call: Call, balancer: LoadBalancer, set: BackendSet) =>
  set.backends.map((backend) => ({
    name: backend.name,
    status: statusOf(opinions(call, balancer, set, backend)),
  }));

function setStatus(call: Call, balancer: LoadBalancer, set: BackendSet): Health {
  const statuses = backendStatuses(call, balancer, set).map(({ status }) => status);
  const isUsed = Object.values(balancer.listeners).some((each) => each.defaultBackendSetName === set.name);
  const count = (status: Health) => statuses.filter((each) => each === status).length;
  if (!isUsed || statuses.length === 0 || count('UNKNOWN') * 2 > statuses.length) return 'UNKNOWN';
  if (count('OK') === statuses.length) return 'OK';
  return count('OK') * 2 >= statuses.length ? 'WARNING' : 'CRITICAL';
}

/** As GetBackendSetHealth sends it. */
export function setHealth(call: Call, balancer: LoadBalancer, set: BackendSet): object {
  const backends = backendStatuses(call, balancer, set);
  const of = (status: Health) => backends.filter((each) => each.status === status).map(({ name }) => name);
  return {
    status: setStatus(call, balancer, set),
    warningStateBackendNames: of('WARNING'),
    criticalStateBackendNames: of('CRITICAL'),
    unknownStateBackendNames: of('UNKNOWN'),
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
