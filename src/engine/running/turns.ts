import { type Hand, Parked } from './hand.ts';

/**
 * Who waits for what takes one change at a time, in the order in which they came. A turn is kept from the call that
 * asks for the change to its end, which another process does not see: OCI's 409 is still to be reckoned with.
 */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();

  /** Does the work when all who came before are through. Throws Parked when the hand is to halt before that. */
  async run<T>(name: string, { halt }: Pick<Hand, 'halt'>, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name);
    let through = () => {};
    const turn = new Promise<void>((resolve) => {
      through = resolve;
    });
    const last = before ? before.then(() => turn) : turn;
    this.#last.set(name, last);
    try {
      await (before && either(before, halt));
      if (halt.aborted) throw new Parked();
      return await work();
    } finally {
      through();
      if (this.#last.get(name) === last) this.#last.delete(name);
    }
  }
}

async function either(before: Promise<void>, halt: AbortSignal): Promise<void> {
  let stop = () => {};
  const halted = new Promise<void>((resolve) => {
    stop = resolve;
    halt.addEventListener('abort', stop, { once: true });
  });
  await Promise.race([before, halted]);
  halt.removeEventListener('abort', stop);
}
