import { type Actor, actorId } from '../core/actor.ts';
import type { Operation } from '../core/operation.ts';
import { Refusal } from '../core/refusal.ts';
import { isBeyond } from '../core/way-back.ts';
import { record, storable } from './audit.ts';
import { touchOperation } from './letters.ts';
import { isOver, lockById, operationOf } from './operations.ts';
import { idOf, type OperationRow } from './records.ts';
import type { Room } from './room.ts';
import type { Db } from './schema.ts';

/** What is in hand is asked to stop, and sees to its end what it sent; the rest is over at once. */
export async function cancel(
  room: Room,
  id: string,
  by: Actor,
  because: string | undefined,
): Promise<Operation> {
  const operation = await room.store.write(async (db) => {
    const row = await lockById(db, id);
    if (isOver(row))
      throw new Refusal(`${idOf(row.seq)} is over already.`, 'See how it ended with: operations');
    refuseBeyond(await operationOf(db, row.seq));
    await mark(db, row, { by: actorId(by), at: room.clock.now(), ...(because ? { because } : {}) });
    return operationOf(db, row.seq);
  });
  room.store.changed.ring(operation.id);
  room.store.work.ring();
  room.store.words.ring(operation.id);
  room.store.mail.ring();
  return operation;
}

/** What there was to go back to is being deleted: stopping in the middle would leave half of it. */
function refuseBeyond({ id, plan, steps }: Operation): void {
  if (!isBeyond(plan, steps)) return;
  throw new Refusal(
    `${id} is past the point of no return: the old instances are being deleted.`,
    plan.release ? `What ran before is brought back with: rollback ${plan.release.app}` : undefined,
  );
}

async function mark(db: Db, row: OperationRow, cancel: NonNullable<Operation['cancel']>): Promise<void> {
  const inHand = row.status === 'running' || row.status === 'undoing' || row.owner !== null;
  await db
    .updateTable('operation')
    .set(
      inHand
        ? {
            cancel: JSON.stringify(cancel),
            because: 'It was asked to stop. What was sent to OCI is seen to its end.',
          }
        : {
            cancel: JSON.stringify(cancel),
            status: 'cancelled',
            finished_at: cancel.at,
            due_at: null,
            because: null,
          },
    )
    .where('seq', '=', row.seq)
    .execute();
  if (!inHand) await db.deleteFrom('lock').where('operation', '=', row.seq).execute();
  await touchOperation(db, idOf(row.seq));
  await record(db, {
    at: cancel.at,
    event: inHand ? 'cancel asked' : 'cancelled',
    actor: cancel.by,
    operation: idOf(row.seq),
    ...(cancel.because ? { details: { because: storable(cancel.because) } } : {}),
  });
}
