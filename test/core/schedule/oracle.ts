import fc from 'fast-check';
import { shownMinute } from './clock.ts';

/**
 * Timetables as they are made up for tests, with what they mean told a second time: minute by minute, by the
 * platform's clocks, without anything of what is tested.
 */
export interface Made {
  readonly text: string;
  readonly rank: number;
  readonly from: number;
  /** Absent for what is one-sided. */
  readonly until?: number;
  readonly act?: 'start' | 'stop';
  readonly size?: string;
  on(day: number): boolean;
}

const date = (day: number) => new Date(day * 86_400_000);
const weekday = (day: number) => date(day).getUTCDay() || 7;
const inMonth = (day: number) => date(day).getUTCDate();
const isLast = (day: number, step: number) => date(day).getUTCMonth() !== date(day + step).getUTCMonth();

type DaysMade = Pick<Made, 'text' | 'rank' | 'on'>;

const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function ofWeek(text: string, rank: number, ...days: number[]): DaysMade {
  return { text, rank, on: (day) => days.includes(weekday(day)) };
}

const days: fc.Arbitrary<DaysMade> = fc.oneof(
  fc.constantFrom(
    ofWeek('daily', 0, 1, 2, 3, 4, 5, 6, 7),
    ofWeek('weekdays', 1, 1, 2, 3, 4, 5),
    ofWeek('Mon-Fri', 1, 1, 2, 3, 4, 5),
    ofWeek('weekends', 1, 6, 7),
    ofWeek('Sat,Sun', 1, 6, 7),
    ofWeek('Fri-Mon', 2, 5, 6, 7, 1),
    ofWeek('Tue,Thu', 2, 2, 4),
    { text: 'last day', rank: 4, on: (day: number) => isLast(day, 1) },
  ),
  fc.integer({ min: 1, max: 7 }).map((day) => ofWeek(names[day - 1] ?? '', 2, day)),
  fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 4 })).map(([wanted, nth]) => ({
    text: `${['1st', '2nd', '3rd', '4th'][nth - 1]} ${names[wanted - 1]}`,
    rank: 3,
    on: (day: number) => weekday(day) === wanted && Math.ceil(inMonth(day) / 7) === nth,
  })),
  fc.integer({ min: 1, max: 7 }).map((wanted) => ({
    text: `last ${names[wanted - 1]}`,
    rank: 3,
    on: (day: number) => weekday(day) === wanted && isLast(day, 7),
  })),
  fc.integer({ min: 1, max: 31 }).map((wanted) => ({
    text: `on ${wanted}`,
    rank: 4,
    on: (day: number) => inMonth(day) === wanted,
  })),
);

/** Small hours more often than others: that is when clocks are set. */
const minute = fc.oneof(
  fc.integer({ min: 0, max: 1439 }),
  fc.integer({ min: 0, max: 16 }).map((quarter) => quarter * 15),
);

export const windows: fc.Arbitrary<Made> = fc
  .tuple(days, minute, minute, fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined, freq: 4 }))
  .filter(([, from, until]) => from !== until)
  .map(([each, from, until, size]) => ({
    ...each,
    text: `${each.text} ${clock(from)}-${clock(until)}${size === undefined ? '' : ` size ${size}`}`,
    from,
    until: until < from ? until + 1440 : until,
    ...(size === undefined ? {} : { size: String(size) }),
  }));

export const onces: fc.Arbitrary<Made> = fc
  .tuple(days, fc.constantFrom('start' as const, 'stop' as const), minute)
  .map(([each, act, at]) => ({ ...each, text: `${each.text} ${act} ${clock(at)}`, from: at, act }));

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** How far the clocks have come by a moment, which are never more than three hours back for having been set. */
export function reached(zone: string, moment: number): number {
  let farthest = Number.NEGATIVE_INFINITY;
  for (let at = moment - 180 * 60_000; at <= moment; at += 60_000)
    farthest = Math.max(farthest, shownMinute(zone, at));
  return farthest;
}

/** What windows want when the clocks have come to a minute since 1970 of their own. */
export function wanted(made: readonly Made[], clocks: number): string {
  const today = Math.floor(clocks / 1440);
  const running = [today - 1, today].flatMap((day) => {
    const meant = made.filter((each) => each.on(day) && each.until !== undefined);
    const most = Math.max(...meant.map(({ rank }) => rank));
    return meant
      .filter(({ rank }) => rank === most)
      .map((each) => ({ ...each, begins: day * 1440 + each.from, ends: day * 1440 + (each.until ?? 0) }))
      .filter(({ begins, ends }) => begins <= clocks && clocks < ends);
  });
  if (running.length === 0) return 'down';
  const sized = running.filter(({ size }) => size !== undefined).toSorted((a, b) => b.begins - a.begins);
  const sizes = new Set(sized.filter(({ begins }) => begins === sized[0]?.begins).map(({ size }) => size));
  if (sized.length === 0) return 'up';
  return sizes.size === 1 ? `size ${[...sizes][0]}` : 'any of some sizes';
}
