import type { Call } from '../call.ts';
import type { NodeHealth } from '../health-source.ts';
import type { NetworkBackend } from '../resources/network-balancers.ts';
import type { Backend } from '../resources/resources.ts';

/** What load balancers and network load balancers have in common when they tell of health. */
export type Health = 'OK' | 'WARNING' | 'CRITICAL' | 'UNKNOWN';

type AnyBackend = Backend | NetworkBackend;

interface Balancer {
  readonly ocid: string;
  readonly lifecycleState: string;
  readonly listeners: Readonly<Record<string, { readonly defaultBackendSetName: string }>>;
  readonly backendSets: Readonly<Record<string, BackendSet>>;
}

interface BackendSet {
  readonly name: string;
  readonly backends: readonly AnyBackend[];
}

interface Opinion {
  readonly is: NodeHealth;
  readonly at: number;
}

const up = new Set(['RUNNING', 'ACTIVE']);
const NODES = [1, 2];

/** What each of the balancer's nodes thinks; nobody judges a set that no listener leads to. */
export function opinions(
  call: Call,
  balancer: Balancer,
  set: Pick<BackendSet, 'name'>,
  backend: AnyBackend,
): Opinion[] {
  const all = (is: NodeHealth) => NODES.map(() => ({ is, at: call.now }));
  if (!isUsed(balancer, set) || balancer.lifecycleState === 'DELETED') return all('UNKNOWN');
  if (isOffline(backend)) return all('OFFLINE');
  if (!call.health) return all(isReached(call, backend) ? 'OK' : 'CONNECT_FAILED');
  const found = call.health.of(balancer.ocid, set.name, backend.name);
  return found.length > 0 ? [...found] : all('UNKNOWN');
}

export function statusOf(found: readonly Opinion[]): Health {
  if (found.some(({ is }) => is === 'UNKNOWN')) return 'UNKNOWN';
  const well = found.filter(({ is }) => is === 'OK').length;
  if (well === found.length) return 'OK';
  return well > 0 ? 'WARNING' : 'CRITICAL';
}

/** As GetBackendSetHealth sends it. */
export function setHealth(call: Call, balancer: Balancer, set: BackendSet): object {
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

export function setStatus(call: Call, balancer: Balancer, set: BackendSet): Health {
  const statuses = backendStatuses(call, balancer, set).map(({ status }) => status);
  const count = (status: Health) => statuses.filter((each) => each === status).length;
  if (!isUsed(balancer, set) || statuses.length === 0 || count('UNKNOWN') * 2 > statuses.length)
    return 'UNKNOWN';
  if (count('OK') === statuses.length) return 'OK';
  return count('OK') * 2 >= statuses.length ? 'WARNING' : 'CRITICAL';
}

/** The health of the whole, which each service words by a rule of its own, with the names of its sets. */
export function wholeHealth(call: Call, balancer: Balancer, status: Health): object {
  const sets = Object.values(balancer.backendSets);
  const of = (wanted: Health) =>
    sets.filter((set) => setStatus(call, balancer, set) === wanted).map(({ name }) => name);
  return {
    status,
    warningStateBackendSetNames: of('WARNING'),
    criticalStateBackendSetNames: of('CRITICAL'),
    unknownStateBackendSetNames: of('UNKNOWN'),
    totalBackendSetCount: sets.length,
  };
}

/** Whether something that is up has the address: what is believed where no traffic flows. */
function isReached({ store, region }: Call, { ipAddress }: AnyBackend): boolean {
  return store.list('Vnic', region).some(({ privateIp, attachedTo }) => {
    const owner = privateIp === ipAddress ? store.find(attachedTo) : undefined;
    return owner !== undefined && up.has(owner.lifecycleState);
  });
}

const isUsed = ({ listeners }: Balancer, { name }: Pick<BackendSet, 'name'>): boolean =>
  Object.values(listeners).some(({ defaultBackendSetName }) => defaultBackendSetName === name);

const isOffline = (backend: AnyBackend): boolean =>
  'isOffline' in backend ? backend.isOffline : backend.offline;

const backendStatuses = (call: Call, balancer: Balancer, set: BackendSet) =>
  set.backends.map((backend) => ({
    name: backend.name,
    status: statusOf(opinions(call, balancer, set, backend)),
  }));
