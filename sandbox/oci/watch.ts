import type { SandboxClock } from '../clock.ts';
import type { Store } from './store.ts';

/** The longest time that a Node timer can wait. */
const LONGEST = 2 ** 31 - 1;

/** Looks at the store whenever something in it is due, so that listeners hear of it in time. */
export class Watch {
  readonly #clock: SandboxClock;
  readonly #store: Store;
  readonly #unhook: readonly (() => void)[];
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #isLooking = false;

  constructor(clock: SandboxClock, store: Store) {
    this.#clock = clock;
    this.#store = store;
    this.#unhook = [
      clock.onMove(() => this.#look()),
      store.onChange(({ kind }) => {
        if (kind !== 'request' && kind !== 'traffic') this.#arm();
      }),
    ];
    this.#look();
  }

  close(): void {
    clearTimeout(this.#timer);
    for (const off of this.#unhook) off();
  }

  #look(): void {
    this.#isLooking = true;
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.#set(this.#store.settle());
    this.#isLooking = false;
  }

  /** A change may bring something that is due sooner. */
  #arm(): void {
    if (!this.#isLooking) this.#set(this.#store.nextDue);
  }

  #set(due: number | undefined): void {
    if (due === this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = due ?? Number.POSITIVE_INFINITY;
    if (due === undefined) return;
    const wait = Math.min(Math.max(0, due - this.#clock.now()), LONGEST);
    this.#timer = setTimeout(() => this.#look(), wait);
    this.#timer.unref();
  }
}
