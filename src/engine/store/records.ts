import type { Selectable } from 'kysely';
import type { Approval, Decision, Ruling } from '../../core/approval.ts';
import type { Json } from '../../core/json.ts';
import type { Operation, Progress } from '../../core/operation.ts';
import { type Plan, type Step, stepsOf, undoStepsOf } from '../../core/plan.ts';
import type { Db, OperationTable, StepTable } from './schema.ts';

export type OperationRow = Selectable<OperationTable>;

/** What the approval column holds: the ask. Its decisions are rows of their own. */
export type Asked = Omit<Approval, 'decisions'>;

export function idOf(seq: number): string {
  return `op-${seq}`;
}

/** The row number of `op-81`, or of a bare `81`; undefined for anything else. */
export function seqOf(id: string): number | undefined {
  const digits = /^(?:op-)?(\d{1,15})$/i.exec(id.trim())?.[1];
  return digits ? Number(digits) : undefined;
}

export async function readOperation(db: Db, seq: number): Promise<Operation | undefined> {
  const rows = await db.selectFrom('operation').selectAll().where('seq', '=', seq).execute();
  return (await toOperations(db, rows))[0];
}

/** The rows with their steps and decisions, in the order of the rows. */
export async function toOperations(db: Db, rows: readonly OperationRow[]): Promise<readonly Operation[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ seq }) => seq);
  const steps = await db
    .selectFrom('step')
    .selectAll()
    .where('operation', 'in', ids)
    .orderBy('operation')
    .orderBy('position')
    .execute();
  const decisions = await db
    .selectFrom('decision')
    .select(['operation', 'ruling'])
    .where('operation', 'in', ids)
    .orderBy('seq')
    .execute();
  return rows.map((row) =>
    toOperation(
      row,
      steps.filter(({ operation }) => operation === row.seq),
      decisions.filter(({ operation }) => operation === row.seq).map(({ ruling }) => parse<Ruling>(ruling)),
    ),
  );
}

function toOperation(row: OperationRow, steps: readonly StepTable[], rulings: readonly Ruling[]): Operation {
  const plan = parse<Plan>(row.plan);
  const there = stepsOf(plan);
  const declared: readonly Step[] = [...there, ...undoStepsOf(plan)];
  const progress = steps.map((step) => toProgress(step, declared[step.position] as Step));
  return {
    id: idOf(row.seq),
    status: row.status as Operation['status'],
    line: row.line,
    actor: parse(row.actor),
    origin: parse(row.origin),
    plan,
    digest: row.digest,
    ...(row.approval === null
      ? {}
      : { approval: { ...parse<Asked>(row.approval), decisions: rulings.flatMap(decisionOf) } }),
    steps: progress.slice(0, there.length),
    ...(plan.undo ? { undo: progress.slice(there.length) } : {}),
    ...present('because', row.because),
    ...present('cancel', row.cancel === null ? null : parse<Operation['cancel']>(row.cancel)),
    ...present('followUp', row.follow_up === null ? null : parse<Operation['followUp']>(row.follow_up)),
    createdAt: row.created_at,
    ...present('startedAt', row.started_at),
    ...present('finishedAt', row.finished_at),
  };
}

/** The decision of a press that counted. */
function decisionOf(ruling: Ruling): readonly Decision[] {
  return 'decision' in ruling ? [ruling.decision] : [];
}

function toProgress(row: StepTable, step: Step): Progress {
  return {
    step,
    state: row.state as Progress['state'],
    attempts: row.attempts,
    ...present('before', row.before === null ? null : parse<Progress['before']>(row.before)),
    ...present('receipt', row.receipt === null ? null : parse<Progress['receipt']>(row.receipt)),
    ...present('note', row.note),
    ...present('asks', row.asks),
    ...present('memo', row.memo === null ? null : parse<Json>(row.memo)),
    ...present('result', row.result === null ? null : parse<Json>(row.result)),
    ...present('startedAt', row.started_at),
    ...present('finishedAt', row.finished_at),
  };
}

export function parse<T>(text: string): T {
  return JSON.parse(text);
}

/** The member, if there is a value; exact optional properties do not take undefined. */
export function present<K extends string, V>(key: K, value: V | null | undefined): { readonly [P in K]?: V } {
  return (value === null || value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}
