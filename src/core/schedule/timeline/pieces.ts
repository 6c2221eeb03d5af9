import type { Calendar } from '../calendar.ts';
import { dateOf, minutesOfDay, msOfDay } from '../clock/civil.ts';
import { localDay } from '../clock/zone.ts';
import type { Entry } from '../entry.ts';
import type { Want } from '../model.ts';
import { isUp, sameWant } from '../want.ts';
import type { Place } from './overlapping.ts';
import { partOf } from './rules.ts';
import { type Strip, Strips, stripLength } from './strips.ts';
import { timetableOf } from './timeline.ts';
import { wantAfter } from './turns.ts';

/** Entries of one piece of a timetable, which are of the same days: what is written between two commas. */
export type Piece = readonly Entry[];

/** What there is to hold a timetable without one of its pieces against the whole of it. */
export interface Ground {
  readonly calendars: readonly Calendar[];
  /** Of entries that are left, by their zones, as they would be read without the others. */
  placed(entries: readonly Entry[]): readonly Place[];
  readonly from: number;
  readonly to: number;
}

/** Whether it would make a difference if it stood beside these. */
export function counts(piece: Piece, others: readonly Piece[], ground: Ground): boolean {
  return !isSame(courseOf(others, ground), courseOf([...others, piece], ground), ground);
}

export function without(pieces: readonly Piece[], piece: Piece): readonly Piece[] {
  return pieces.filter((each) => each !== piece);
}

export function textOf([first]: Piece): string {
  return first?.text ?? '';
}

/** Turn by turn and freeze by freeze: what is wanted at any moment follows from these. */
interface Course {
  /** What is wanted as the time begins; where it is frozen then, what is as soon as it no longer is. */
  first(): Want;
  /** What the strip that a moment is in comes to, as a text. */
  of(moment: number): string;
  /** Whether anything is up at any moment of the time. */
  isEverUp(): boolean;
}

export function courseOf(pieces: readonly Piece[], ground: Ground): Course {
  const { calendars, placed, from } = ground;
  const parts = placed(pieces.flat()).map(({ zone, entries }) => partOf(entries, calendars, zone));
  const strips = new Strips(parts);
  const known = new Map<number, string>();
  const timetable = timetableOf({ text: '', zone: 'UTC', parts });
  return {
    isEverUp: () =>
      isUp(timetable.at(from).want) ||
      startsOf(ground).some((start) =>
        strips
          .of(start)
          .turns.all()
          .some((turn) => turn.at > from && turn.at <= ground.to && isUp(turn.want)),
      ),
    first: () => {
      const { want, frozen, until } = timetable.at(from);
      return frozen && until !== undefined ? timetable.at(until).want : want;
    },
    of: (moment) => {
      const text = known.get(moment) ?? shown(strips.of(moment), ground);
      known.set(moment, text);
      return text;
    },
  };
}

/** @param likely a moment at which they may well differ: it is looked at first */
export function isSame(one: Course, other: Course, ground: Ground, likely = ground.from): boolean {
  const starts = startsOf(ground);
  const after = starts.filter((start) => start >= startOf(likely));
  return (
    [...after, ...starts].every((start) => one.of(start) === other.of(start)) &&
    sameWant(one.first(), other.first())
  );
}

/** Of the strips of the time. */
function startsOf({ from, to }: Ground): readonly number[] {
  const count = Math.floor((to - startOf(from)) / stripLength) + 1;
  return Array.from({ length: count }, (_, nth) => startOf(from) + nth * stripLength);
}

function startOf(moment: number): number {
  return Math.floor(moment / stripLength) * stripLength;
}

/** The first moment at which it may count; undefined where it is about no day of that time. */
export function firstOf(piece: Piece, { from, to }: Ground): number | undefined {
  const days = piece.flatMap((entry) => {
    const { act, zone = 'UTC' } = entry;
    if (act.type === 'span') {
      const isPast = act.until.day < localDay(zone, from) || act.from.day > localDay(zone, to);
      return isPast ? [] : [act.from.day];
    }
    return daysOf(entry, from, to).slice(0, 1);
  });
  return days.length === 0 ? undefined : Math.min(to, Math.max(from, Math.min(...days) * msOfDay));
}

/** Those that it means and on which what begins may count then: a window of the day before may go on. */
export function daysOf({ act, days, zone = 'UTC' }: Entry, from: number, to: number): readonly number[] {
  const late = act.type === 'window' && act.until > minutesOfDay ? 1 : 0;
  const [first, last] = [localDay(zone, from) - late, localDay(zone, to)];
  return Array.from({ length: last - first + 1 }, (_, nth) => first + nth).filter((day) =>
    days.has(dateOf(day)),
  );
}

function shown({ turns, freezes }: Strip, { from, to }: Ground): string {
  const within = turns.all().filter(({ at }) => at >= from && at <= to);
  return JSON.stringify([
    within.map((turn) => [turn.at, turn.want, wantAfter(turn)]),
    freezes.filter((each) => each.until > from && each.from <= to).map((each) => [each.from, each.until]),
  ]);
}
