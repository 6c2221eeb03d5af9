import { dateOf, msOfMinute } from '../clock/civil.ts';
import { midnightsOf } from '../clock/midnights.ts';
import { instantOfDay, localDay } from '../clock/zone.ts';
import type { Mark, Part } from './marks.ts';

/** Marks at their instants, in order: three lists of one length, because objects of so many take twice as long. */
export interface Placed {
  readonly at: readonly number[];
  /** Which part of the timetable each is of; absent where there is but one. */
  readonly part?: readonly number[];
  readonly mark: readonly Mark[];
}

/** A mark that holds, and since when. */
export interface Held {
  readonly at: number;
  readonly mark: Mark;
}

/** Marks older than this many days say nothing any more. */
const longestMark = 366;

/** The marks of all parts that fall between two instants, and those of two days before. */
export function placedOf(parts: readonly Part[], from: number, until: number): Placed {
  const [first, ...others] = parts.map((part) => placedMarks(part, from, until));
  if (!first) return { at: [], mark: [] };
  return others.length === 0 ? first : merged([first, ...others]);
}

/** The part that a place is of. */
export function partAt({ part }: Placed, place: number): number {
  return part === undefined ? 0 : (part[place] as number);
}

function placedMarks({ zone, marks }: Part, from: number, until: number): Placed {
  const placed = { at: [] as number[], mark: [] as Mark[] };
  const midnight = midnightsOf(zone);
  const last = localDay(zone, until) + 1;
  for (let day = localDay(zone, from) - 2; day <= last; day += 1) {
    const { date, at, even } = midnight(day);
    for (const mark of marks(date)) {
      placed.at.push(even ? at + mark.minute * msOfMinute : instantOfDay(zone, day, mark.minute));
      placed.mark.push(mark);
    }
  }
  return placed;
}

/** Of one instant in the order of the parts. */
function merged(all: readonly Placed[]): Placed {
  const [at, part, mark] = [
    all.flatMap((each) => each.at),
    all.flatMap((each, index) => each.at.map(() => index)),
    all.flatMap((each) => each.mark),
  ];
  const order = [...at.keys()].sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0));
  return {
    at: order.map((place) => at[place] as number),
    part: order.map((place) => part[place] as number),
    mark: order.map((place) => mark[place] as Mark),
  };
}

/** The mark that holds when time comes to an instant; one-sided ones hold nothing. */
export function markBefore(part: Part, placed: Placed, index: number, instant: number): Held | undefined {
  if (!part.levels) return undefined;
  for (let place = placed.at.length - 1; place >= 0; place -= 1) {
    const at = placed.at[place] as number;
    const mark = placed.mark[place] as Mark;
    if (at < instant && partAt(placed, place) === index && !mark.once) return { at, mark };
  }
  const day = localDay(part.zone, instant) - 3;
  for (let back = 0; back < longestMark; back += 1) {
    const mark = part.marks(dateOf(day - back)).findLast(({ once }) => !once);
    if (mark) return { at: instantOfDay(part.zone, day - back, mark.minute), mark };
  }
  return undefined;
}
