import type { Clock } from '../core/clock.ts';
import type { Inbox } from '../engine/inbox.ts';
import type { Log } from '../log.ts';
import type { Calm } from './calm.ts';
import { type Arrived, type Incoming, readIncoming } from './incoming.ts';

/** How much is worked on side by side. */
const capacity = 32;
/** What is older than this is not taken up again after a crash, in ms: nobody waits for it any more. */
const stale = 5 * 60_000;

/**
 * Everything that came in and was acknowledged, each once: recorded in batches, worked on in turns, and
 * taken up again after a crash. What was acknowledged in the milliseconds before one may not be recorded yet, and is lost.
 */
export class Intake {
  readonly #inbox: Inbox;
  readonly #work: (arrived: Arrived) => Promise<void>;
  readonly #calm: Calm;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #working = new Set<Promise<void>>();
  #waiting: Arrived[] = [];
  #worked: string[] = [];
  #recording: Promise<void> | undefined;

  constructor(deps: {
    readonly inbox: Inbox;
    readonly work: (arrived: Arrived) => Promise<void>;
    readonly calm: Calm;
    readonly clock: Clock;
    readonly log: Log;
  }) {
    this.#inbox = deps.inbox;
    this.#work = deps.work;
    this.#calm = deps.calm;
    this.#clock = deps.clock;
    this.#log = deps.log;
  }

  /** Takes what was acknowledged. Returns at once. */
  take(key: string, what: Incoming): void {
    this.#calm.heard();
    this.#waiting.push({ key, what });
    this.#record();
  }

  /** Takes up what a crash left undone. */
  async recover(): Promise<void> {
    const left = await this.#inbox.unfinished(this.#clock.now() - stale);
    for (const { key, payload } of left) {
      const what = readIncoming(payload);
      if (what) await this.#begin({ key, what });
      else this.#worked.push(key);
    }
    this.#record();
  }

  /** Records what is waiting and lets what is being worked on come to its end. */
  async stop(): Promise<void> {
    while (this.#recording || this.#working.size > 0) {
      await this.#recording;
      await Promise.all(this.#working);
    }
  }

  /** Writes down what came and what is done, as often as there is a turn for it. */
  #record(): void {
    this.#recording ??= this.#recordAll().finally(() => {
      this.#recording = undefined;
      if (this.#waiting.length + this.#worked.length > 0) this.#record();
    });
  }

  async #recordAll(): Promise<void> {
    await this.#calm.turn();
    const worked = this.#worked;
    const batch = this.#waiting;
    this.#worked = [];
    this.#waiting = [];
    for (const arrived of await this.#unseen(batch, worked)) await this.#begin(arrived);
  }

  /** Those of the batch that did not come before. */
  async #unseen(batch: readonly Arrived[], worked: readonly string[]): Promise<readonly Arrived[]> {
    try {
      await this.#inbox.done(...worked);
      const claims = await this.#inbox.claimAll(batch.map(({ key, what }) => ({ key, payload: what })));
      return batch.filter((_, at) => claims[at] === 'new');
    } catch (error) {
      // better once too often than never: the pipeline knows a repeated key
      this.#log.error({ err: error, count: batch.length }, 'the inbox does not answer; working without it');
      return batch;
    }
  }

  async #begin(arrived: Arrived): Promise<void> {
    while (this.#working.size >= capacity) await Promise.race(this.#working);
    await this.#calm.turn();
    const work = this.#finish(arrived).finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  async #finish(arrived: Arrived): Promise<void> {
    try {
      await this.#work(arrived);
      this.#worked.push(arrived.key);
      this.#record();
    } catch (error) {
      this.#log.error({ err: error, key: arrived.key }, 'what came in from Slack was not dealt with');
    }
  }
}
