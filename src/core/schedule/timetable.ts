import type { Calendar } from './calendar.ts';
import type { Entry } from './entry.ts';
import type { Timetable } from './model.ts';
import type { Problem, Reading } from './problem.ts';
import { partOf } from './rules.ts';
import { timetableOf } from './timeline.ts';
import { readEntries } from './windows.ts';

export type { Problem, Reading } from './problem.ts';

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
  const zone = entries.find((entry) => entry.zone !== undefined)?.zone ?? options.defaultZone ?? 'UTC';
  return { value: timetableOf({ text: textOf(list), zone, parts: partsOf(entries, calendars, zone) }) };
}

/** Each zone has days of its own. */
function partsOf(entries: readonly Entry[], calendars: readonly Calendar[], zone: string) {
  const zones = [...new Set(entries.map((entry) => entry.zone ?? zone))];
  return zones.map((each) =>
    partOf(
      entries.filter((entry) => (entry.zone ?? zone) === each),
      calendars,
      each,
    ),
  );
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
