import type { Settings } from '../config/settings.ts';
import type { Desk } from '../desk.ts';
import type { Ledger } from '../engine/schedules/ledger.ts';

const hour = 3_600_000;
/** A size that was saved before a summer’s stop is there after it. */
const longestMemory = 400 * 24 * hour;

/** Forgets, every hour, what the store no longer needs. Aborting what it answers ends it. */
export function keepHouse(
  { clock, engine, log, ledger }: Pick<Desk, 'clock' | 'engine' | 'log'> & { readonly ledger: Ledger },
  retention: Settings['retention'],
): AbortController {
  const end = new AbortController();
  const sweep = async () => {
    while (!end.signal.aborted) {
      await clock.sleep(hour, end.signal);
      if (end.signal.aborted) return;
      const now = clock.now();
      await engine
        .purge({
          deliveries: now - retention.deliveries,
          letters: now - retention.messages,
          operations: now - retention.operations,
        })
        .then(() => ledger.purge(now - Math.max(retention.operations, longestMemory)))
        .catch((error: unknown) =>
          log.warn({ err: error }, 'the store could not be tidied; the next hour will'),
        );
    }
  };
  void sweep();
  return end;
}
