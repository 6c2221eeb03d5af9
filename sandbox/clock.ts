/**
 * The sandbox's time: real time plus an offset that the control API moves, forward only in effect
 * for those who sleep. Both emulators and the bot live by it, so that advancing it by an hour makes
 * an hour pass for schedules, expiries and lifecycle durations alike.
 */
export class SandboxClock {
  #offset: number;
  readonly #sleepers = new Set<() => void>();
  readonly #listeners = new Set<(offset: number) => void>();

  constructor(offset = 0) {
    this.#offset = offset;
  }

  /** Milliseconds between this clock and real time. */
  get offset(): number {
    return this.#offset;
  }

  set offset(ms: number) {
    this.#offset = ms;
    for (const wake of [...this.#sleepers]) wake();
    for (const tell of this.#listeners) tell(ms);
  }

  now(): number {
    return Date.now() + this.#offset;
  }

  advance(ms: number): void {
    this.offset = this.#offset + ms;
  }

  /** Resolves after `ms` of this clock's time, or at once when the signal aborts. */
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const until = this.now() + ms;
    while (!signal?.aborted && this.now() < until) {
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          this.#sleepers.delete(done);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, Math.min(until - this.now(), 2 ** 31 - 1));
        this.#sleepers.add(done);
        signal?.addEventListener('abort', done, { once: true });
      });
    }
  }

  /** Calls back with the new offset after each move; answers how to stop. */
  onMove(listener: (offset: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
