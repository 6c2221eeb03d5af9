import type { Actor } from '../../core/actor.ts';
import { actorId } from '../../core/actor.ts';
import type { Operation } from '../../core/operation.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Word } from '../../core/verb.ts';
import { record, storable } from '../audit.ts';
import { lockById, operationOf } from '../operations.ts';
import type { Room } from '../room.ts';
import { idOf, present } from '../store/records.ts';
import type { Db } from '../store/schema.ts';

/**
 * Somebody says to go on. It is a row, so that it counts for whichever process has the operation in hand; the same key
 * again changes nothing. Throws a Refusal when there is no such operation, or none that runs.
 */
export async function say(
  room: Room,
  id: string,
  given: { readonly by: Actor; readonly key: string; readonly because?: string },
): Promise<Operation> {
  const operation = await room.store.write(async (db) => {
    const row = await lockById(db, id);
    if (row.status !== 'running')
      throw new Refusal(`${idOf(row.seq)} does not wait for a word: it is ${row.status}.`);
    await insert(db, row.seq, { ...given, at: room.clock.now() });
    return operationOf(db, row.seq);
  });
  room.store.changed.ring(operation.id);
  room.store.words.ring(operation.id);
  return operation;
}

async function insert(
  db: Db,
  seq: number,
  { by, key, because, at }: Parameters<typeof say>[2] & { readonly at: number },
): Promise<void> {
  const words = { operation: seq, key: `${idOf(seq)} ${key}`, says: 'promote', by: actorId(by), at };
  const { numInsertedOrUpdatedRows: made } = await db
    .insertInto('word')
    .values({ ...words, because: because ?? null })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .executeTakeFirst();
  if (!made) return;
  await record(db, {
    at,
    event: 'promoted',
    actor: words.by,
    operation: idOf(seq),
    ...(because ? { details: { because: storable(because) } } : {}),
  });
}

/** What was said to the operation since then, oldest first; and whether it is to stop. */
export async function heard(
  { store }: Room,
  seq: number,
  since: number,
): Promise<{ readonly words: readonly Word[]; readonly cancelled: boolean }> {
  return store.read(async (db) => {
    const rows = await db
      .selectFrom('word')
      .selectAll()
      .where('operation', '=', seq)
      .where('at', '>=', since)
      .orderBy('seq')
      .execute();
    const { cancel } = await db
      .selectFrom('operation')
      .select('cancel')
      .where('seq', '=', seq)
      .executeTakeFirstOrThrow();
    const words = rows.map(
      ({ by, at, because }): Word => ({
        says: 'promote',
        by,
        at,
        ...present('because', because),
      }),
    );
    return { words, cancelled: cancel !== null };
  });
}
