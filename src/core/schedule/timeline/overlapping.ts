import type { Calendar } from '../calendar.ts';
import { dateOf, minutesOfDay, showMinute } from '../clock/civil.ts';
import { localDay } from '../clock/zone.ts';
import type { Entry } from '../entry.ts';
import { sameWant } from '../want.ts';
import { type DayPlan, DayRules } from './day-rules.ts';
import { type Interval, shifted } from './interval.ts';

/** The entries of one zone. */
export interface Place {
  readonly zone: string;
  readonly entries: readonly Entry[];
}

/**
 * Windows that both count on some day and have hours in common, and what they come to. Those of different sizes may:
 * the last to begin decides. Sentences without their subject, each once.
 *
 * @param idle texts of what has no effect, which is told of by itself
 */
export function overlapsOf(
  places: readonly Place[],
  calendars: readonly Calendar[],
  { from, to, idle }: { readonly from: number; readonly to: number; readonly idle: readonly string[] },
): readonly string[] {
  const found = places.flatMap(({ zone, entries }) => {
    if (entries.filter(({ act }) => act.type === 'window').length < 2) return [];
    const [first, last] = [localDay(zone, from), localDay(zone, to)];
    return [...overlapsBetween(first, last, new DayRules(entries, calendars), idle)];
  });
  return [...new Set(found)];
}

/** Days since 1970-01-01. Most days are alike, and so are most nights between them. */
function overlapsBetween(
  first: number,
  last: number,
  rules: DayRules,
  idle: readonly string[],
): ReadonlySet<string> {
  const sentences = new Set<string>();
  const seen = new Map<DayPlan, Set<DayPlan>>();
  let yesterday = rules.of(dateOf(first - 1));
  for (let day = first; day <= last; day += 1) {
    const today = rules.of(dateOf(day));
    const known = seen.get(today) ?? new Set();
    if (!known.has(yesterday)) {
      seen.set(today, known.add(yesterday));
      const windows = [...lateOf(yesterday), ...today.windows].filter(
        ({ text = '' }) => !idle.includes(text),
      );
      for (const sentence of overlapping(windows)) sentences.add(sentence);
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
  const together = `they are one window then, ${wantedUp(one)} ${hoursOf(one, other)}`;
  if (one.text !== other.text) return [`says ${one.text} and ${other.text}, which overlap: ${together}`];
  const alike = one.from === other.from && one.until === other.until;
  return [alike ? `says ${one.text} twice` : `says ${one.text}, whose hours overlap: ${together}`];
}

function wantedUp({ want }: Interval): string {
  return typeof want === 'object' ? `of size ${want.size}` : 'up';
}

/** From the day on which the earlier one begins: `07:30-22:00`. */
function hoursOf(one: Interval, other: Interval): string {
  const from = Math.min(one.from, other.from);
  const minutes = Math.max(one.until, other.until) - from;
  const begins = ((from % minutesOfDay) + minutesOfDay) % minutesOfDay;
  const ends = begins + minutes;
  const days = Math.ceil(ends / minutesOfDay) - 1;
  const later = ['', ' of the day after'][days] ?? ` ${days} days later`;
  return `${showMinute(begins)}-${showMinute(ends - days * minutesOfDay)}${later}`;
}
