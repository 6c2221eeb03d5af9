import { Temporal } from 'temporal-polyfill';

/** A time on the clocks of a place. Months from 1. */
export interface Local {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

export function localOf(at: number, zone: string): Local {
  const { year, month, day, hour, minute } =
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return { year, month, day, hour, minute };
}

/** The instant of a local time: the first valid one after a time that is skipped, the first of two. */
export function instantOf(local: Local, zone: string): number {
  const wanted = Temporal.PlainDateTime.from(local);
  const found = wanted.toZonedDateTime(zone);
  if (found.toPlainDateTime().equals(wanted)) return found.epochMilliseconds;
  return found.getTimeZoneTransition('previous')?.epochMilliseconds ?? found.epochMilliseconds;
}
