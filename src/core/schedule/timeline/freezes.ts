import { dateOf } from '../clock/civil.ts';
import { instantOfDay, localDay } from '../clock/zone.ts';
import type { Part } from './marks.ts';

/** A run of days on which everything stays as it is: from its first instant to, but not including, its end. */
export interface Freeze {
  readonly from: number;
  readonly until: number;
  readonly label: string;
}

/** No freeze is followed further than this, in days. */
const longestFreeze = 731;

/** Those that touch what lies between two instants, in order, none touching another. */
export function freezesOf(parts: readonly Part[], from: number, until: number): readonly Freeze[] {
  const found = parts.flatMap((part) => freezesOfPart(part, from, until)).toSorted((a, b) => a.from - b.from);
  const merged: Freeze[] = [];
  for (const each of found) {
    const last = merged.at(-1);
    if (!last || each.from > last.until) merged.push(each);
    else if (each.until > last.until) merged[merged.length - 1] = { ...last, until: each.until };
  }
  return merged;
}

function freezesOfPart(part: Part, from: number, until: number): Freeze[] {
  const label = (day: number) => part.frozen?.(dateOf(day));
  if (!part.frozen) return [];
  const found: Freeze[] = [];
  const last = localDay(part.zone, until) + 1;
  for (let day = localDay(part.zone, from) - 1; day <= last; day += 1) {
    const called = label(day);
    if (called === undefined) continue;
    let first = day;
    while (day - first < longestFreeze && label(first - 1) !== undefined) first -= 1;
    while (day - first < 2 * longestFreeze && label(day + 1) !== undefined) day += 1;
    found.push({
      from: instantOfDay(part.zone, first, 0),
      until: instantOfDay(part.zone, day + 1, 0),
      label: called,
    });
  }
  return found;
}
