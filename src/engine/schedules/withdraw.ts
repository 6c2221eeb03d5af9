import { isFinal, type Status } from '../../core/operation.ts';
import { type Plan, targetsOf } from '../../core/plan.ts';
import type { Memory } from '../../core/schedule/model.ts';
import { grouped, someOf } from '../../core/schedule/wording.ts';
import { expire } from '../asking/waiting.ts';
import { engineActor, record } from '../audit.ts';
import { touchOperation } from '../mail/letters.ts';
import { lockRow } from '../operations.ts';
import { type Asked, idOf, type OperationRow, parse, seqOf } from '../store/records.ts';
import type { Db } from '../store/schema.ts';
import { type Change, Overtaken } from './memories.ts';

/** The operation that a change no longer stands for, though nobody has written down how it ended. */
export function leftBehind({ before, after }: Change): string | undefined {
  if (before === undefined) return undefined;
  const { outcome, operation } = parse<Memory>(before);
  return outcome === 'pending' && operation !== after.operation ? operation : undefined;
}

/**
 * Ends the questions that changes leave behind, inside their transaction: a late yes would act against what is wanted
 * by then. Answers their ids. Throws Overtaken where one is carried out already: that is seen to its end first.
 */
export async function withdraw(db: Db, changes: readonly Change[], now: number): Promise<readonly string[]> {
  const left = grouped(
    changes.flatMap((change) => {
      const seq = seqOf(leftBehind(change) ?? '');
      return seq === undefined ? [] : [{ seq, after: change.after }];
    }),
    ({ seq }) => `${seq}`,
  ).toSorted((a, b) => (a[0]?.seq ?? 0) - (b[0]?.seq ?? 0));
  const withdrawn: string[] = [];
  for (const group of left) {
    const row = await lockRow(db, group[0]?.seq ?? -1);
    if (!row || isFinal(row.status as Status)) continue;
    if (row.status !== 'waiting') throw new Overtaken();
    await end(
      db,
      row,
      group.map(({ after }) => after),
      now,
    );
    withdrawn.push(idOf(row.seq));
  }
  return withdrawn;
}

async function end(db: Db, row: OperationRow, wanted: readonly Memory[], now: number): Promise<void> {
  const { seq } = row;
  const asked = parse<Asked>(row.approval as string);
  if (now >= asked.expiresAt) return expire(db, seq, asked, now);
  const because = reasons(parse<Plan>(row.plan), wanted);
  await db
    .updateTable('operation')
    .set({ status: 'void', finished_at: now, due_at: null, because })
    .where('seq', '=', seq)
    .execute();
  await touchOperation(db, idOf(seq));
  await record(db, {
    at: now,
    event: 'withdrawn',
    actor: engineActor,
    operation: idOf(seq),
    details: { because },
  });
}

/** What is wanted now, each reason once. */
function reasons(plan: Plan, wanted: readonly Memory[]): string {
  const names = new Map(targetsOf(plan).map(({ ocid, name }) => [ocid, name]));
  const said = grouped(wanted, ({ because }) => because).map(
    (group) => `${someOf(group.map(({ ocid }) => names.get(ocid) ?? ocid))}: ${group[0]?.because}`,
  );
  return `Something else is wanted by now. ${said.join('; ')}.`;
}
