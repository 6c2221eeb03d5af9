import type { Clock } from '../../core/clock.ts';
import type { DueLetter, Outbox } from '../../engine/mail/outbox.ts';
import type { Log } from '../../log.ts';
import type { Calm } from '../calm.ts';
import { Pace } from './pace.ts';
import type { Postman } from './postman.ts';

export interface DeliveryStats {
  /** Letters in hand now. */
  readonly inHand: number;
  readonly sent: number;
  readonly delayed: number;
  readonly dead: number;
}

/** How many letters are carried at the same time. */
const capacity = 20;
/** Longest wait for a turn that is spent in memory; longer ones are spent in the store. */
const patience = 15_000;
/** How often the outbox is looked into for what other processes put there, in ms. */
const lookEvery = 1_000;

/**
 * Carries letters from the outbox to Slack: side by side for different places, one after the other
 * within a place, each post once. What Slack does not take now is tried again later; nothing is lost.
 */
export class Deliveries {
  readonly #outbox: Outbox;
  readonly #postman: Postman;
  readonly #calm: Calm;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #stop = new AbortController();
  readonly #places = new Map<string, Promise<void>>();
  readonly #pace: Pace;
  #wake: () => void = () => {};
  #rung = false;
  #next = Number.POSITIVE_INFINITY;
  #inHand = 0;
  #loop: Promise<void> | undefined;
  readonly #count = { sent: 0, delayed: 0, dead: 0 };

  constructor(deps: {
    readonly outbox: Outbox;
    readonly postman: Postman;
    readonly calm: Calm;
    readonly clock: Clock;
    readonly log: Log;
  }) {
    this.#outbox = deps.outbox;
    this.#postman = deps.postman;
    this.#calm = deps.calm;
    this.#clock = deps.clock;
    this.#log = deps.log;
    this.#pace = new Pace(deps.clock);
  }

  get stats(): DeliveryStats {
    return { inHand: this.#inHand, ...this.#count };
  }

  start(): void {
    const silence = this.#outbox.onPut(() => this.#ring());
    this.#loop ??= this.#run().finally(silence);
  }

  /** Takes no more letters; those in hand are finished, or found again by the next start. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.#ring();
    await this.#loop;
    await Promise.allSettled(this.#places.values());
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      const room = capacity - this.#inHand;
      let letters: readonly DueLetter[] = [];
      try {
        if (room > 0) {
          await this.#calm.turn();
          const now = this.#clock.now();
          if (this.#next <= now) this.#next = Number.POSITIVE_INFINITY;
          letters = await this.#outbox.due(now, room);
        }
      } catch (error) {
        this.#log.error({ err: error }, 'the outbox does not answer');
      }
      for (const letter of letters) this.#carry(letter);
      if (letters.length < room || room === 0) await this.#pause();
    }
  }

  #carry(letter: DueLetter): void {
    const place = placeOf(letter);
    this.#inHand += 1;
    const done = (this.#places.get(place) ?? Promise.resolve())
      .then(() => this.#deliver(letter))
      .catch((error) => this.#log.error({ err: error, letter: letter.key }, 'a letter was not delivered'))
      .finally(() => {
        this.#inHand -= 1;
        if (this.#places.get(place) === done) this.#places.delete(place);
        this.#ring();
      });
    this.#places.set(place, done);
  }

  async #deliver(letter: DueLetter): Promise<void> {
    const { key, version } = letter;
    await this.#calm.turn();
    const outcome = await this.#postman.deliver(letter, (lane, every) => this.#turn(lane, every));
    switch (outcome.kind) {
      case 'sent':
        this.#count.sent += 1;
        this.#due(outcome.notBefore);
        return this.#outbox.sent(key, version, outcome.posted, outcome.notBefore);
      case 'dead':
        this.#count.dead += 1;
        this.#log.error({ letter: key, because: outcome.because }, 'a letter cannot be delivered');
        return this.#outbox.dead(key, version, outcome.because);
      case 'gone':
        this.#log.warn({ letter: key }, 'a message was deleted in Slack; it is posted anew');
        await this.#outbox.lost(key);
        return this.#delay(letter, 0, 'it was deleted in Slack', 'no');
      case 'later':
        if (outcome.lane) this.#pace.hold(outcome.lane, outcome.wait);
        return this.#delay(letter, outcome.wait, outcome.because, outcome.maybe ? 'maybe' : 'no');
      case 'not ours':
        return;
    }
  }

  async #delay({ key }: DueLetter, wait: number, because: string, posted: 'no' | 'maybe'): Promise<void> {
    this.#count.delayed += 1;
    const until = this.#clock.now() + wait;
    this.#log.info({ letter: key, wait, because }, 'a letter waits');
    await this.#outbox.delay(key, until, because, posted);
    this.#due(until);
  }

  /** Waits for a turn in the lane. Answers milliseconds that are left when that would take too long. */
  async #turn(lane: string, every: number): Promise<number> {
    const at = this.#pace.take(lane, every);
    const wait = at - this.#clock.now();
    if (wait > patience) return wait;
    if (wait > 0) await this.#clock.sleep(wait);
    return 0;
  }

  #due(at: number): void {
    this.#next = Math.min(this.#next, at);
  }

  #ring(): void {
    this.#rung = true;
    this.#wake();
  }

  /** Until a letter is put or finished, or one is due, or it is time to look again. */
  async #pause(): Promise<void> {
    if (!this.#rung) {
      const woken = new AbortController();
      this.#wake = () => woken.abort();
      const wait = Math.min(lookEvery, Math.max(this.#next - this.#clock.now(), 10));
      await this.#clock.sleep(wait, woken.signal);
    }
    this.#rung = false;
    this.#wake = () => {};
  }
}

/** Letters to one place go one after the other. */
function placeOf({ to, posted, parent, key }: DueLetter): string {
  if (posted) return `edit ${posted.channel} ${posted.ts}`;
  switch (to.kind) {
    case 'channel':
      return to.channel;
    case 'thread':
      return parent?.channel ?? key;
    case 'dm':
      return to.user;
    case 'ephemeral':
    case 'response':
      return key;
  }
}
