import type { Operation } from '../core/operation.ts';
import type { Decision, Keep, Memory } from '../core/schedule/model.ts';
import type { EveningRow } from '../core/schedule/reports/evening.ts';
import type { Target } from '../core/target.ts';
import { standingIn } from './settling.ts';
import type { Scene, Sheet } from './sheet.ts';

/** What is told of a decision, if anything. */
export function rowOf(decision: Decision, target: Target, scene: Scene): EveningRow | undefined {
  const { ocid, name, kind, region } = target;
  const perHour = scene.worth(target, decision);
  const base = {
    ocid,
    name,
    kind,
    region,
    policy: decision.policy,
    ...(perHour === undefined ? {} : { perHour }),
  };
  const no = scene.denied.get(ocid);
  if (no !== undefined) return { ...base, outcome: 'left', because: no };
  if (decision.left === 'kept') return keptRow(base, decision, scene.keeps.get(ocid));
  if (decision.left) return { ...base, outcome: 'left', because: reasonOf(decision) };
  const memory = scene.memories.get(ocid);
  if (memory && memory.edge === decision.edge && memory.outcome === 'done')
    return { ...base, outcome: 'done' };
  if (memory && memory.edge === decision.edge && memory.operation !== undefined && memory.outcome !== 'none')
    return standing({ ...base, outcome: 'waiting' }, memory, scene.operations.get(memory.operation));
  if (decision.act !== 'nothing' || decision.waits) return { ...base, outcome: 'waiting' };
  return decision.settles === decision.edge
    ? { ...base, outcome: 'left', because: reasonOf(decision) }
    : undefined;
}

function keptRow(base: Omit<EveningRow, 'outcome'>, decision: Decision, keep: Keep | undefined): EveningRow {
  if (!keep) return { ...base, outcome: 'left', because: reasonOf(decision) };
  const { by, until, because } = keep;
  return { ...base, outcome: 'kept', by, until, ...(because === undefined ? {} : { because }) };
}

/** What stands behind the edge in a decision’s sentence. */
function reasonOf({ because }: Decision): string {
  const at = because.indexOf('; ');
  return at < 0 ? because : because.slice(at + 2);
}

/** The row as its operation stands. */
export function standing(row: EveningRow, memory: Memory, operation: Operation | undefined): EveningRow {
  const { because: _because, retryAt: _retryAt, ...base } = row;
  const found = standingIn(operation, row.ocid);
  const because = found.because === undefined ? {} : { because: found.because };
  switch (found.state) {
    case 'waiting':
    case 'running':
      return { ...base, outcome: found.state };
    case 'done':
      return { ...base, outcome: 'done', ...because };
    case 'none':
      return { ...base, outcome: 'left', ...because };
    case 'failed': {
      const { retryAt, outcome } = memory;
      // when it is tried again is known once it is remembered
      if (outcome === 'pending') return { ...base, outcome: 'running' };
      return { ...base, outcome: 'failed', ...because, ...(retryAt === undefined ? {} : { retryAt }) };
    }
  }
}

/** Who kept it and until when is worth knowing after that too. */
function keptBefore(row: EveningRow | undefined): Pick<EveningRow, 'by' | 'until'> {
  const { by, until } = row ?? {};
  return { ...(by === undefined ? {} : { by }), ...(until === undefined ? {} : { until }) };
}

/** What is done stays done, and the first reason for leaving something alone stays the reason. */
export function withRows(sheet: Sheet, rows: readonly EveningRow[], scene: Scene): Sheet {
  const known = new Map(sheet.rows.map((row) => [row.ocid, row]));
  for (const row of rows) {
    const before = known.get(row.ocid);
    if (before?.outcome === 'done' && row.outcome !== 'kept') continue;
    if (before && row.outcome === 'left' && before.outcome !== 'kept') continue;
    // what was worth something when it was up is worth that, whatever it is worth now
    const perHour = before?.perHour || row.perHour;
    known.set(row.ocid, { ...keptBefore(before), ...row, ...(perHour === undefined ? {} : { perHour }) });
  }
  const policies = new Set([...sheet.policies, ...rows.map(({ policy }) => policy)]);
  return {
    ...sheet,
    rows: [...known.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    policies: [...scene.policies.keys()].filter((name) => policies.has(name)),
  };
}
