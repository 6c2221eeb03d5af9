import type { Operation, Status } from '../../core/operation.ts';
import type { Plan } from '../../core/plan.ts';
import { touchOperation } from '../mail/letters.ts';
import { lockRow } from '../operations.ts';
import { endRelease } from '../releases.ts';
import { idOf, type OperationRow, parse, seqOf } from '../store/records.ts';
import type { Db } from '../store/schema.ts';

/** Operations that finish what others left behind: those know of it, so that their messages and buttons do. */

type FollowUp = NonNullable<Operation['followUp']>;

/** In the transaction that begins it. Answers the operation that took it up before, if one did. */
export async function beginFollowUp(db: Db, { id, plan }: Operation): Promise<string | undefined> {
  const left = await finishedBy(db, plan);
  if (!left) return undefined;
  if (left.follow_up !== null) return parse<FollowUp>(left.follow_up).operation;
  await follow(db, left, { operation: id, status: 'running' });
  return undefined;
}

/**
 * In the transaction that ends it. Well ended, nothing is left of any of those before it, and the release that the first
 * of them was about stands as it would have if that had come to its end.
 */
export async function endFollowUp(
  db: Db,
  { id, plan }: Operation,
  status: Status,
  now: number,
): Promise<void> {
  let left = await finishedBy(db, plan);
  while (left) {
    await follow(db, left, { operation: id, status });
    if (status !== 'succeeded') return;
    const before = parse<Plan>(left.plan);
    if (!before.finishes) {
      const outcome: Status = plan.finishes?.way === 'back' ? 'undone' : 'succeeded';
      return endRelease(db, idOf(left.seq), outcome, now);
    }
    left = await finishedBy(db, before);
  }
}

/** The operation whose leftovers the plan finishes, locked; undefined where there is none, or it is forgotten by now. */
async function finishedBy(db: Db, { finishes }: Plan): Promise<OperationRow | undefined> {
  return finishes && lockRow(db, seqOf(finishes.operation) ?? -1);
}

async function follow(db: Db, { seq }: OperationRow, followUp: FollowUp): Promise<void> {
  await db
    .updateTable('operation')
    .set({ follow_up: JSON.stringify(followUp) })
    .where('seq', '=', seq)
    .execute();
  await touchOperation(db, idOf(seq));
}
