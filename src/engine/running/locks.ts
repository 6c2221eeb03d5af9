import { type Plan, targetsOf } from '../../core/plan.ts';
import { chunksOf } from '../store/chunks.ts';
import { idOf, type OperationRow, parse } from '../store/records.ts';
import type { Db } from '../store/schema.ts';

/**
 * Locks all targets of the operation or none, so that no two can wait for each other. Who was queued
 * first goes first. Answers undefined when it has them, or a sentence that names what is in the way.
 */
export async function takeLocks(db: Db, row: OperationRow): Promise<string | undefined> {
  const plan = parse<Plan>(row.plan);
  const targets = targetsOf(plan);
  const ocids = [...targets.map(({ ocid }) => ocid), ...(plan.locks ?? [])].sort();
  // with those of what it has made
  if ((await countHeld(db, row.seq)) >= ocids.length) return undefined;
  const before = (await holder(db, row.seq, ocids)) ?? (await earlier(db, row.seq, ocids));
  if (before) {
    const named = targets.find(({ ocid }) => ocid === before.ocid);
    const name = named?.name ?? before.ocid.replace(/^\w+:/, '');
    const { title } = parse<Plan>(before.plan);
    return `Waiting for ${idOf(before.seq)} (${title}), which ${before.held ? 'holds' : 'comes first for'} ${name}.`;
  }
  // in one order everywhere: two processes that insert at once wait for each other in one direction
  for (const some of chunksOf(ocids))
    await db
      .insertInto('lock')
      .values(some.map((ocid) => ({ ocid, operation: row.seq })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  const others = await holder(db, row.seq, ocids);
  if (!others) return undefined;
  await db.deleteFrom('lock').where('operation', '=', row.seq).execute();
  return `Waiting for ${idOf(others.seq)}.`;
}

/** What an operation makes is its own until it ends: nobody stops what a deploy is about to put to work. */
export async function lockMade(db: Db, seq: number, ocid: string): Promise<void> {
  await db
    .insertInto('lock')
    .values({ ocid, operation: seq })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Locks survive a crash with the operation that holds them. */
async function countHeld(db: Db, seq: number): Promise<number> {
  const row = await db
    .selectFrom('lock')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('operation', '=', seq)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

interface InTheWay {
  readonly seq: number;
  readonly plan: string;
  readonly ocid: string;
  readonly held: boolean;
}

/** An operation that holds one of the targets. */
async function holder(db: Db, seq: number, ocids: readonly string[]): Promise<InTheWay | undefined> {
  const row = await db
    .selectFrom('lock')
    .innerJoin('operation', 'operation.seq', 'lock.operation')
    .select(['operation.seq', 'operation.plan', 'lock.ocid'])
    .where('lock.ocid', 'in', ocids)
    .where('lock.operation', '!=', seq)
    .orderBy('operation.seq')
    .limit(1)
    .executeTakeFirst();
  return row && { ...row, held: true };
}

/** An operation that was queued before and waits for one of the targets. */
async function earlier(db: Db, seq: number, ocids: readonly string[]): Promise<InTheWay | undefined> {
  const row = await db
    .selectFrom('operation')
    .innerJoin('step', 'step.operation', 'operation.seq')
    .select(['operation.seq', 'operation.plan', 'step.ocid'])
    .where('operation.status', '=', 'queued')
    .where('operation.seq', '<', seq)
    .where('step.ocid', 'in', ocids)
    .orderBy('operation.seq')
    .limit(1)
    .executeTakeFirst();
  return row && { ...row, held: false };
}
