import type { Mode } from './calendar.ts';
import type { LocalDate } from './clock/civil.ts';
import type { Want } from './model.ts';

/**
 * How much an entry knows of a day. What knows more goes before what knows less; calendars stand below what names
 * a date and above all else.
 */
export const ranks = {
  daily: 0,
  halfWeek: 1,
  weekday: 2,
  nth: 3,
  dayOfMonth: 4,
  calendar: 5,
  date: 6,
} as const;

export type Rank = (typeof ranks)[keyof typeof ranks];

export interface Days {
  readonly rank: Rank;
  has(date: LocalDate): boolean;
}

/** A moment on the clocks of the entry's zone: days since 1970-01-01, and a minute of that day. */
export interface ClockTime {
  readonly day: number;
  readonly minute: number;
}

export type Act =
  /** Minutes of the day it begins on; an end beyond 1440 is on the day after. */
  | { readonly type: 'window'; readonly from: number; readonly until: number; readonly want: Want }
  /** From a moment to a moment: it is added to whatever the days say. */
  | { readonly type: 'span'; readonly from: ClockTime; readonly until: ClockTime; readonly want: Want }
  /** A one-sided time. `freely`: as cron does, whatever others say of the day. */
  | {
      readonly type: 'once';
      readonly minutes: readonly number[];
      readonly want: Want;
      readonly freely: boolean;
    }
  | { readonly type: 'mode'; readonly mode: Mode };

export interface Entry {
  readonly days: Days;
  readonly act: Act;
  /** As it was written, without its zone. */
  readonly text: string;
  /** IANA; absent for `always` and `never`, which need none. */
  readonly zone?: string;
}
