import type { OperationReader } from '../command.ts';
import { isFinal, type Operation } from '../core/operation.ts';
import { Refusal } from '../core/refusal.ts';
import { history } from './audit.ts';
import { type OperationRow, readOperation, seqOf, toOperations } from './store/records.ts';
import type { Db } from './store/schema.ts';
import type { Store } from './store/store.ts';

/** The read side: operations and the audit. */
export function operationReader(store: Store): OperationReader {
  return {
    async get(id) {
      const seq = seqOf(id);
      return seq === undefined ? undefined : store.read((db) => readOperation(db, seq));
    },
    list: ({ status, lock, after, limit }) =>
      store.read(async (db) => {
        let query = db.selectFrom('operation').selectAll().orderBy('seq', 'desc').limit(limit);
        if (status) query = query.where('status', 'in', [...status]);
        // the plan is text here: what it locks is looked for in it, and then in the value
        if (lock) query = query.where('plan', 'like', `%${JSON.stringify(lock)}%`);
        if (after) query = query.where('seq', '>', seqOf(after) ?? 0);
        const found = await toOperations(db, await query.execute());
        return lock ? found.filter(({ plan }) => plan.locks?.includes(lock)) : found;
      }),
    history: (filter) => store.read((db) => history(db, filter)),
  };
}

/** Operations that are not final, by status. */
export async function countOpen(store: Store): Promise<Readonly<Record<string, number>>> {
  const rows = await store.read((db) =>
    db
      .selectFrom('operation')
      .select(({ fn }) => ['status', fn.countAll<number>().as('count')])
      .where('status', 'in', ['waiting', 'queued', 'running', 'undoing'])
      .groupBy('status')
      .execute(),
  );
  const none: Readonly<Record<string, number>> = { waiting: 0, queued: 0, running: 0, undoing: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)])) };
}

/** The row, locked until the transaction ends: an update that changes nothing locks on both databases. */
export async function lockRow(db: Db, seq: number): Promise<OperationRow | undefined> {
  return db
    .updateTable('operation')
    .set((row) => ({ fence: row.ref('fence') }))
    .where('seq', '=', seq)
    .returningAll()
    .executeTakeFirst();
}

/** What a write of a claim has to know of its operation. */
export type HeldRow = Pick<
  OperationRow,
  'fence' | 'owner' | 'cancel' | 'because' | 'digest' | 'line' | 'status'
>;

/**
 * The same without the plan, which is as large as there are steps, for who writes at each of them. On
 * SQLite the transaction has locked it: an update would write all of the plan anew.
 */
export async function holdRow(db: Db, kind: Store['kind'], seq: number): Promise<HeldRow | undefined> {
  return db
    .selectFrom('operation')
    .select(['fence', 'owner', 'cancel', 'because', 'digest', 'line', 'status'])
    .where('seq', '=', seq)
    .$if(kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst();
}

/** The row that a person means by an id, locked. Throws a Refusal when there is none. */
export async function lockById(db: Db, id: string): Promise<OperationRow> {
  const row = await lockRow(db, seqOf(id) ?? -1);
  if (!row) throw new Refusal(`There is no operation ${id}.`, 'See the latest with: operations');
  return row;
}

export async function operationOf(db: Db, seq: number): Promise<Operation> {
  const operation = await readOperation(db, seq);
  if (!operation) throw new Error(`operation ${seq} is not in the store`);
  return operation;
}

export function isOver(row: OperationRow): boolean {
  return isFinal(row.status as Operation['status']);
}
