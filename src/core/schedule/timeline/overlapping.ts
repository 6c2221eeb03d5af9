import type { Calendar } from '../calendar.ts';
import { dateOf, minutesOfDay } from '../clock/civil.ts';
import { localDay } from '../clock/zone.ts';
import type { Entry } from '../language/entry.ts';
import { sameWant } from '../want.ts';
import { type DayPlan, DayRules } from './day-rules.ts';
import { type Interval, shifted } from './interval.ts';

/** The entries of one zone. */
export interface Place {
  readonly zone: string;
  readonly entries: readonly Entry[];
}

/**
 * Windows that both count on some day and have hours in common. Those of different sizes may: the last to begin
 * decides. Sentences without their subject, each once.
 */
export function overlapsOf(
  places: readonly Place[],
  calendars: readonly Calendar[],
  from: number,
  to: number,
): readonly string[] {
  const found = places.flatMap(({ zone, entries }) => {
    if (entries.filter(({ act }) => act.type === 'window').length < 2) return [];
    const [first, last] = [localDay(zone, from), localDay(zone, to)];
    return [...overlapsBetween(first, last, new DayRules(entries, calendars))];
  });
  return [...new Set(found)];
}

/** Days since 1970-01-01. Most days are alike, and so are most nights between them. */
function overlapsBetween(first: number, last: number, rules: DayRules): ReadonlySet<string> {
  const sentences = new Set<string>();
  const seen = new Map<DayPlan, Set<DayPlan>>();
  let yesterday = rules.of(dateOf(first - 1));
  for (let day = first; day <= last; day += 1) {
    const today = rules.of(dateOf(day));
    const known = seen.get(today) ?? new Set();
    if (!known.has(yesterday)) {
      seen.set(today, known.add(yesterday));
      for (const sentence of overlapping([...lateOf(yesterday), ...today.windows])) sentences.add(sentence);
    }
    yesterday = today;
  }
  return sentences;
}

/** What goes on after midnight. */
function lateOf({ windows }: DayPlan): readonly Interval[] {
  return windows
    .filter(({ until }) => until > minutesOfDay)
    .map((interval) => shifted(interval, -minutesOfDay));
}

function overlapping(windows: readonly Interval[]): readonly string[] {
  return windows.flatMap((one, at) => windows.slice(at + 1).flatMap((other) => sentenceOf(one, other)));
}

function sentenceOf(one: Interval, other: Interval): readonly string[] {
  if (one.text === undefined || other.text === undefined) return [];
  if (one.from >= other.until || other.from >= one.until || !sameWant(one.want, other.want)) return [];
  if (one.text !== other.text) return [`says ${one.text} and ${other.text}, which overlap`];
  const alike = one.from === other.from && one.until === other.until;
  return [alike ? `says ${one.text} twice` : `says ${one.text}, whose hours overlap`];
}
