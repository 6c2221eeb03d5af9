import { actorId } from '../../core/actor.ts';
import {
  type Decision,
  tooLate as expired,
  type Press,
  type Ruling,
  rule,
  unanswered,
} from '../../core/approval.ts';
import type { Operation } from '../../core/operation.ts';
import { record, storable } from '../audit.ts';
import { touchOperation } from '../mail/letters.ts';
import { lockById, operationOf } from '../operations.ts';
import type { Room } from '../room.ts';
import { idOf, parse } from '../store/records.ts';
import type { Db, OperationTable } from '../store/schema.ts';

/** Decides a press. The row's lock makes sure that two presses never see the same decisions. */
export async function press(
  room: Room,
  id: string,
  pressed: Press,
  key: string,
): Promise<{ readonly ruling: Ruling; readonly operation: Operation }> {
  const outcome = await room.store.write(async (db) => {
    const { seq } = await lockById(db, id);
    const once = `${idOf(seq)} ${key}`;
    const known = await answerTo(db, once);
    if (known) return { ruling: known, operation: await operationOf(db, seq) };
    const operation = await operationOf(db, seq);
    const ruling = judge(operation, pressed, room.clock.now());
    await carryOut(db, room, seq, ruling, operation);
    await db
      .insertInto('decision')
      .values({ operation: seq, key: once, ruling: JSON.stringify(ruling) })
      .execute();
    await touchOperation(db, idOf(seq));
    await note(db, room, seq, pressed, ruling);
    return { ruling, operation: await operationOf(db, seq) };
  });
  room.store.changed.ring(outcome.operation.id);
  room.store.work.ring();
  room.store.mail.ring();
  return outcome;
}

/** What the same press was answered before. */
async function answerTo(db: Db, key: string): Promise<Ruling | undefined> {
  const row = await db.selectFrom('decision').select('ruling').where('key', '=', key).executeTakeFirst();
  return row && parse<Ruling>(row.ruling);
}

function judge(operation: Operation, pressed: Press, now: number): Ruling {
  const { approval, status } = operation;
  if (status === 'waiting' && approval) return rule(approval, pressed, now);
  const decided = approval?.decisions.findLast(({ verdict }) => isLast(verdict, status));
  return { state: 'refused', because: tooLate(operation, decided), ...(decided ? { decided } : {}) };
}

function isLast(verdict: Decision['verdict'], status: Operation['status']): boolean {
  return (verdict === 'deny') === (status === 'denied');
}

function tooLate({ status, approval }: Operation, decided: Decision | undefined): string {
  if (status === 'expired') return expired(approval ?? {});
  if (status === 'cancelled' && !decided) return 'This request was cancelled before it was decided.';
  if (!approval) return 'This needs no approval.';
  if (!decided) return `It is too late to decide: it is ${status}.`;
  const words = { approve: 'approved', deny: 'denied', 'break-glass': 'run by break-glass' };
  const at = `${new Date(decided.at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return `${decided.by} was first: it was ${words[decided.verdict]} at ${at}.`;
}

async function carryOut(
  db: Db,
  room: Room,
  seq: number,
  ruling: Ruling,
  operation: Operation,
): Promise<void> {
  const change = changeFor(ruling, operation, room.clock.now());
  if (change) await db.updateTable('operation').set(change).where('seq', '=', seq).execute();
}

function changeFor(
  ruling: Ruling,
  { approval }: Operation,
  now: number,
): Partial<Omit<OperationTable, 'seq'>> | undefined {
  switch (ruling.state) {
    case 'approved':
      return { status: 'queued', due_at: null };
    case 'denied':
      return { status: 'denied', due_at: null, finished_at: now };
    case 'expired':
      return { status: 'expired', due_at: null, finished_at: now, because: unanswered(approval ?? {}) };
    case 'counted':
    case 'refused':
      return undefined;
  }
}

async function note(db: Db, room: Room, seq: number, pressed: Press, ruling: Ruling): Promise<void> {
  await record(db, {
    at: room.clock.now(),
    event: ruling.state,
    actor: actorId(pressed.by),
    operation: idOf(seq),
    details: {
      verdict: pressed.verdict,
      digest: pressed.digest,
      ...(pressed.reason ? { reason: storable(pressed.reason) } : {}),
      ...('because' in ruling ? { because: ruling.because } : {}),
    },
  });
}
