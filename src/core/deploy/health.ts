/** For how long it is no wonder that a new backend is not judged, at least, in ms. */
const firstChecks = 30_000;

const said: Readonly<Record<string, string>> = {
  OK: 'OK',
  WARNING: 'one node of the load balancer says OK, another does not',
  CRITICAL: 'no node of the load balancer says OK',
  UNKNOWN: 'the load balancer does not say; does a listener lead to its backend set?',
};

/**
 * What to say of a backend that is waited for, `elapsed` ms long, by its BackendHealth status; undefined where the load
 * balancer does not know it yet. `sure`: ms that the health checker takes to be sure.
 */
export function healthNote(
  status: string | undefined,
  { elapsed, sure }: { readonly elapsed: number; readonly sure: number },
): string {
  const isNew = elapsed < Math.max(firstChecks, 2 * sure);
  if (status === undefined || (status === 'UNKNOWN' && isNew)) return 'not checked yet';
  return said[status] ?? status;
}
