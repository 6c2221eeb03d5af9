import { Parked } from './hand.ts';
import { retryDelay } from './pace.ts';
import { rest } from './rest.ts';
import type { StepGround } from './step-ground.ts';

/** The time of one step: how much of it is over, and how long to rest before the next call. All in ms. */
export class StepTime {
  readonly #ground: StepGround;
  #startedAt: number;
  #retries = 0;

  constructor(ground: StepGround) {
    this.#ground = ground;
    this.#startedAt = ground.setting.progress.startedAt ?? ground.room.clock.now();
  }

  get startedAt(): number {
    return this.#startedAt;
  }

  get elapsed(): number {
    return this.#ground.room.clock.now() - this.#startedAt;
  }

  get isLate(): boolean {
    return this.elapsed >= this.#ground.setting.step.within;
  }

  /** Its time begins with its first call, not with its turn to wait. */
  begin(): void {
    this.#startedAt = this.#ground.room.clock.now();
  }

  /**
   * Between looks: when it has taken half as long again, so that its end is seen soon after it came. Who knows when to
   * look again (`again`) is taken at their word, nearly.
   */
  async untilNextLook(again: number | undefined): Promise<void> {
    const { first, longest } = this.#ground.room.options.observe;
    const gap =
      again === undefined
        ? Math.max(first, this.elapsed / 2) * (0.8 + Math.random() * 0.4)
        : again * (0.95 + Math.random() * 0.1);
    await this.rest(Math.min(longest, gap));
  }

  /** Before a call is made again that OCI did not take, `retryAfter` if it said so. */
  async backOff(retryAfter: number | undefined): Promise<void> {
    await this.rest(retryDelay(this.#retries, retryAfter));
    this.#retries += 1;
  }

  /** Not beyond the deadline while that is still ahead. Throws Parked when the hand is to halt. */
  async rest(ms: number): Promise<void> {
    const { room, hand, verb, setting } = this.#ground;
    const left = this.#startedAt + setting.step.within - room.clock.now();
    const time = left > 0 ? Math.min(ms, left) : ms;
    if (verb.waits) await this.#restOrHear(time);
    else await rest(room.clock, time, hand.halt);
    if (hand.halt.aborted) throw new Parked();
  }

  /** A word ends the rest, and so does a wave that is given up. */
  async #restOrHear(ms: number): Promise<void> {
    const { room, hand, journal, setting } = this.#ground;
    const heard = new AbortController();
    const deaf = room.store.words.listen((id) => {
      if (id === journal.id) heard.abort();
    });
    const either = AbortSignal.any([hand.halt, setting.givenUp, heard.signal]);
    await rest(room.clock, ms, either).finally(deaf);
  }
}
