import type { Hold } from '../command.ts';
import { type Actor, actorId } from '../core/actor.ts';
import type { Clock } from '../core/clock.ts';
import { record, storable } from './audit.ts';
import type { Db } from './store/schema.ts';
import type { Store } from './store/store.ts';

/** What somebody locked by hand is never taken from them by itself. */
export interface Holds {
  all(): Promise<readonly Hold[]>;
  /** Locks what is not locked. Answers the hold that there is now, which may be somebody else's. */
  put(name: string, by: Actor, because: string): Promise<Hold>;
  /** Answers what was locked, or undefined where nothing was. */
  remove(name: string, by: Actor): Promise<Hold | undefined>;
}

export function createHolds({ store, clock }: { readonly store: Store; readonly clock: Clock }): Holds {
  return {
    all: () => store.read((db) => db.selectFrom('hold').selectAll().orderBy('name').execute()),
    put: (name, by, because) =>
      store.write(async (db) => {
        const [before] = await holdsOn(db, [name]);
        if (before) return before;
        const hold = { name, by: actorId(by), at: clock.now(), because: storable(because) };
        await db.insertInto('hold').values(hold).execute();
        await record(db, { at: hold.at, event: 'locked', actor: hold.by, details: { name, because } });
        return hold;
      }),
    remove: (name, by) =>
      store.write(async (db) => {
        const [before] = await holdsOn(db, [name]);
        if (!before) return undefined;
        await db.deleteFrom('hold').where('name', '=', name).execute();
        await record(db, {
          at: clock.now(),
          event: 'unlocked',
          actor: actorId(by),
          details: { name, by: before.by },
        });
        return before;
      }),
  };
}

/** Those of these names that are locked by hand. */
export async function holdsOn(db: Db, names: readonly string[]): Promise<readonly Hold[]> {
  if (names.length === 0) return [];
  return db.selectFrom('hold').selectAll().where('name', 'in', names).orderBy('name').execute();
}
