import type { Operation } from '../../core/operation.ts';
import type { Draft } from '../asking/draft.ts';
import { findByKey, insert, refuseTwins } from '../asking/propose.ts';
import { operationOf } from '../operations.ts';
import type { Room } from '../room.ts';
import { idOf } from '../store/records.ts';
import { type Change, Overtaken, writeMemory } from './memories.ts';
import { withdraw } from './withdraw.ts';

/**
 * Makes an operation of a schedule's draft and writes down, in the same transaction, that its edges are
 * followed: both happen or neither. What waited for an answer about an earlier edge is over with it. Undefined where
 * another process, or this one before a crash, was there first.
 */
export async function fire(
  room: Room,
  draft: Draft,
  changes: readonly Change[],
): Promise<Operation | undefined> {
  refuseTwins(draft);
  const fired = await room.store
    .write(async (db) => {
      if ((await findByKey(db, draft.key)) !== undefined) return undefined;
      const withdrawn = await withdraw(db, changes, room.clock.now());
      const seq = await insert(db, room, draft);
      for (const { before, after } of changes) {
        const written = { before, after: { ...after, operation: idOf(seq) } };
        if (!(await writeMemory(db, written, room.clock.now()))) throw new Overtaken();
      }
      return { operation: await operationOf(db, seq), withdrawn };
    })
    .catch((error) => {
      if (error instanceof Overtaken) return undefined;
      throw error;
    });
  if (!fired) return undefined;
  for (const id of [...fired.withdrawn, fired.operation.id]) room.store.changed.ring(id);
  room.store.work.ring();
  room.store.mail.ring();
  return fired.operation;
}
