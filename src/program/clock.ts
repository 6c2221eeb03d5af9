import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    // setTimeout holds at most 2^31-1 ms; who sleeps longer wakes early and looks again
    await sleep(Math.min(Math.max(ms, 0), 2 ** 31 - 1), undefined, signal ? { signal } : {}).catch(() => {});
  },
};
