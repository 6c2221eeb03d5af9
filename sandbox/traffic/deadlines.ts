import type { SandboxClock } from '../clock.ts';

/** Something that ends unless it is touched in time. */
export interface Deadline {
  /** It has its whole time again. */
  touch(): void;
  cancel(): void;
}

interface Entry {
  at: number;
  readonly lasts: number;
  readonly fire: () => void;
}

/** Real time that what is under way gets to notice that the clock was moved, before it is too late for it. */
const NOTICE = 250;
const LONGEST = 2 ** 31 - 1;

/**
 * Timeouts by the sandbox clock, thousands of them by one timer: nearly all are cancelled, so that one that
 * is touched or cancelled costs nothing and only the earliest is waited for.
 */
export class Deadlines {
  readonly #clock: SandboxClock;
  readonly #entries = new Set<Entry>();
  readonly #unhook: () => void;
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
    this.#unhook = clock.onMove(() => {
      if (this.#entries.size > 0) this.#wait(NOTICE, clock.now());
    });
  }

  add(lasts: number, fire: () => void): Deadline {
    const entry: Entry = { at: this.#clock.now() + lasts, lasts, fire };
    this.#entries.add(entry);
    if (entry.at < this.#dueAt) this.#wait(lasts, entry.at);
    return {
      touch: () => {
        entry.at = this.#clock.now() + lasts;
      },
      cancel: () => {
        this.#entries.delete(entry);
      },
    };
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#unhook();
    this.#entries.clear();
  }

  #look(): void {
    this.#dueAt = Number.POSITIVE_INFINITY;
    const now = this.#clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const entry of [...this.#entries]) {
      if (entry.at <= now) {
        this.#entries.delete(entry);
        entry.fire();
      } else next = Math.min(next, entry.at);
    }
    if (next < this.#dueAt) this.#wait(next - now, next);
  }

  #wait(ms: number, dueAt: number): void {
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => this.#look(), Math.min(ms, LONGEST));
    this.#timer.unref();
  }
}
