import type { Clock } from '../core/clock.ts';
import type { Json } from '../core/json.ts';
import { parse } from './records.ts';
import type { Store } from './store.ts';

export interface Delivery {
  /** What Slack repeats when it delivers again: an envelope's event id, a trigger id. */
  readonly key: string;
  /** Kept until done, so that a crash in between loses nothing; then forgotten. */
  readonly payload: Json;
}

/** What came in, each once. */
export interface Inbox {
  claim(key: string, payload: Json): Promise<'new' | 'seen'>;
  /** The same for many in one transaction, answers in their order. */
  claimAll(deliveries: readonly Delivery[]): Promise<readonly ('new' | 'seen')[]>;
  done(...keys: readonly string[]): Promise<void>;
  /**
   * What came in since (clock ms) and was not done, in the order it came. On PostgreSQL only what is
   * at least a minute old, since another replica may be at it.
   */
  unfinished(since: number): Promise<readonly Delivery[]>;
}

/** Somebody waits for an answer: a store that is away is not waited for long, the work goes on without it. */
const patience = { ms: 2_000 };

export function createInbox({ store, clock }: { readonly store: Store; readonly clock: Clock }): Inbox {
  const claimAll = async (deliveries: readonly Delivery[]): Promise<readonly ('new' | 'seen')[]> => {
    if (deliveries.length === 0) return [];
    const at = clock.now();
    const rows = await store.write(
      (db) =>
        db
          .insertInto('delivery')
          .values(deliveries.map(({ key, payload }) => ({ key, payload: JSON.stringify(payload), at })))
          .onConflict((conflict) => conflict.column('key').doNothing())
          .returning('key')
          .execute(),
      patience,
    );
    const fresh = new Set(rows.map(({ key }) => key));
    // the second of two equal keys in one batch finds that the first has taken it
    return deliveries.map(({ key }) => (fresh.delete(key) ? 'new' : 'seen'));
  };

  return {
    claim: async (key, payload) => (await claimAll([{ key, payload }]))[0] ?? 'seen',
    claimAll,
    async done(...keys) {
      if (keys.length === 0) return;
      await store.write(
        (db) =>
          db
            .updateTable('delivery')
            .set({ done_at: clock.now(), payload: null })
            .where('key', 'in', keys)
            .execute(),
        patience,
      );
    },
    async unfinished(since) {
      const until = store.kind === 'sqlite' ? clock.now() : clock.now() - 60_000;
      const rows = await store.read((db) =>
        db
          .selectFrom('delivery')
          .select(['key', 'payload'])
          .where('done_at', 'is', null)
          .where('at', '>=', since)
          .where('at', '<=', until)
          .orderBy('seq')
          .execute(),
      );
      return rows.map(({ key, payload }) => ({
        key,
        payload: payload === null ? null : parse<Json>(payload),
      }));
    },
  };
}
