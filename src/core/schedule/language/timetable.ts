import type { Calendar } from '../calendar.ts';
import type { Entry } from '../entry.ts';
import type { Timetable } from '../model.ts';
import { idlesOf, neverUp } from '../timeline/idle.ts';
import { overlapsOf, type Place } from '../timeline/overlapping.ts';
import { partOf } from '../timeline/rules.ts';
import { timetableOf } from '../timeline/timeline.ts';
import type { Problem, Reading } from './problem.ts';
import { readEntries } from './windows.ts';

export type { Problem, Reading } from './problem.ts';

/**
 * Reads a timetable: one string, or a list of them.
 *
 *     timetable = piece {"," piece} [zone]
 *     piece     = "always" | "never"
 *               | [days] hours {hours} ["size" size]         up from then to then
 *               | days ["size" size]                         up all day; at the end of a string
 *               | instant ".." instant ["size" size]         up from then to then, whatever the day
 *               | [days] "start" time ["size" size]          one-sided: only acts
 *               | [days] "stop" time
 *               | ("start" | "stop") "cron(" fields ")"      see `readCron`
 *               | days ("closed" | "open" | "freeze")        see `Calendar`
 *     days      = week {"," week} | nth {"," nth} | "on" number {"," number} | "last day" | date [".." date]
 *     week      = day ["-" day] | "weekdays" | "weekends" | "daily"
 *     nth       = ("1st" | "2nd" | "3rd" | "4th" | "5th" | "last") day
 *     number    = 1 to 31, or a range of them
 *     hours     = time "-" time                              an end that is not later is of the day after
 *     time      = 00:00 to 23:59; 24:00 as an end
 *     date      = 2026-12-24
 *     instant   = date "T" time
 *     zone      = an IANA name, or UTC
 *
 * Case, dashes, spaces, `to`, `and` and the like are read generously. A zone holds for what stands before it in its
 * string, and for all of the string where there is no other; without one `defaultZone` holds; `always` and `never`
 * need none.
 *
 * Where there is a window, what lies outside is down. Of windows that overlap the last to begin decides the size.
 * What knows more of a day goes before what knows less (`ranks`, `DayRules`): `daily` < `Mon-Fri`, `Sat,Sun` < other
 * days of the week < Nth < day of the month < calendars < dates; what knows equally much is a union, and so are
 * entries of different zones, which have days of their own. `always` is daily from 00:00 to 24:00, `never` is daily
 * closed.
 *
 * One-sided times act whatever was wanted before, each time. Where windows want the opposite at that moment, `any`
 * is wanted from then until the windows say something again, and where there are no windows, until the next time;
 * where they want the same they go on wanting it. At one instant up goes before down.
 *
 * Answers all problems at once.
 */
export function readTimetable(
  written: string | readonly string[],
  calendars: readonly Calendar[] = [],
  options: { readonly defaultZone?: string } = {},
): Reading<Timetable> {
  const list = typeof written === 'string' ? [written] : written;
  const read = list.map((text) => readEntries(text, options.defaultZone));
  const problems: Problem[] = read.flatMap(({ wrong }, entry) => wrong.map((each) => ({ ...each, entry })));
  const entries = read.flatMap((each) => each.entries);
  if (problems.length > 0) return { problems };
  const idle = idleOf(list, entries);
  if (idle) return { problems: [idle] };
  const zone = zoneOf(entries, options.defaultZone);
  const places = placesOf(entries, zone);
  const parts = places.map((place) => partOf(place.entries, calendars, place.zone));
  const timetable = timetableOf({ text: textOf(list), zone, parts });
  const placed = (left: readonly Entry[]) => placesOf(left, zoneOf(left, options.defaultZone));
  const overlaps = (from: number, to: number) => {
    const ground = { calendars, placed, from, to };
    const idle = idlesOf(entries, ground);
    const left = idle.map(({ text }) => text);
    return [
      ...neverUp(entries, ground),
      ...idle.map(({ sentence }) => sentence),
      ...overlapsOf(places, calendars, { from, to, idle: left }),
    ];
  };
  return { value: { ...timetable, overlaps } };
}

/** Of what needs none: that of the others. */
function zoneOf(entries: readonly Entry[], defaultZone: string | undefined): string {
  return entries.find((entry) => entry.zone !== undefined)?.zone ?? defaultZone ?? 'UTC';
}

/** Each zone has days of its own. */
function placesOf(entries: readonly Entry[], zone: string): readonly Place[] {
  const zones = [...new Set(entries.map((entry) => entry.zone ?? zone))];
  return zones.map((each) => ({
    zone: each,
    entries: entries.filter((entry) => (entry.zone ?? zone) === each),
  }));
}

function textOf(list: readonly string[]): string {
  return list.map((text) => text.trim().replace(/\s+/g, ' ').replace(/[,;]$/, '')).join(', ');
}

/** Something has to bring things up or down; closed days alone do neither. */
function idleOf(list: readonly string[], entries: readonly Entry[]): Problem | undefined {
  const acts = entries.some(
    ({ act, text }) => act.type !== 'mode' || act.mode === 'open' || /^never\b/.test(text),
  );
  if (acts) return undefined;
  return {
    text: list.join(', '),
    entry: 0,
    sentence:
      list.length === 0 ? 'This says no times.' : 'This says only when it is not up, and never when it is.',
    hint: 'Write a window too, such as Mon-Fri 07:30-20:00 Europe/Amsterdam, or always.',
  };
}
