import { dateOf, dayNumber, type LocalDate, msOfDay, msOfMinute, showMinute } from './civil.ts';
import { nextChange, offsetAt } from './offsets.ts';

export { zoneNamed } from './zone-names.ts';

/** What the clocks of a place show. */
export interface Local extends LocalDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** No clock was ever further from UTC than this. */
const farthest = 26 * 3_600_000;

export function localOf(zone: string, instant: number): Local {
  const shown = Math.floor((instant + offsetAt(zone, instant)) / 1000);
  const date = dateOf(Math.floor(shown / 86_400));
  const seconds = shown - date.number * 86_400;
  return {
    ...date,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
  };
}

/** Days since 1970-01-01 on the calendar that hangs there. */
export function localDay(zone: string, instant: number): number {
  return Math.floor((instant + offsetAt(zone, instant)) / msOfDay);
}

/**
 * The instant of a minute of a local day, in milliseconds; minutes from 1440 on are of the days after. A time
 * that is skipped is the first moment after the gap, one that comes twice is the first of the two.
 */
export function instantOf(zone: string, year: number, month: number, day: number, minute: number): number {
  return instantOfDay(zone, dayNumber(year, month, day), minute);
}

/** The same, the day given as days since 1970-01-01. */
export function instantOfDay(zone: string, day: number, minute: number): number {
  const shown = day * msOfDay + minute * msOfMinute;
  let from = shown - farthest;
  let offset = offsetAt(zone, from);
  for (;;) {
    const found = Math.max(from, shown - offset);
    const change = nextChange(zone, from, found + 1);
    if (change === undefined) return found;
    from = change;
    offset = offsetAt(zone, change);
  }
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `Wed 25 Nov 19:00`. */
export function showLocal(zone: string, instant: number): string {
  const { weekday, day, month, hour, minute } = localOf(zone, instant);
  return `${weekdays[weekday - 1]} ${day} ${months[month - 1]} ${showMinute(hour * 60 + minute)}`;
}

/** `Wed 19:00 Europe/Amsterdam (18:00 UTC)`; where UTC has another day, `Wed 02:00 Asia/Tokyo (Tue 17:00 UTC)`. */
export function showInBoth(zone: string, instant: number): string {
  const there = localOf(zone, instant);
  const clock = ({ hour, minute }: Local) => showMinute(hour * 60 + minute);
  const shown = `${weekdays[there.weekday - 1]} ${clock(there)} ${zone}`;
  if (zone === 'UTC') return shown;
  const utc = localOf('UTC', instant);
  const day = utc.weekday === there.weekday ? '' : `${weekdays[utc.weekday - 1]} `;
  return `${shown} (${day}${clock(utc)} UTC)`;
}
