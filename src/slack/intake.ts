import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import type { Clock } from '../core/clock.ts';
import type { Inbox } from '../engine/inbox.ts';
import type { Log } from '../log.ts';
import { type Arrived, type Incoming, readIncoming } from './incoming.ts';

/** The socket has been quiet for this long, in ms: nobody waits for an acknowledgement. */
const quiet = 5;
/** Nothing waits longer than this for a quiet moment, in ms. */
const longest = 200;
/** How much is worked on side by side. */
const capacity = 32;
/** What is older than this is not taken up again after a crash, in ms: nobody waits for it any more. */
const stale = 5 * 60_000;

/**
 * Everything that came in and was acknowledged, each once. Slack waits 3 s for an acknowledgement and
 * not at all for the work, so the work steps back: deliveries are recorded in batches when the socket
 * is quiet, and begun one in a turn of the event loop.
 */
export class Intake {
  readonly #inbox: Inbox;
  readonly #work: (arrived: Arrived) => Promise<void>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #working = new Set<Promise<void>>();
  #waiting: Arrived[] = [];
  #oldest = 0;
  #latest = 0;
  #timer: NodeJS.Timeout | undefined;
  #draining = Promise.resolve();

  constructor(deps: {
    readonly inbox: Inbox;
    readonly work: (arrived: Arrived) => Promise<void>;
    readonly clock: Clock;
    readonly log: Log;
  }) {
    this.#inbox = deps.inbox;
    this.#work = deps.work;
    this.#clock = deps.clock;
    this.#log = deps.log;
  }

  /** Takes what was acknowledged. Returns at once. */
  take(key: string, what: Incoming): void {
    this.#latest = performance.now();
    if (this.#waiting.push({ key, what }) === 1) this.#oldest = this.#latest;
    this.#timer ??= setTimeout(() => this.#look(), quiet);
  }

  /** Takes up what a crash left undone. */
  async recover(): Promise<void> {
    const left = await this.#inbox.unfinished(this.#clock.now() - stale);
    for (const { key, payload } of left) {
      const what = readIncoming(payload);
      if (what) await this.#begin({ key, what });
      else await this.#inbox.done(key);
    }
  }

  /** Records what is waiting and lets what is being worked on come to its end. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#drain();
    await this.#draining;
    await Promise.allSettled(this.#working);
  }

  #look(): void {
    const now = performance.now();
    if (now - this.#latest < quiet && now - this.#oldest < longest) {
      this.#timer = setTimeout(() => this.#look(), quiet);
      return;
    }
    this.#timer = undefined;
    this.#drain();
  }

  #drain(): void {
    this.#draining = this.#draining.then(async () => {
      const batch = this.#waiting;
      this.#waiting = [];
      if (batch.length > 0) await this.#record(batch);
    });
  }

  async #record(batch: readonly Arrived[]): Promise<void> {
    try {
      const claims = await this.#inbox.claimAll(batch.map(({ key, what }) => ({ key, payload: what })));
      for (const [at, arrived] of batch.entries()) {
        if (claims[at] === 'new') await this.#begin(arrived);
      }
    } catch (error) {
      // better once too often than never: the pipeline knows a repeated key
      this.#log.error({ err: error, count: batch.length }, 'the inbox does not answer; working without it');
      for (const arrived of batch) await this.#begin(arrived);
    }
  }

  async #begin(arrived: Arrived): Promise<void> {
    while (this.#working.size >= capacity) await Promise.race(this.#working);
    const work = this.#finish(arrived).finally(() => this.#working.delete(work));
    this.#working.add(work);
    await turnOfTheLoop();
  }

  async #finish(arrived: Arrived): Promise<void> {
    try {
      await this.#work(arrived);
      await this.#inbox.done(arrived.key);
    } catch (error) {
      this.#log.error({ err: error, key: arrived.key }, 'what came in from Slack was not dealt with');
    }
  }
}
