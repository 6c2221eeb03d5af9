import { setTimeout as pause } from 'node:timers/promises';

/** Looks until the answer is truthy, and answers it. After 15 s throws with all that helps to see why. */
export type Until = <T>(
  look: () => T | Promise<T>,
  what?: string,
) => Promise<Exclude<T, undefined | null | false>>;

const DEADLINE = 15_000;
const POLL = 25;

/** @param scene what there is to see when something is not there */
export function untilWith(scene: () => Promise<string>): Until {
  return async (look, what = look.toString()) => {
    const deadline = Date.now() + DEADLINE;
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
    throw new Error(`Waited 15 s for ${what}; the last look gave ${String(last)}.\n${await scene()}`);
  };
}
