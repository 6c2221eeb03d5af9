import { unanswered } from '../../core/approval.ts';
import { approvers, person } from '../../core/describe.ts';
import type { Letter } from '../../core/letter.ts';
import type { Operation } from '../../core/operation.ts';
import { engineActor, record } from '../audit.ts';
import { putLetter, touchOperation } from '../mail/letters.ts';
import { operationOf } from '../operations.ts';
import type { Room } from '../room.ts';
import { type Asked, idOf, type OperationRow, parse } from '../store/records.ts';
import type { Db } from '../store/schema.ts';
import { nextDue } from './propose.ts';

/** Expires what waited too long and reminds those who are asked. Time is the clock's. */
export async function serveWaiting(room: Room): Promise<void> {
  const now = room.clock.now();
  const changed = await room.store.write(async (db) => {
    const rows = await db
      .selectFrom('operation')
      .selectAll()
      .where('status', '=', 'waiting')
      .where('due_at', '<=', now)
      .orderBy('seq')
      .limit(50)
      .$if(room.store.kind === 'postgres', (query) => query.forUpdate().skipLocked())
      .execute();
    for (const row of rows) await serve(db, room, row, now);
    return rows;
  });
  for (const { seq } of changed) room.store.changed.ring(idOf(seq));
  if (changed.length > 0) room.store.mail.ring();
}

async function serve(db: Db, room: Room, row: OperationRow, now: number): Promise<void> {
  const asked = parse<Asked>(row.approval as string);
  if (now >= asked.expiresAt) return expire(db, row.seq, asked, now);
  // a process that was away for long sends one reminder, not all that it missed
  let reminded = row.reminded;
  while (nextDue(room, asked, reminded) <= now) reminded += 1;
  await db
    .updateTable('operation')
    .set({ reminded, due_at: nextDue(room, asked, reminded) })
    .where('seq', '=', row.seq)
    .execute();
  const operation = await operationOf(db, row.seq);
  if (room.addressOf({ ...operation, asked: true })) await putLetter(db, reminder(operation, reminded));
}

/** Nobody answered while it was wanted. */
export async function expire(db: Db, seq: number, asked: Asked, now: number): Promise<void> {
  await db
    .updateTable('operation')
    .set({ status: 'expired', finished_at: now, due_at: null, because: unanswered(asked) })
    .where('seq', '=', seq)
    .execute();
  await touchOperation(db, idOf(seq));
  await record(db, { at: now, event: 'expired', actor: engineActor, operation: idOf(seq) });
}

function reminder({ id, actor, plan, approval }: Operation, count: number): Letter {
  const expires = approval ? [', until ', { time: approval.expiresAt }] : [];
  return {
    key: `${id}#reminder-${count}`,
    to: { kind: 'thread', of: id },
    report: {
      title: [
        ...(approval ? approvers(approval) : []),
        ': ',
        person(actor),
        ` still waits for a decision on “${plan.title}”`,
        ...expires,
        '.',
      ],
      tone: 'waiting',
      blocks: [],
    },
  };
}
