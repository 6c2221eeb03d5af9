import type { Socket } from 'node:net';
import type { Deadlines } from './deadlines.ts';
import type { Heading } from './flow-choice.ts';

/** One connection through a network load balancer: both ends of it, as if there were nothing in between. */
export class Flow {
  readonly listener: string;
  readonly heading: Heading;
  readonly #client: Socket;
  readonly #other: Socket;
  #isEstranged = false;

  constructor(listener: string, heading: Heading, ends: { readonly client: Socket; readonly other: Socket }) {
    this.listener = listener;
    this.heading = heading;
    this.#client = ends.client;
    this.#other = ends.other;
  }

  /**
   * Passes on what either side says, until both have ended or nothing is heard for `idle` milliseconds. `heard` is
   * called with each piece of the client.
   */
  begin(on: { readonly deadlines: Deadlines; readonly idle: number; heard(): void; ended(): void }): void {
    const idle = on.deadlines.add(on.idle, () => this.reset());
    this.#client.on('data', on.heard);
    for (const [from, to] of [
      [this.#client, this.#other],
      [this.#other, this.#client],
    ] as const) {
      from.on('data', idle.touch);
      // one that has ended well has passed its end on already
      from.on('close', () => {
        if (!from.readableEnded && !this.#isEstranged) to.resetAndDestroy();
      });
      from.pipe(to);
    }
    this.#client.on('close', () => {
      idle.cancel();
      on.ended();
    });
  }

  /** Both sides are told that it is over. */
  reset(): void {
    this.#client.resetAndDestroy();
    this.#other.resetAndDestroy();
  }

  /** Somebody else gets its packets, who knows nothing of it: the client is told when it says something. */
  estrange(): void {
    if (this.#isEstranged) return;
    this.#isEstranged = true;
    this.#client.unpipe(this.#other);
    this.#other.resetAndDestroy();
    this.#client.on('data', () => this.#client.resetAndDestroy());
    this.#client.resume();
  }
}
