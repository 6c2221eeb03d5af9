import { dateOf, msOfMinute } from '../clock/civil.ts';
import { midnightsOf } from '../clock/midnights.ts';
import { instantOfDay, localDay } from '../clock/zone.ts';
import type { Mark, Part } from './marks.ts';

/** A mark at its instant. */
export interface Placed {
  readonly at: number;
  /** Which part of the timetable it is of. */
  readonly part: number;
  readonly mark: Mark;
}

/** Marks older than this many days say nothing any more. */
const longestMark = 366;

/** The marks of a part that fall between two instants, in order, and those of two days before. */
export function placedMarks(part: Part, index: number, from: number, until: number): Placed[] {
  const placed: Placed[] = [];
  const { zone } = part;
  const midnight = midnightsOf(zone);
  const last = localDay(zone, until) + 1;
  for (let day = localDay(zone, from) - 2; day <= last; day += 1) {
    const { at, even } = midnight(day);
    for (const mark of part.marks(dateOf(day)))
      placed.push({
        at: even ? at + mark.minute * msOfMinute : instantOfDay(zone, day, mark.minute),
        part: index,
        mark,
      });
  }
  return placed;
}

/** The mark that holds when time comes to an instant; one-sided ones hold nothing. */
export function markBefore(
  part: Part,
  placed: readonly Placed[],
  index: number,
  instant: number,
): Placed | undefined {
  if (!part.levels) return undefined;
  const near = placed.findLast(({ at, part, mark }) => part === index && at < instant && !mark.once);
  if (near) return near;
  const day = localDay(part.zone, instant) - 3;
  for (let back = 0; back < longestMark; back += 1) {
    const mark = part.marks(dateOf(day - back)).findLast(({ once }) => !once);
    if (mark) return { at: instantOfDay(part.zone, day - back, mark.minute), part: index, mark };
  }
  return undefined;
}
