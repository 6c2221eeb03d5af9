import { sql } from 'kysely';
import type { Clock } from '../../core/clock.ts';
import type { Json } from '../../core/json.ts';
import { parse } from '../store/records.ts';
import { databaseNow, type Store } from '../store/store.ts';

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
  /** Says that these are still worked on here; to be said more often than every `lease`. */
  hold(keys: readonly string[]): Promise<void>;
  /**
   * What came in since (clock ms), is not done and nobody works on, in the order it came; who asks has it from now on.
   * On SQLite that is all that is not done, since only a process before this one can have left it.
   */
  takeOver(since: number): Promise<readonly Delivery[]>;
  /** Milliseconds of the database's clock after which what nobody holds is anybody's; undefined where there is one process. */
  readonly lease: number | undefined;
}

/** Long enough for a process that pauses for a moment, short for somebody who waits for what they pressed. */
const replicasLease = 20_000;

/** Somebody waits for an answer: a store that is away is not waited for long, the work goes on without it. */
const patience = { ms: 2_000 };

export function createInbox({ store, clock }: { readonly store: Store; readonly clock: Clock }): Inbox {
  const { kind } = store;
  const lease = kind === 'sqlite' ? undefined : replicasLease;
  const leaseEnd = () => (lease === undefined ? null : sql<number>`${databaseNow(kind)} + ${lease}`);

  const claimAll = async (deliveries: readonly Delivery[]): Promise<readonly ('new' | 'seen')[]> => {
    if (deliveries.length === 0) return [];
    const at = clock.now();
    const rows = await store.write(
      (db) =>
        db
          .insertInto('delivery')
          .values(
            deliveries.map(({ key, payload }) => ({
              key,
              payload: JSON.stringify(payload),
              at,
              lease_until: leaseEnd(),
            })),
          )
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
    lease,
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
    async hold(keys) {
      if (keys.length === 0 || lease === undefined) return;
      await store.write(
        (db) =>
          db.updateTable('delivery').set({ lease_until: leaseEnd() }).where('key', 'in', keys).execute(),
        patience,
      );
    },
    async takeOver(since) {
      const rows = await store.write((db) =>
        db
          .updateTable('delivery')
          .set({ lease_until: leaseEnd() })
          .where('done_at', 'is', null)
          .where('at', '>=', since)
          .$if(kind === 'postgres', (query) =>
            query.where((row) =>
              row.or([row('lease_until', 'is', null), row('lease_until', '<', databaseNow(kind))]),
            ),
          )
          .returning(['seq', 'key', 'payload'])
          .execute(),
      );
      return rows
        .toSorted((a, b) => a.seq - b.seq)
        .map(({ key, payload }) => ({
          key,
          payload: payload === null ? null : parse<Json>(payload),
        }));
    },
  };
}
