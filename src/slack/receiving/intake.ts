import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import type { Inbox } from '../../engine/mail/inbox.ts';
import type { Log } from '../../log.ts';
import type { Calm } from '../calm.ts';
import { type Arrived, type Incoming, readIncoming } from './incoming.ts';

/** How much is worked on side by side. */
const capacity = 32;
/** Slack waits 3 s for an acknowledgement, and says that the bot failed where none comes; in ms of real time. */
const patience = 2_000;
/** What is older than this is not taken up again after a crash, in ms: nobody waits for it any more. */
const stale = 5 * 60_000;

/**
 * Everything that came in, each once: recorded, worked on in turns, and taken up again after a crash, by this process or
 * another. What may change something is recorded before it is acknowledged; a question or a mention after that, in batches, so that one
 * asked in the milliseconds before a crash has to be asked again.
 */
export class Intake {
  readonly #inbox: Inbox;
  readonly #work: (arrived: Arrived) => Promise<void>;
  readonly #calm: Calm;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #working = new Set<Promise<void>>();
  /** Keys of what is worked on or waits for its turn here. */
  readonly #inHand = new Set<string>();
  readonly #stopped = new AbortController();
  #tending: Promise<void> | undefined;
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

  /** Takes a question or a mention, which was acknowledged. Returns at once. */
  take(key: string, what: Incoming): void {
    this.#calm.heard();
    this.#waiting.push({ key, what });
    this.#record();
  }

  /** Takes what may change something. Resolves when it may be acknowledged: it is recorded, or that takes too long. */
  async keep(key: string, what: Incoming): Promise<void> {
    this.#calm.heard();
    const recorded = this.#unseen([{ key, what }]).then(([arrived]) => {
      if (arrived) void this.#begin(arrived);
    });
    const isOver = new AbortController();
    const late = pause(patience, undefined, { signal: isOver.signal }).catch(() => {});
    await Promise.race([recorded, late]);
    isOver.abort();
  }

  /** Takes up what a crash left undone; from then on also what other processes leave. */
  async start(): Promise<void> {
    await this.#takeOver();
    const { lease } = this.#inbox;
    if (lease !== undefined) this.#tending = this.#tend(lease / 4);
  }

  /** Records what is waiting and lets what is being worked on come to its end. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#tending;
    while (this.#recording || this.#working.size > 0) {
      await this.#recording;
      await Promise.all(this.#working);
    }
  }

  async #tend(every: number): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await pause(every, undefined, { signal }).catch(() => {});
      try {
        await this.#inbox.hold([...this.#inHand]);
        if (!signal.aborted) await this.#takeOver();
      } catch (error) {
        this.#log.warn({ err: error }, 'the inbox does not answer');
      }
    }
  }

  async #takeOver(): Promise<void> {
    const left = await this.#inbox.takeOver(this.#clock.now() - stale);
    for (const { key, payload } of left) {
      // where it could not be said for long that it is in hand here
      if (this.#inHand.has(key)) continue;
      const what = readIncoming(payload);
      if (what) await this.#begin({ key, what });
      else this.#worked.push(key);
    }
    if (left.length > 0) this.#record();
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
    await this.#inbox.done(...worked).catch((error) => {
      this.#log.error({ err: error, count: worked.length }, 'what was dealt with could not be written down');
    });
    for (const arrived of await this.#unseen(batch)) await this.#begin(arrived);
  }

  /** Those that did not come before. */
  async #unseen(batch: readonly Arrived[]): Promise<readonly Arrived[]> {
    try {
      const claims = await this.#inbox.claimAll(batch.map(({ key, what }) => ({ key, payload: what })));
      const unseen = batch.filter((_, at) => claims[at] === 'new');
      for (const { key } of unseen) this.#inHand.add(key);
      return unseen;
    } catch (error) {
      // better once too often than never: the pipeline knows a repeated key
      this.#log.error({ err: error, count: batch.length }, 'the inbox does not answer; working without it');
      return batch;
    }
  }

  async #begin(arrived: Arrived): Promise<void> {
    this.#inHand.add(arrived.key);
    while (this.#working.size >= capacity) await Promise.race(this.#working);
    const work = this.#finish(arrived).finally(() => {
      this.#working.delete(work);
      this.#inHand.delete(arrived.key);
    });
    this.#working.add(work);
  }

  async #finish(arrived: Arrived): Promise<void> {
    await this.#calm.turn();
    try {
      await this.#work(arrived);
      this.#worked.push(arrived.key);
      this.#record();
    } catch (error) {
      this.#log.error({ err: error, key: arrived.key }, 'what came in from Slack was not dealt with');
    }
  }
}
