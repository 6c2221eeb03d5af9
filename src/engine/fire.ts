import type { Operation } from '../core/operation.ts';
import type { Draft } from './draft.ts';
import { type Change, writeMemory } from './memories.ts';
import { operationOf } from './operations.ts';
import { findByKey, insert, refuseTwins } from './propose.ts';
import { idOf } from './records.ts';
import type { Room } from './room.ts';

/** Another process has followed one of the edges meanwhile. */
class Overtaken extends Error {}

/**
 * Makes an operation of a schedule's draft and writes down, in the same transaction, that its edges are
 * followed: both happen or neither. Undefined where another process, or this one before a crash, was there
 * first.
 */
export async function fire(
  room: Room,
  draft: Draft,
  changes: readonly Change[],
): Promise<Operation | undefined> {
  refuseTwins(draft);
  const operation = await room.store
    .write(async (db) => {
      if ((await findByKey(db, draft.key)) !== undefined) return undefined;
      const seq = await insert(db, room, draft);
      for (const { before, after } of changes) {
        const written = { before, after: { ...after, operation: idOf(seq) } };
        if (!(await writeMemory(db, written, room.clock.now()))) throw new Overtaken();
      }
      return operationOf(db, seq);
    })
    .catch((error) => {
      if (error instanceof Overtaken) return undefined;
      throw error;
    });
  if (!operation) return undefined;
  room.store.changed.ring(operation.id);
  room.store.work.ring();
  room.store.mail.ring();
  return operation;
}
