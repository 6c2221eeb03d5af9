import { shownMinute } from '../clock.ts';

/** The year, in minutes since 1970-01-01T00:00Z, and some days before it, in which some of it begins. */
export const begins = Date.UTC(2026, 0, 1) / 60_000;
export const ends = Date.UTC(2027, 0, 1) / 60_000;
export const before = begins - 8 * 1440;

/** Clocks are set at whole quarters of an hour, so that between two of them they go on minute by minute. */
const quarter = 15;

const known = new Map<string, Int32Array>();

/**
 * How far a zone's clocks have come by each minute from `before` to `ends`, in minutes since 1970 of their own. They
 * do not go back: when they are set back they stand still here until they are where they were, so that what happens
 * at a time of theirs happens once. When they are set forward everything in the gap is reached at once.
 */
export function clocksOf(zone: string): Int32Array {
  const found = known.get(zone);
  if (found) return found;
  const clocks = new Int32Array(ends - before + 1);
  let farthest = shownMinute(zone, (before - 180) * 60_000);
  let shown = farthest;
  for (let minute = 0; minute < clocks.length; minute++) {
    shown = minute % quarter === 0 ? shownMinute(zone, (before + minute) * 60_000) : shown + 1;
    farthest = Math.max(farthest, shown);
    clocks[minute] = farthest;
  }
  known.set(zone, clocks);
  return clocks;
}

/** The day of its own, since 1970, that a zone has at a minute of ours. */
export function dayIn(zone: string, minute: number): number {
  return Math.floor(shownMinute(zone, minute * 60_000) / 1440);
}
