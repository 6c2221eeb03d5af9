import { createHash } from 'node:crypto';

/** Answers numbers in [0, 1): the same ones in every run that starts from the same word (mulberry32). */
export function dice(word: string): () => number {
  let state = createHash('sha256').update(word).digest().readUInt32LE();
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the values, chosen by a number in [0, 1). */
export function pick<T>(values: readonly [T, ...T[]], roll: number): T {
  return values[Math.floor(roll * values.length)] ?? values[0];
}
