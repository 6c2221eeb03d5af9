import { dateOf, minutesOfDay, msOfMinute } from './civil.ts';
import type { Mark, Part } from './marks.ts';
import { nextChange } from './offsets.ts';
import { instantOfDay, localDay } from './zone.ts';

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
  const last = localDay(part.zone, until) + 1;
  for (let day = localDay(part.zone, from) - 2; day <= last; day += 1) placeDay(part, index, day, placed);
  return placed;
}

function placeDay(part: Part, index: number, day: number, into: Placed[]): void {
  const marks = part.marks(dateOf(day));
  if (marks.length === 0) return;
  const { zone } = part;
  const midnight = instantOfDay(zone, day, 0);
  const even = isEven(zone, day, midnight);
  for (const mark of marks) {
    const at = even ? midnight + mark.minute * msOfMinute : instantOfDay(zone, day, mark.minute);
    into.push({ at, part: index, mark });
  }
}

/** Whether the clocks run through from midnight to midnight, as on nearly all days. */
function isEven(zone: string, day: number, midnight: number): boolean {
  const next = midnight + minutesOfDay * msOfMinute;
  return nextChange(zone, midnight - 1, next + 1) === undefined && localDay(zone, midnight) === day;
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
