import type { BackendHealth } from './serving.ts';

/** What a load balancer says of one backend. */
export interface HealthSeen {
  readonly is: BackendHealth;
  /** What the checks of its nodes found, as OCI names it, without those that are OK: `INVALID_STATUS_CODE`. */
  readonly found: readonly string[];
}

/** For how long it is no wonder that a new backend is not judged, at least, in ms. */
const firstChecks = 30_000;

const said: Readonly<Record<string, string>> = {
  OK: 'OK',
  WARNING: 'one node of the load balancer says OK, another does not',
  CRITICAL: 'no node of the load balancer says OK',
  UNKNOWN: 'the load balancer does not say; does a listener lead to its backend set?',
};

/** Source: the SDK's HealthCheckResult of load balancers and of network load balancers. */
const causes: Readonly<Record<string, string>> = {
  INVALID_STATUS_CODE: 'it answers the health check with another status than that wants',
  TIMED_OUT: 'it does not answer the health check in time',
  CONNECT_FAILED: 'nothing takes the connection of the health check at its port',
  REGEX_MISMATCH: 'its answer to the health check does not read as that wants',
  HEALTH_PAYLOAD_MISMATCH: 'its answer to the health check does not read as that wants',
  IO_ERROR: 'the connection of the health check breaks',
};

/**
 * What to say of a backend that is waited for, `elapsed` ms long; undefined where the load balancer does not know it yet.
 * `sure`: ms that the health checker takes to be sure.
 */
export function healthNote(
  seen: HealthSeen | undefined,
  { elapsed, sure }: { readonly elapsed: number; readonly sure: number },
): string {
  const isNew = elapsed < Math.max(firstChecks, 2 * sure);
  if (seen === undefined || (seen.is === 'UNKNOWN' && isNew)) return 'not checked yet';
  const what = said[seen.is] ?? seen.is;
  const why = seen.found.flatMap((each) => (causes[each] ? [`${causes[each]} (${each})`] : []));
  return why.length > 0 && seen.is !== 'OK' ? `${what}: ${why.join('; ')}` : what;
}
