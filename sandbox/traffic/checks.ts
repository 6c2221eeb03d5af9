import type { NodeHealth } from '../oci/health-source.ts';
import type { NetworkHealthChecker } from '../oci/resources/network-balancers.ts';
import type { Host } from './host.ts';

/** Of either kind of load balancer: what only one of them knows is absent at the other. */
export type Checker = NetworkHealthChecker;

/** A health checker with the service's defaults, the same at both; times are milliseconds. */
export function rulesOf({ healthChecker: of, port }: { healthChecker: Checker; port: number }) {
  return {
    protocol: of.protocol,
    path: of.urlPath ?? '/',
    port: of.port || port,
    code: of.returnCode ?? 200,
    retries: of.retries ?? 3,
    timeout: of.timeoutInMillis ?? 3_000,
    interval: of.intervalInMillis ?? 10_000,
    regex: of.responseBodyRegex,
    /** Base64. */
    request: of.requestData,
    response: of.responseData,
  };
}

/**
 * One health check. The instance's program is asked without a socket in between, so that its answer is there
 * at once: also those of all checks that were due while the clock was moved. It speaks plain HTTP, so that a
 * handshake of TLS fails, and says datagrams back, so that nobody answers a question of DNS.
 */
export function check(
  host: Host | undefined,
  checker: Checker,
  { port }: { readonly port: number },
  now: number,
): NodeHealth {
  const rules = rulesOf({ healthChecker: checker, port });
  const program = host?.listensOn(rules.port) ? host.program : undefined;
  if (rules.protocol === 'DNS' || (rules.protocol === 'UDP' && !program)) return 'TIMED_OUT';
  if (!program || rules.protocol === 'HTTPS') return 'CONNECT_FAILED';
  if (rules.protocol === 'UDP') return isWanted(rules, rules.request) ? 'OK' : 'REGEX_MISMATCH';
  // what is sent is no request in HTTP, and what comes back is not what was wanted
  if (rules.protocol === 'TCP') return isWanted(rules, undefined) ? 'OK' : 'REGEX_MISMATCH';
  const { status, body, delay } = program.probe(rules.path, now);
  if (delay > rules.timeout) return 'TIMED_OUT';
  if (status !== rules.code) return 'INVALID_STATUS_CODE';
  return rules.regex && !matches(rules.regex, body) ? 'REGEX_MISMATCH' : 'OK';
}

const isWanted = ({ response }: { response?: string | null | undefined }, said: string | null | undefined) =>
  !response || response === said;

/** An expression that cannot be read matches nothing. */
function matches(regex: string, body: string): boolean {
  try {
    return new RegExp(regex).test(body);
  } catch {
    return false;
  }
}
