import { directionOf } from '../core/schedule/deciding/flips.ts';
import type { Decision, Memory, Policy } from '../core/schedule/model.ts';
import type { EveningRow } from '../core/schedule/reports/evening.ts';
import { lapsed } from './settling.ts';
import { type Direction, emptySheet, isOpen, type Scene, type Sheet, sheetKey } from './sheet.ts';
import { rowOf, standing, withRows } from './sheet-rows.ts';
import type { Unseen } from './unseen.ts';

/** An edge is told of while it is news, in milliseconds. */
const news = 12 * 3_600_000;
/** The sheets as they are after a look: those that were open, and those that its decisions begin. */
export function sheetsAfter(
  known: readonly Sheet[],
  decisions: readonly Decision[],
  scene: Scene,
): readonly Sheet[] {
  const sheets = new Map(known.map((sheet) => [sheet.key, sheet]));
  const begun = new Map<string, { readonly sheet: Sheet; readonly rows: EveningRow[] }>();
  const decided = decisions.flatMap(({ ocid }) => scene.targets.get(ocid)?.name ?? []);
  for (const decision of decisions) {
    // of what belongs to a pool the pool's row tells
    const { managedBy } = scene.targets.get(decision.ocid) ?? {};
    if (managedBy !== undefined && decided.some((name) => managedBy.endsWith(` ${name}`))) continue;
    const found = placeOf(decision, scene, [...sheets.values()]);
    if (!found) continue;
    const beside = begun.get(found.key);
    if (beside) beside.rows.push(found.row);
    else begun.set(found.key, { sheet: sheets.get(found.key) ?? found.empty, rows: [found.row] });
  }
  for (const [key, { sheet, rows }] of begun) {
    if (!sheets.has(key) && !rows.some((row) => isNews(row, scene))) continue;
    sheets.set(key, withRows(sheet, rows, scene));
  }
  for (const unseen of scene.unseen) {
    const found = unseenSheet(unseen, sheets, scene);
    if (found) sheets.set(found.key, found);
  }
  return [...sheets.values()].map((sheet) => {
    const before = known.find(({ key }) => key === sheet.key);
    const closed = before !== undefined && !isOpen(before, scene.now);
    if (closed && !begun.has(sheet.key)) return sheet;
    // what goes away once all is told is no news of that evening
    return refreshed(closed ? sheet : { ...sheet, missing: scene.missing }, scene);
  });
}

/** The sheet with what its operations have come to. */
export function refreshed(sheet: Sheet, scene: Pick<Scene, 'memories' | 'operations'>): Sheet {
  let asked = false;
  const rows = sheet.rows.map((row): EveningRow => {
    if (row.outcome === 'done' || row.outcome === 'left' || row.outcome === 'kept') return row;
    const memory = scene.memories.get(row.ocid);
    if (memory && memory.edge > Math.max(sheet.at, row.until ?? 0)) return overtaken(row, sheet);
    if (memory?.operation === undefined || !isAbout(memory, row, sheet)) return row;
    if (memory.outcome === 'done') return { ...row, outcome: 'done' };
    const operation = scene.operations.get(memory.operation);
    if (operation?.status === 'waiting') asked = true;
    return standing(row, memory, operation);
  });
  const busy = rows.some(
    ({ ocid, outcome, until }) =>
      outcome === 'waiting' ||
      outcome === 'running' ||
      isUnderWay(scene.memories.get(ocid), until ?? sheet.at) ||
      isUnderWay(scene.memories.get(ocid), sheet.at),
  );
  return { ...sheet, rows, state: asked ? 'asked' : busy ? 'running' : 'over' };
}

/** Not of an edge before it, of which the row knows nothing. */
function isAbout({ edge }: Memory, { until }: EveningRow, { at }: Sheet): boolean {
  return edge >= at || edge === until;
}

/** Another edge came first: nothing more is tried for this one. */
function overtaken({ retryAt: _retryAt, ...row }: EveningRow, { state }: Sheet): EveningRow {
  if (row.outcome === 'failed') return row;
  return { ...row, outcome: 'left', because: state === 'asked' ? lapsed : 'its next time came first' };
}

/** What is done in OCI counts once it is written down, with what it saves. */
function isUnderWay(memory: Memory | undefined, edge: number): boolean {
  return memory?.outcome === 'pending' && memory.edge === edge;
}

/** What a policy may not do is news: somebody has to give it the right, or take it back. */
function isNews({ outcome, ocid }: EveningRow, { denied }: Scene): boolean {
  return outcome !== 'left' || denied.has(ocid);
}

interface Place {
  readonly key: string;
  readonly empty: Sheet;
  readonly row: EveningRow;
}

/** Where a decision is told of, if anywhere. */
function placeOf(decision: Decision, scene: Scene, known: readonly Sheet[]): Place | undefined {
  const policy = scene.policies.get(decision.policy);
  const target = scene.targets.get(decision.ocid);
  const direction = aboutOf(decision);
  if (!policy?.channel || !target || !direction || scene.now - decision.edge > news) return undefined;
  const row = rowOf(decision, target, scene);
  if (!row) return undefined;
  const { channel } = policy;
  const { ocid, edge } = decision;
  const said = scene.keeps.get(ocid)?.at === edge;
  const earlier = known
    .filter((sheet) => sheet.channel === channel && sheet.direction === direction)
    .findLast((sheet) => goesOn(sheet, decision, said));
  // who keeps what no report is about was answered, and that is enough
  if (!earlier && said) return undefined;
  const empty: Sheet = {
    ...emptySheet(channel, edge, direction, policy),
    ...(isPutRight(decision, policy) ? { again: true } : {}),
  };
  return { key: earlier?.key ?? empty.key, empty, row };
}

/** A channel is told of an edge though nothing can be seen of what it means: silence would look like a night in which all is well. */
function unseenSheet(
  { policy: name, direction, edge }: Unseen,
  sheets: ReadonlyMap<string, Sheet>,
  { now, policies }: Scene,
): Sheet | undefined {
  const policy = policies.get(name);
  if (!policy?.channel || now - edge > news) return undefined;
  const known = sheets.get(sheetKey(policy.channel, edge, direction));
  if (known?.policies.includes(name) || (known && !isOpen(known, now))) return undefined;
  const sheet = known ?? emptySheet(policy.channel, edge, direction, policy);
  return {
    ...sheet,
    policies: [...policies.keys()].filter((each) => each === name || sheet.policies.includes(each)),
  };
}

/** A keep that somebody says after an edge, and its end, are told of where that edge was. */
function goesOn({ at, rows }: Sheet, { ocid, edge }: Decision, said: boolean): boolean {
  const row = rows.find((each) => each.ocid === ocid);
  if (!row || edge <= at || edge - at > news) return false;
  const { until = 0, outcome } = row;
  return said || until === edge || (outcome === 'kept' && edge < until);
}

/** What is enforced is put right at any minute; all else has an edge of its timetable, or a keep that ended. */
function isPutRight({ edge, left }: Decision, { enforced, timetable }: Policy): boolean {
  return enforced && left !== 'kept' && timetable.edges(edge - 1, edge).length === 0;
}

/** A keep is told of where it stands against something. */
function aboutOf({ want, left }: Decision): Direction | undefined {
  const direction = directionOf(want);
  if (left !== 'kept') return direction;
  return direction === 'up' ? 'down' : 'up';
}
