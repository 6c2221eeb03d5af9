import type { Clock } from '../../core/clock.ts';
import { CloudError, isTransient } from '../../core/fault.ts';

const tries = 4;
/** A reader waits for people; what asks for more patience than this is told to them instead. */
const longestWait = 20_000;

/** Makes a call that changes nothing, and makes it again when it failed for reasons that pass. */
export async function withRetry<T>(clock: Clock, call: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await call();
    } catch (error) {
      const wait = error instanceof CloudError ? waitBefore(error, tried, Math.random()) : undefined;
      if (wait === undefined) throw error;
      await clock.sleep(wait);
    }
  }
}

/**
 * Milliseconds until a read is tried again, or undefined when it is not: what the service asked for, or
 * full jitter under a ceiling that doubles from 400 ms. A call that timed out is tried twice at most,
 * so that a region that swallows packets does not hold a person up four times. `chance` is in [0, 1).
 */
export function waitBefore(error: CloudError, tried: number, chance: number): number | undefined {
  const allowed = error.code === 'Timeout' ? 2 : tries;
  if (!isTransient(error) || error.code === 'Aborted' || tried >= allowed) return undefined;
  const backOff = chance * 200 * 2 ** tried;
  if (error.retryAfter === undefined) return backOff;
  return error.retryAfter <= longestWait ? error.retryAfter + backOff : undefined;
}
