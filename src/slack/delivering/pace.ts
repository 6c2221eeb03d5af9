import type { Clock } from '../../core/clock.ts';

/** The longest that Slack makes anybody wait, in ms. */
const longestPause = 15 * 60_000;

/**
 * Slack's pauses, lane by lane (`post C0OPS`, `chat.update`): a lane that must wait holds up nobody
 * else. Nothing here needs to survive a restart: Slack says again when it is too much.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #free = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes the lane's next turn, `every` ms after the one before. Answers when it is (clock ms). */
  take(lane: string, every: number): number {
    const now = this.#clock.now();
    const free = this.#free.get(lane) ?? 0;
    // further away than any pause: the clock was set back meanwhile
    const at = free > now + longestPause ? now : Math.max(now, free);
    this.#free.set(lane, at + every);
    if (this.#free.size > 1_000) this.#forget(now);
    return at;
  }

  /** Nothing in this lane for `ms` from now. */
  hold(lane: string, ms: number): void {
    const until = this.#clock.now() + ms;
    this.#free.set(lane, Math.max(until, this.#free.get(lane) ?? 0));
  }

  #forget(now: number): void {
    for (const [lane, at] of this.#free) if (at <= now) this.#free.delete(lane);
  }
}
