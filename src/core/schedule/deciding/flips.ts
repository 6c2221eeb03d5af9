import { msOfDay } from '../clock/civil.ts';
import { localDay } from '../clock/zone.ts';
import type { Keep, Memory, Want } from '../model.ts';
import { isUp } from '../want.ts';
import { isRunning } from './standing.ts';

/** Two within this time, in milliseconds, are another bot. */
const within = msOfDay;

/** Those so far, and one more where somebody has just turned a resource against what a schedule did. */
export function flipsOf(
  memory: Memory | undefined,
  level: 'up' | 'down' | undefined,
  now: number,
  keep: Keep | undefined,
): readonly number[] {
  if (!memory) return [];
  const { flips, outcome, seen, decidedAt } = memory;
  // what is done by hand after the turn is not against the schedule, which has not acted since
  if ((flips.at(-1) ?? Number.NEGATIVE_INFINITY) > decidedAt) return flips;
  if (outcome !== 'done' || level === undefined || seen === undefined || level === seen) return flips;
  if (seen !== directionOf(memory.want)) return flips;
  if (keep && isRunning(keep, now) && keep.want === level) return flips;
  return [...flips, now].slice(-2);
}

/**
 * Whether somebody else decides too, so that it is left alone until the first edge of another day than the one of
 * the edge that was fought over.
 */
export function isFought(
  flips: readonly number[],
  memory: Memory | undefined,
  moment: number,
  zone: string,
): boolean {
  const [first, last] = flips.slice(-2);
  if (!memory || first === undefined || last === undefined || last - first >= within) return false;
  return localDay(zone, moment) <= localDay(zone, memory.edge);
}

/** Those that still count once an edge is followed: what fought over the other direction, or before, is over. */
export function flipsAfter(flips: readonly number[], before: Want, after: Want): readonly number[] {
  return flips.length > 1 || directionOf(before) !== directionOf(after) ? [] : flips;
}

export function directionOf(want: Want): 'up' | 'down' | undefined {
  if (want === 'any') return undefined;
  return isUp(want) ? 'up' : 'down';
}
