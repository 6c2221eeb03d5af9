import type { Store } from './store.ts';

/** Before when things may be forgotten, in clock ms. The audit is kept for ever. */
export interface Cutoffs {
  readonly deliveries: number;
  readonly letters: number;
  readonly operations: number;
}

const day = 86_400_000;

/** Deletes what is past its time: deliveries and choices, sent letters, operations that are over. */
export async function purge(store: Store, before: Cutoffs, now: number): Promise<void> {
  await store.write((db) => db.deleteFrom('delivery').where('at', '<', before.deliveries).execute());
  // who presses late is told that it is late, and not that it was never there
  await store.write((db) =>
    db
      .deleteFrom('choice')
      .where('expires_at', '<', now - day)
      .execute(),
  );
  await store.write((db) =>
    db
      .deleteFrom('message')
      .whereRef('version', '<=', 'settled')
      .where('settled_at', '<', before.letters)
      .where('report', 'is not', null)
      .execute(),
  );
  await store.write(async (db) => {
    const rows = await db
      .deleteFrom('operation')
      .where('finished_at', '<', before.operations)
      .returning('seq')
      .execute();
    const keys = rows.map(({ seq }) => `op-${seq}`);
    if (keys.length > 0) await db.deleteFrom('message').where('key', 'in', keys).execute();
  });
}
