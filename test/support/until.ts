import { setTimeout as pause } from 'node:timers/promises';

/** Looks until the answer is truthy, and answers it. After 45 s, or `within` ms, throws with all that helps to see why. */
export type Until = <T>(
  look: () => T | Promise<T>,
  what?: string,
  within?: number,
) => Promise<Exclude<T, undefined | null | false>>;

const DEADLINE = 45_000;
const POLL = 25;

/** @param scene what there is to see when something is not there */
export function untilWith(scene: () => Promise<string>): Until {
  return async (look, what = look.toString(), within = DEADLINE) => {
    const deadline = Date.now() + within;
    let last: unknown;
    do {
      try {
        const answer = await look();
        if (answer) return answer as Exclude<typeof answer, undefined | null | false>;
        last = answer;
      } catch (error) {
        last = error;
      }
      await pause(POLL);
    } while (Date.now() < deadline);
    throw new Error(
      `Waited ${within / 1_000} s for ${what}; the last look gave ${String(last)}.\n${await scene()}`,
    );
  };
}
