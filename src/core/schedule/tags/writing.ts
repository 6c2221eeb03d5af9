import { minutesOfDay, showMinute } from '../clock/civil.ts';
import type { Want } from '../model.ts';
import { isUp, sameWant } from '../want.ts';
import { keysOfWeekday, nthOf, ofMonth, tagOf, weekdayNames } from './autoscale-keys.ts';
import type { Hourly } from './hourly.ts';

/** Entries of a timetable, without their zone; or why there are none that say the same. */
export type Written = { readonly entries: readonly string[] } | { readonly because: string };

/**
 * What tags of OCI-AutoScale say as a timetable of our own, with the same edges. Hours that are on become windows, of a
 * size where they have one. Where some hours are to be left alone, windows would say too much: then what an hour
 * begins becomes a one-sided time (`stop 16:00`), as far as all weeks are alike.
 */
export function written(hourly: Hourly): Written {
  const week = weekdayNames.map((_, index) => hoursOn(hourly, index + 1));
  if (!leavesAlone(hourly, week)) return { entries: windows(hourly, week) };
  if (everyWeekAlike(hourly)) return oneSided(week);
  return {
    because: `some hours are to be left alone, and not all weeks are alike (${apart(hourly)}); no timetable says both`,
  };
}

type Day = readonly Want[];

const alone: Day = Array.from({ length: 24 }, () => 'any');

function hoursOn({ hours }: Hourly, weekday: number): Day {
  const key = keysOfWeekday(weekday).find((each) => hours.has(each));
  return (key === undefined ? undefined : hours.get(key)) ?? alone;
}

function leavesAlone(hourly: Hourly, week: readonly Day[]): boolean {
  const special = [...hourly.hours].flatMap(([key, day]) => (nthOf(key) ? [day] : []));
  return [...week, ...special, [...hourly.month.values()]].flat().includes('any');
}

function everyWeekAlike({ hours, month }: Hourly): boolean {
  return month.size === 0 && ![...hours.keys()].some((key) => nthOf(key));
}

function apart({ hours, month }: Hourly): string {
  const nth = [...hours.keys()].filter((key) => nthOf(key)).map(tagOf);
  return [...nth, ...(month.size > 0 ? [tagOf(ofMonth)] : [])].join(', ');
}

function windows(hourly: Hourly, week: readonly Day[]): readonly string[] {
  const entries = alike(week).flatMap(([days, day]) => spans(day).map((span) => `${days} ${span}`));
  const nth = [...hourly.hours].flatMap(([key, day]) => {
    const found = nthOf(key);
    return found ? special(`${ordinals[found.nth - 1]} ${short(found.weekday)}`, day) : [];
  });
  const month = together([...hourly.month]).flatMap(([days, want]) =>
    special(`on ${days.join(',')}`, [want]),
  );
  const all = [...entries, ...nth, ...month];
  return all.some((entry) => !entry.endsWith('closed')) ? all : ['never'];
}

/** A day that says otherwise says so even where nothing is on in it. */
function special(days: string, day: Day): readonly string[] {
  const found = spans(day);
  return found.length === 0 ? [`${days} closed`] : found.map((span) => `${days} ${span}`);
}

/** `08:00-18:00`, `18:00-24:00 size 2`. */
function spans(day: Day): readonly string[] {
  return changes(day, undefined).flatMap(({ hour, want }, index, all) => {
    if (!isUp(want)) return [];
    const until = all[index + 1]?.hour ?? day.length;
    return [`${clock(hour, day)}-${clock(until, day)}${sizeOf(want)}`];
  });
}

function oneSided(week: readonly Day[]): Written {
  const turns = week.map((day, index) => {
    const before = week[(index + 6) % 7]?.at(-1);
    return changes(day, before).flatMap(({ hour, want }) => {
      if (want === 'any') return [];
      return [`${want === 'down' ? 'stop' : 'start'} ${clock(hour, day)}${sizeOf(want)}`];
    });
  });
  const entries = alike(turns).flatMap(([days, day]) => day.map((turn) => `${days} ${turn}`));
  return entries.length > 0 ? { entries } : { because: 'they leave it as it is at all hours' };
}

/** Where something else is wanted than before; the first hour too, unless `before` is the same. */
function changes(
  day: Day,
  before: Want | undefined,
): readonly { readonly hour: number; readonly want: Want }[] {
  return day.flatMap((want, hour) => {
    const last = hour === 0 ? before : day[hour - 1];
    return last !== undefined && sameWant(last, want) ? [] : [{ hour, want }];
  });
}

/** Weekdays that are alike, in one entry, so that no two entries are about one day. */
function alike<T>(week: readonly T[]): readonly (readonly [days: string, value: T])[] {
  return together(week.map((value, index) => [index, value] as const)).map(([days, value]) => [
    daysText(days),
    value,
  ]);
}

function together<T>(
  all: readonly (readonly [day: number, value: T])[],
): readonly (readonly [days: readonly number[], value: T])[] {
  const found = new Map<string, { readonly days: number[]; readonly value: T }>();
  for (const [day, value] of all) {
    const key = JSON.stringify(value);
    const known = found.get(key) ?? { days: [], value };
    known.days.push(day);
    found.set(key, known);
  }
  return [...found.values()].map(({ days, value }) => [days.toSorted((a, b) => a - b), value]);
}

/** `daily`, `Mon-Fri`, `Mon,Wed-Fri`. */
function daysText(days: readonly number[]): string {
  if (days.length === 7) return 'daily';
  const runs: (readonly [from: number, to: number])[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && last[1] === day - 1) runs[runs.length - 1] = [last[0], day];
    else runs.push([day, day]);
  }
  const name = (day: number) => short(weekdayNames[day] ?? '');
  return runs
    .map(([from, to]) => (from === to ? name(from) : `${name(from)}${to - from > 1 ? '-' : ','}${name(to)}`))
    .join(',');
}

const ordinals = ['1st', '2nd', '3rd', '4th', '5th'];

function short(weekday: string): string {
  return weekday.slice(0, 3);
}

function clock(hour: number, day: Day): string {
  return showMinute((hour * minutesOfDay) / day.length);
}

function sizeOf(want: Want): string {
  return typeof want === 'object' ? ` size ${want.size}` : '';
}
