import type { NodeHealth } from '../oci/cloud.ts';
import type { Backend, HealthChecker } from '../oci/resources.ts';
import type { Host } from './host.ts';

/** A health checker with the service's defaults; times are milliseconds. */
export function rulesOf({ healthChecker: of, port }: { healthChecker: HealthChecker; port: number }) {
  return {
    protocol: of.protocol,
    path: of.urlPath ?? '/',
    port: of.port || port,
    code: of.returnCode ?? 200,
    retries: of.retries ?? 3,
    timeout: of.timeoutInMillis ?? 3_000,
    interval: of.intervalInMillis ?? 10_000,
    regex: of.responseBodyRegex,
  };
}

/**
 * One health check. The instance's program is asked without a socket in between, so that its answer is there
 * at once: also those of all checks that were due while the clock was moved.
 */
export function check(
  host: Host | undefined,
  checker: HealthChecker,
  { port }: Pick<Backend, 'port'>,
  now: number,
): NodeHealth {
  const rules = rulesOf({ healthChecker: checker, port });
  const program = host?.listensOn(rules.port) ? host.program : undefined;
  if (!program) return 'CONNECT_FAILED';
  if (rules.protocol === 'TCP') return 'OK';
  const { status, body, delay } = program.probe(rules.path, now);
  if (delay > rules.timeout) return 'TIMED_OUT';
  if (status !== rules.code) return 'INVALID_STATUS_CODE';
  return rules.regex && !matches(rules.regex, body) ? 'REGEX_MISMATCH' : 'OK';
}

/** An expression that cannot be read matches nothing. */
function matches(regex: string, body: string): boolean {
  try {
    return new RegExp(regex).test(body);
  } catch {
    return false;
  }
}
