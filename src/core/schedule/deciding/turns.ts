import { msOfDay, msOfMinute } from '../clock/civil.ts';
import type { Memory, Tried, Want } from '../model.ts';
import { directionOf } from './flips.ts';

/** What is turned back so soon after a schedule's act, in milliseconds, is hardly turned by a person each time. */
const atOnce = 15 * msOfMinute;
/** So long what somebody else decides about is left alone, in milliseconds. */
export const leftFor = 7 * msOfDay;
const inARow = 2;

/** An act is begun: where the one before it in its direction was let be, nobody contests them. */
export function tryAgain(tried: Tried | undefined, want: Want, edge: number): Tried | undefined {
  const direction = directionOf(want);
  if (!direction) return tried;
  const last = tried?.[direction];
  if (last && edge <= last.edge) return tried;
  return { ...tried, [direction]: { edge, turned: last?.turnedAt === undefined ? 0 : last.turned } };
}

/** It got there. */
export function triedUntil(tried: Tried | undefined, want: Want, now: number): Tried | undefined {
  const direction = directionOf(want);
  const last = direction && tried?.[direction];
  return last ? { ...tried, [direction]: { ...last, doneAt: now } } : tried;
}

/** Those of a memory, and one more where a look has found that the last act was turned back at once. */
export function turnsOf(
  memory: Memory | undefined,
  flips: readonly number[],
  now: number,
): Tried | undefined {
  if (!memory) return undefined;
  const { tried, want } = memory;
  const direction = directionOf(want);
  const last = direction && tried?.[direction];
  const isNew = flips.at(-1) === now && memory.flips.at(-1) !== now;
  if (!last || !isNew || last.turnedAt !== undefined || now - (last.doneAt ?? 0) > atOnce) return tried;
  return { ...tried, [direction]: { ...last, turned: last.turned + 1, turnedAt: now } };
}

/** Whether somebody else decides too: acts in one direction, one after the other, were turned back at once. */
export function isContested(tried: Tried | undefined, moment: number): boolean {
  return [tried?.up, tried?.down].some(
    (each) => each?.turnedAt !== undefined && each.turned >= inARow && moment < each.turnedAt + leftFor,
  );
}
