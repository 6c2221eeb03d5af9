import type { Hours } from './town.ts';

/** What has to happen in a month, worked out minute by minute from the calendar on the wall. */

export type Level = 'up' | 'down';

/** Something that people do, or that ends by itself. */
export type Happening =
  | { readonly at: number; readonly type: 'edge'; readonly policy: string; readonly want: Level }
  | {
      readonly at: number;
      readonly type: 'keep';
      readonly name: string;
      readonly want: Level;
      readonly until: number;
    }
  | { readonly at: number; readonly type: 'keep ends'; readonly name: string }
  | { readonly at: number; readonly type: 'hand'; readonly name: string; readonly to: Level }
  /** Somebody looks: what is enforced is put right, and channels are warned. */
  | { readonly at: number; readonly type: 'look' };

const day = 86_400_000;
const quarter = 15 * 60_000;

/** The edges of a policy in [from, to], from the clock on the wall. */
export function edgesOf({ policy, zone, days, from: up, to: down }: Hours, from: number, to: number) {
  const edges: Extract<Happening, { type: 'edge' }>[] = [];
  for (let noon = Math.floor(from / day) * day - day / 2; noon <= to + day; noon += day) {
    if (!days.includes(weekdayAt(noon, zone))) continue;
    for (const [want, [hour, minute]] of [
      ['up', up],
      ['down', down],
    ] as const) {
      const at = firstMoment(noon, zone, hour * 60 + minute);
      if (at >= from && at <= to) edges.push({ at, type: 'edge', policy, want });
    }
  }
  return edges.sort((a, b) => a.at - b.at);
}

/** The first quarter of an hour of the day of `noon` at which a clock on the wall shows the time or a later one. */
function firstMoment(noon: number, zone: string, minutes: number): number {
  const today = wall(noon, zone).date;
  for (let at = noon - 20 * 60 * 60_000; ; at += quarter) {
    const { date, minute } = wall(at, zone);
    if (date === today && minute >= minutes) return at;
  }
}

function weekdayAt(at: number, zone: string): number {
  const name = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short' }).format(at);
  return ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(name) + 1;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function wall(at: number, zone: string): { readonly date: string; readonly minute: number } {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(zone, format);
  const [date = '', time = ''] = format.format(at).split(' ');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { date, minute: hour * 60 + minute };
}

/** One resource, as it has to be and as often as it has to have been switched. */
export interface Expected {
  readonly name: string;
  readonly policy: string;
  level: Level;
  /** What its policy said last; absent before its first edge. */
  want?: Level;
  keep?: { readonly want: Level; readonly until: number };
  switched: number;
}

/** What one happening does to one resource. */
export function happen(one: Expected, what: Happening, enforced: boolean): void {
  if (what.type === 'edge' && what.policy === one.policy) {
    one.want = what.want;
    if (!one.keep) bring(one, what.want);
  }
  if (what.type === 'keep' && what.name === one.name) {
    one.keep = { want: what.want, until: what.until };
    bring(one, what.want);
  }
  if (what.type === 'keep ends' && what.name === one.name) {
    delete one.keep;
    if (one.want) bring(one, one.want);
  }
  if (what.type === 'hand' && what.name === one.name) one.level = what.to;
  if (enforced && what.type === 'look' && !one.keep && one.want) bring(one, one.want);
}

function bring(one: Expected, to: Level): void {
  if (one.level === to) return;
  one.level = to;
  one.switched += 1;
}
