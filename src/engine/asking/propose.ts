import { actorId } from '../../core/actor.ts';
import { reminders } from '../../core/approval.ts';
import type { Operation } from '../../core/operation.ts';
import { stepsOf, undoStepsOf } from '../../core/plan.ts';
import { record, storable } from '../audit.ts';
import { planDigest } from '../digest.ts';
import { putOperation } from '../mail/letters.ts';
import { operationOf } from '../operations.ts';
import type { Room } from '../room.ts';
import { chunksOf } from '../store/chunks.ts';
import { type Asked, idOf } from '../store/records.ts';
import type { Db } from '../store/schema.ts';
import type { Draft } from './draft.ts';

/** Makes an operation of the draft, or finds the one that its key has made before. */
export async function propose(room: Room, draft: Draft): Promise<Operation> {
  refuseTwins(draft);
  const operation = await room.store.write(async (db) => {
    const known = await findByKey(db, draft.key);
    return operationOf(db, known ?? (await insert(db, room, draft)));
  });
  room.store.changed.ring(operation.id);
  room.store.work.ring();
  room.store.mail.ring();
  return operation;
}

export async function findByKey(db: Db, key: string): Promise<number | undefined> {
  const row = await db.selectFrom('operation').select('seq').where('key', '=', key).executeTakeFirst();
  return row?.seq;
}

export async function insert(db: Db, room: Room, draft: Draft): Promise<number> {
  const { key, line, actor, origin, plan } = draft;
  const now = room.clock.now();
  const digest = planDigest(plan);
  const asked = draft.asks.length > 0 ? ask(draft, digest, now) : undefined;
  const row = await db
    .insertInto('operation')
    .values({
      key,
      status: asked ? 'waiting' : 'queued',
      line: storable(line),
      actor: JSON.stringify(actor),
      origin: JSON.stringify(origin),
      plan: JSON.stringify(plan),
      digest,
      approval: asked ? JSON.stringify(asked) : null,
      created_at: now,
      due_at: asked ? nextDue(room, asked, 0) : null,
      reminded: 0,
      fence: 0,
      claims: 0,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('seq')
    .executeTakeFirst();
  // another process was quicker with the same key
  if (!row) return (await findByKey(db, key)) as number;
  await insertSteps(db, row.seq, draft);
  await putOperation(db, { id: idOf(row.seq) }, room.addressOf({ ...draft, asked: asked !== undefined }));
  await record(db, {
    at: now,
    event: asked ? 'asked' : 'queued',
    actor: actorId(actor),
    operation: idOf(row.seq),
    line,
    details: {
      digest,
      plan: plan.title,
      targets: stepsOf(plan).map(({ target }) => target.ocid),
      ...(draft.rules ? { rules: draft.rules } : {}),
      ...(asked ? { from: asked.asks.flatMap(({ from }) => from), expiresAt: asked.expiresAt } : {}),
    },
  });
  return row.seq;
}

function ask({ actor, asks, until = Number.POSITIVE_INFINITY }: Draft, digest: string, now: number): Asked {
  const patience = now + Math.min(...asks.map(({ within }) => within));
  return {
    asks,
    digest,
    requester: actorId(actor),
    askedAt: now,
    expiresAt: Math.min(patience, until),
    ...(until <= patience ? { lapses: true } : {}),
  };
}

/** When a waiting operation is to be looked at next, after so many reminders. */
export function nextDue({ options }: Room, asked: Asked, reminded: number): number {
  if (!options.reminders) return asked.expiresAt;
  return reminders({ ...asked, decisions: [] })[reminded] ?? asked.expiresAt;
}

async function insertSteps(db: Db, operation: number, { plan }: Draft): Promise<void> {
  const rows = [...plan.waves, ...(plan.undo?.waves ?? [])]
    .flatMap((wave, at) => wave.map((step) => ({ step, at })))
    .map(({ step, at }, position) => ({
      operation,
      position,
      wave: at,
      verb: step.verb,
      ocid: step.target.ocid,
      state: 'pending',
      attempts: 0,
    }));
  for (const some of chunksOf(rows)) await db.insertInto('step').values(some).execute();
}

/** Two steps of one name would share a retry token, and OCI would do only one of them. */
export function refuseTwins({ plan }: Draft): void {
  const names = [...stepsOf(plan), ...undoStepsOf(plan)].map(({ name }) => name);
  const twin = names.find((name, at) => names.indexOf(name) !== at);
  if (twin) throw new Error(`a plan has two steps named ${twin}`);
}
