import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';

/**
 * Waits until `ms` have passed by the clock or in reality, whichever is first: a clock that is set back
 * must not make anybody wait for longer than they meant to.
 */
export async function rest(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  if (ms <= 0 || signal?.aborted) return;
  const over = new AbortController();
  const either = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  await Promise.race([
    clock.sleep(ms, either),
    pause(Math.min(ms, 2 ** 31 - 1), undefined, { signal: either }).catch(() => {}),
  ]);
  over.abort();
}
