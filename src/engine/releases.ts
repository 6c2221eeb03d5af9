import { actorId } from '../core/actor.ts';
import type { Release, Released } from '../core/deploy/release.ts';
import type { Operation } from '../core/operation.ts';
import { parse, present } from './store/records.ts';
import type { Db } from './store/schema.ts';
import type { Store } from './store/store.ts';

/** Deploys that were begun, kept for longer than their operations. */
export interface Releases {
  /** Newest first. */
  of(app: string, limit: number): Promise<readonly Released[]>;
}

export function createReleases(store: Store): Releases {
  return {
    of: (app, limit) =>
      store.read(async (db) => {
        const rows = await db
          .selectFrom('release')
          .selectAll()
          .where('app', '=', app)
          .orderBy('version', 'desc')
          .limit(limit)
          .execute();
        return rows.map(({ value, operation, by, at, outcome, finished_at }) => ({
          ...parse<Release>(value),
          operation,
          by,
          at,
          ...present('outcome', outcome),
          ...present('finishedAt', finished_at),
        }));
      }),
  };
}

/** In the transaction that begins the operation. False: another deploy of this app was begun meanwhile. */
export async function beginRelease(db: Db, { id, plan, actor }: Operation, at: number): Promise<boolean> {
  if (!plan.release) return true;
  const { app, version } = plan.release;
  const { numInsertedOrUpdatedRows: made } = await db
    .insertInto('release')
    .values({
      app,
      version,
      operation: id,
      by: actorId(actor),
      at,
      value: JSON.stringify(plan.release),
      outcome: null,
      finished_at: null,
    })
    .onConflict((conflict) => conflict.columns(['app', 'version']).doNothing())
    .executeTakeFirst();
  return Number(made ?? 0) > 0;
}

/** In the transaction that ends it. */
export async function endRelease(db: Db, operation: string, outcome: string, at: number): Promise<void> {
  await db
    .updateTable('release')
    .set({ outcome, finished_at: at })
    .where('operation', '=', operation)
    .execute();
}
