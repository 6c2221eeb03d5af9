import type { SandboxClock } from '../clock.ts';
import type { Faults } from './faults.ts';
import type { HealthSource } from './health-source.ts';
import type { Metrics } from './metrics.ts';
import type { Rates } from './rates.ts';
import type { RequestLog } from './requests.ts';
import type { RetryTokens } from './retry-tokens.ts';
import type { ServiceLimits } from './service-limits.ts';
import type { Verifier } from './signature.ts';
import type { Store } from './store.ts';
import type { Tenancy } from './tenancy.ts';
import type { Times } from './times.ts';

/** Everything that a request may meet. */
export interface Cloud {
  readonly clock: SandboxClock;
  readonly tenancy: Tenancy;
  readonly times: Times;
  readonly store: Store;
  readonly metrics: Metrics;
  readonly limits: ServiceLimits;
  readonly verifier: Verifier;
  readonly rates: Rates;
  readonly faults: Faults;
  readonly tokens: RetryTokens;
  readonly requests: RequestLog;
  /** Absent where no traffic flows: backends are then judged by whether what has the address is up. */
  readonly health?: HealthSource | undefined;
  /** Aborted when the server closes, so that nothing waits any longer. */
  readonly closing: AbortSignal;
}
