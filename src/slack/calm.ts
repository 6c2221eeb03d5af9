import { setTimeout as pause, setImmediate as turnOfTheLoop } from 'node:timers/promises';

/** Slack has said nothing for this long, in ms of real time: nobody waits for an acknowledgement. */
const quiet = 5;
/** No turn waits longer than this for a quiet moment, in ms of real time. */
const longest = 200;

/**
 * Gives acknowledgements precedence. Slack waits 3 s for one and not at all for the work behind it, so
 * the work takes turns in quiet moments, one in a turn of the event loop. However busy Slack is, a turn
 * comes every 200 ms.
 */
export class Calm {
  readonly #waiting: (() => void)[] = [];
  #latest = Number.NEGATIVE_INFINITY;
  #turning = false;

  /** Slack said something that wants an acknowledgement. */
  heard(): void {
    this.#latest = performance.now();
  }

  /** Resolves when it is this caller's turn, in the order of asking. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (!this.#turning) void this.#giveTurns();
    });
  }

  async #giveTurns(): Promise<void> {
    this.#turning = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      const asked = performance.now();
      for (let wait = this.#untilQuiet(asked); wait > 0; wait = this.#untilQuiet(asked)) await pause(wait);
      next();
      await turnOfTheLoop();
    }
    this.#turning = false;
  }

  #untilQuiet(asked: number): number {
    const now = performance.now();
    return Math.min(this.#latest + quiet - now, asked + longest - now);
  }
}
