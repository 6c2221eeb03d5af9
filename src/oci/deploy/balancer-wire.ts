import type { Checker } from '../../core/deploy/app.ts';
import type { HealthSeen } from '../../core/deploy/health.ts';
import type { BackendHealth } from '../../core/deploy/serving.ts';

/** What both services want in the same words. */

/** The header of a change that is made only to what was read. */
export function matching(etag: string | undefined): { ifMatch?: string } {
  return etag === undefined ? {} : { ifMatch: etag };
}

/** A health checker with the protocol in the service's own type: the port of the backend where none is said. */
export function checkerOf<Protocol extends string>(
  { path, port, code, interval, timeout, retries }: Checker,
  protocol: Protocol,
) {
  return {
    protocol,
    ...(path === undefined ? {} : { urlPath: path }),
    ...(code === undefined ? {} : { returnCode: code }),
    ...(port === undefined ? {} : { port }),
    intervalInMillis: interval,
    timeoutInMillis: timeout,
    retries,
  };
}

/** Names of the backends of a set of which the service does not say OK. */
export function unwellOf({
  warningStateBackendNames,
  criticalStateBackendNames,
  unknownStateBackendNames,
}: {
  readonly warningStateBackendNames: readonly string[];
  readonly criticalStateBackendNames: readonly string[];
  readonly unknownStateBackendNames: readonly string[];
}): readonly string[] {
  return [...warningStateBackendNames, ...criticalStateBackendNames, ...unknownStateBackendNames];
}

/** What the nodes say of one backend, and what their checks found. */
export function seenOf({
  status,
  healthCheckResults,
}: {
  readonly status: string;
  readonly healthCheckResults: readonly { readonly healthCheckStatus: string }[];
}): HealthSeen {
  const found = healthCheckResults.map(({ healthCheckStatus }) => healthCheckStatus);
  return { is: status as BackendHealth, found: [...new Set(found)].filter((each) => each !== 'OK') };
}
