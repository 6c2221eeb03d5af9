/**
 * The only source of time. The system clock in production; the sandbox hands in one it can move.
 * `sleep` follows the clock: advancing it by an hour ends a sleep of a minute.
 */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Resolves after `ms` of this clock's time, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
