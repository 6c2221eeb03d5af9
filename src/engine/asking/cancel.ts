import { type Actor, actorId } from '../../core/actor.ts';
import type { Release } from '../../core/deploy/release.ts';
import { reasonOf, saidBy } from '../../core/describe-deploy.ts';
import type { Operation } from '../../core/operation.ts';
import { Refusal } from '../../core/refusal.ts';
import { plainText } from '../../core/report.ts';
import { stopped } from '../../core/text.ts';
import { isBeyond } from '../../core/way-back.ts';
import { record, storable } from '../audit.ts';
import { touchOperation } from '../mail/letters.ts';
import { isOver, lockById, operationOf } from '../operations.ts';
import type { Room } from '../room.ts';
import { idOf, type OperationRow } from '../store/records.ts';
import type { Db } from '../store/schema.ts';

/**
 * What is in hand is asked to stop, and sees to its end what it sent; the rest is over at once. Throws a Refusal where it
 * is over, where it stops or goes back already, and where it is too late.
 */
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
    const operation = await operationOf(db, row.seq);
    refuseSecond(operation);
    refuseBeyond(operation);
    await mark(db, row, { by: actorId(by), at: room.clock.now(), ...(because ? { because } : {}) });
    return operationOf(db, row.seq);
  });
  room.store.changed.ring(operation.id);
  room.store.work.ring();
  room.store.words.ring(operation.id);
  room.store.mail.ring();
  return operation;
}

/** Who said it first stands, with their reason; the others hear of it. */
function refuseSecond(operation: Operation): void {
  const { id, status, cancel, plan } = operation;
  if (cancel && !plan.undo)
    throw new Refusal(`${id} is being cancelled already, ${stopped(plainText(saidBy(cancel)))}`);
  if (!cancel && status !== 'undoing') return;
  const why = cancel ? ['aborted ', ...saidBy(cancel)] : reasonOf(operation);
  throw new Refusal(`${id} is being taken back already: ${stopped(plainText(why))}`);
}

/** What there was to go back to is being deleted: stopping in the middle would leave half of it. */
function refuseBeyond({ id, plan, steps }: Operation): void {
  if (!isBeyond(plan, steps)) return;
  throw new Refusal(
    `${id} is past the point of no return: the old instances are being deleted.`,
    plan.release ? afterwards(plan.release) : undefined,
  );
}

/** A rollback is refused for as long as the deploy runs. */
function afterwards({ app, replaces }: Release): string {
  return replaces
    ? `Wait until it is done, then: rollback ${app}`
    : `Wait until it is done, then deploy the image that ran before: deploy ${app} image=…`;
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
