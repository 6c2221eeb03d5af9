import type { Operation } from '../core/operation.ts';
import type { Decision, Keep, Memory, Policy } from '../core/schedule/model.ts';
import type { Evening } from '../core/schedule/reports/evening.ts';
import type { Target } from '../core/target.ts';
import type { Unseen } from './unseen.ts';

/** An evening, or a morning, as it is kept from one look to the next. */
export interface Sheet extends Omit<Evening, 'chart' | 'saved'> {
  readonly key: string;
  readonly channel: string;
  /** Whether its channel has been told of it: a morning is told of only when something is not up. */
  readonly told: boolean;
}

/** What a look knows, by OCID unless said otherwise. */
export interface Scene {
  readonly now: number;
  readonly targets: ReadonlyMap<string, Target>;
  readonly memories: ReadonlyMap<string, Memory>;
  readonly keeps: ReadonlyMap<string, Keep>;
  /** By id. */
  readonly operations: ReadonlyMap<string, Operation>;
  /** By name, the one for tags among them. */
  readonly policies: ReadonlyMap<string, Policy>;
  /** What a schedule was not allowed to do just now, with the reason. */
  readonly denied: ReadonlyMap<string, string>;
  /** What each hour off is worth. */
  readonly worth: (target: Target, decision: Decision) => number | undefined;
  readonly missing: Evening['missing'];
  /** Edges of which not everything can be seen. */
  readonly unseen: readonly Unseen[];
}

export type Direction = Evening['direction'];

/** After this long a sheet is closed once nothing is under way on it. */
export const longest = 20 * 3_600_000;
/** And after this long whatever is. */
const endless = 7 * 24 * 3_600_000;

export function sheetKey(channel: string, at: number, direction: Direction): string {
  return `evening:${channel}:${at}:${direction}`;
}

/** Before anything is on it. */
export function emptySheet(channel: string, at: number, direction: Direction, { timetable }: Policy): Sheet {
  const key = sheetKey(channel, at, direction);
  const nothing = { policies: [], rows: [], missing: [], told: false } as const;
  return { key, channel, direction, at, zone: timetable.zone, state: 'running', ...nothing };
}

/** Whether anything on it may still change by itself. */
export function isOpen({ at, rows, state, missing }: Sheet, now: number): boolean {
  if (now - at > longest) return state !== 'over' && now - at < endless;
  return (
    state !== 'over' ||
    missing.length > 0 ||
    rows.some(
      ({ outcome, retryAt, until = 0 }) => retryAt !== undefined || (outcome === 'kept' && until > now),
    )
  );
}
