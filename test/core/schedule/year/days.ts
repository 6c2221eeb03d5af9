/** Days as people name them, and how much the name knows of a day: what knows more goes before what knows less. */
export interface Days {
  readonly rank: number;
  /** Days since 1970-01-01. */
  on(day: number): boolean;
}

const date = (day: number) => new Date(day * 86_400_000);
const weekday = (day: number) => date(day).getUTCDay() || 7;
const inMonth = (day: number) => date(day).getUTCDate();

export const daily: Days = { rank: 0, on: () => true };
export const weekdays: Days = { rank: 1, on: (day) => weekday(day) <= 5 };
export const weekends: Days = { rank: 1, on: (day) => weekday(day) >= 6 };

/** 1 is Monday. */
export function ofWeek(...wanted: readonly number[]): Days {
  return { rank: 2, on: (day) => wanted.includes(weekday(day)) };
}

export function nth(count: number, wanted: number): Days {
  return { rank: 3, on: (day) => weekday(day) === wanted && Math.ceil(inMonth(day) / 7) === count };
}

export function last(wanted: number): Days {
  return { rank: 3, on: (day) => weekday(day) === wanted && inMonth(day + 7) < inMonth(day) };
}

export function onThe(...wanted: readonly number[]): Days {
  return { rank: 4, on: (day) => wanted.includes(inMonth(day)) };
}

/** From the first to the last, `2026-12-24`. */
export function dates(from: string, to: string = from): Days {
  return { rank: 5, on: (day) => dayOf(from) <= day && day <= dayOf(to) };
}

export function dayOf(text: string): number {
  return Date.parse(text) / 86_400_000;
}
