import type { NetworkBackend, NetworkListener } from '../oci/resources/network-balancers.ts';
import type { Backend, Listener } from '../oci/resources/resources.ts';
import type { Health } from './health.ts';
import type { Open } from './listeners.ts';
import type { Network } from './network.ts';
import type { Served, Serving } from './serving.ts';

/** One listener as `GET /control/oci/traffic` shows it. */
export function listenerSeen(
  balancer: Serving,
  record: Served,
  listener: Listener | NetworkListener,
  open: Open,
  { health, network }: { readonly health: Health; readonly network: Network },
) {
  const { tally, port } = open;
  const set = record.backendSets[listener.defaultBackendSetName];
  const versions = tally.versions.view();
  return {
    name: `${record.displayName}/${listener.name}`,
    balancer: record.displayName,
    /** A network load balancer counts flows, not requests. */
    kind: record.type,
    ocid: record.ocid,
    region: record.region,
    address: `${record.ipAddress}:${listener.port}`,
    protocol: listener.protocol,
    url: urlOf(open),
    port: port ?? null,
    set: listener.defaultBackendSetName,
    policy: set?.policy ?? null,
    connections: open.connections(),
    requests: seen(tally.requests.get('all')),
    errors: seen(tally.errors.get('all')),
    statuses: tally.statuses.totals(),
    versions: Object.fromEntries(
      Object.entries(versions).map(([version, counted]) => [
        version,
        {
          ...counted,
          errors: tally.versionErrors.get(version).total,
          errorsLately: tally.versionErrors.get(version).lately,
        },
      ]),
    ),
    backends: (set?.backends ?? []).map((backend) => ({
      ...backendSeen(backend, network),
      health: health.of(record.ocid, set?.name ?? '', backend.name).map(({ is }) => is),
      active: balancer.active(backend.name),
      requests: seen(tally.backends.get(backend.name)),
      errors: tally.backendErrors.get(backend.name).total,
    })),
  };
}

function backendSeen(backend: Backend | NetworkBackend, network: Network) {
  const { name, ipAddress, port, weight } = backend;
  const host = network.hostAt(ipAddress);
  return {
    name,
    ipAddress,
    port,
    instance: host?.name ?? null,
    version: host?.version ?? null,
    weight,
    ...flagsOf(backend),
  };
}

/** Each kind has words of its own for them. */
function flagsOf(backend: Backend | NetworkBackend) {
  if (!('isDrain' in backend)) {
    const { drain, backup, offline } = backend;
    return { drain, backup, offline };
  }
  const { isDrain: drain, isBackup: backup, isOffline: offline } = backend;
  return { drain, backup, offline };
}

/** Where a client of this computer reaches the listener. */
export function urlOf({ port, scheme }: Open): string | null {
  return port === undefined ? null : `${scheme}://127.0.0.1:${port}`;
}

const seen = ({ total, lately, perSecond }: { total: number; lately: number; perSecond: number }) => ({
  total,
  lately,
  perSecond,
});
