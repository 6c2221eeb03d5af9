import { sql } from 'kysely';
import type { Operation } from '../../core/operation.ts';
import { touchOperation } from '../mail/letters.ts';
import { operationOf } from '../operations.ts';
import type { Room } from '../room.ts';
import { idOf, type OperationRow } from '../store/records.ts';
import type { Db } from '../store/schema.ts';
import { databaseNow } from '../store/store.ts';
import { takeLocks } from './locks.ts';

/** An operation in this process's hands, its targets locked. */
export interface Claim {
  readonly seq: number;
  readonly operation: Operation;
  /** The number that every write of this claim carries. */
  readonly fence: number;
  /** How often it was claimed since a step of it got anywhere. */
  readonly claims: number;
}

/** How many are looked at in one transaction. */
const page = 20;

/**
 * Claims the first operation after `cursor` whose verbs are known here and whose targets are free, in
 * one transaction. `next`: where to go on; undefined when there are no more.
 */
export async function claimNext(
  room: Room,
  owner: string,
  cursor: number,
): Promise<{ readonly claim?: Claim; readonly next?: number }> {
  const outcome = await room.store.write(async (db) => {
    const waiting: string[] = [];
    const rows = await candidates(db, room, cursor);
    for (const row of rows) {
      const held = await takeLocks(db, row);
      if (held === undefined) return { claim: await take(db, room, owner, row), next: row.seq, waiting };
      if (held !== row.because) {
        await db.updateTable('operation').set({ because: held }).where('seq', '=', row.seq).execute();
        await touchOperation(db, idOf(row.seq));
        waiting.push(idOf(row.seq));
      }
    }
    const last = rows.at(-1);
    return { ...(rows.length === page && last ? { next: last.seq } : {}), waiting };
  });
  for (const id of outcome.waiting) room.store.changed.ring(id);
  if (outcome.waiting.length > 0) room.store.mail.ring();
  return outcome;
}

/** Queued or left behind by a process that died, oldest first. */
function candidates(db: Db, room: Room, cursor: number): Promise<readonly OperationRow[]> {
  const known = Object.keys(room.verbs);
  return db
    .selectFrom('operation')
    .selectAll()
    .where('status', 'in', ['queued', 'running', 'undoing'])
    .where('seq', '>', cursor)
    .where(({ eb, or }) =>
      or([eb('owner', 'is', null), eb('lease_until', '<', databaseNow(room.store.kind))]),
    )
    .where(({ eb, not, exists }) =>
      not(
        exists(
          eb
            .selectFrom('step')
            .select(sql`1`.as('one'))
            .whereRef('step.operation', '=', 'operation.seq')
            .where('step.verb', 'not in', known),
        ),
      ),
    )
    .orderBy('seq')
    .limit(page)
    .$if(room.store.kind === 'postgres', (query) => query.forUpdate().skipLocked())
    .execute();
}

async function take(db: Db, room: Room, owner: string, row: OperationRow): Promise<Claim> {
  const fence = row.fence + 1;
  const claims = row.claims + 1;
  await db
    .updateTable('operation')
    .set((columns) => ({
      owner,
      fence,
      claims,
      because: row.cancel === null ? null : row.because,
      lease_until:
        room.store.kind === 'sqlite' ? null : columns(databaseNow(room.store.kind), '+', room.options.lease),
    }))
    .where('seq', '=', row.seq)
    .execute();
  return { seq: row.seq, operation: await operationOf(db, row.seq), fence, claims };
}
