import {
  faster,
  firstPace,
  type Pace,
  type Sent,
  sent,
  slower,
  waitOf,
  widest,
} from '../../src/oci/client/pace.ts';

/** A service behind a token bucket, on a time of its own, and callers that keep the pace. */
export interface Bucket {
  readonly perSecond: number;
  readonly burst: number;
  /** Milliseconds from sending to the reply; the service decides half way. */
  readonly latency?: number;
  /** The service decides up to so many ms later, by dice. */
  readonly jitter?: number;
  /** Whether 429 says Retry-After, in whole seconds. */
  readonly retryAfter?: boolean;
  readonly later?: { readonly after: number; readonly perSecond: number };
}

export interface Call {
  /** Seconds from the start. */
  readonly at: number;
  readonly isTaken: boolean;
}

/** Makes `count` calls that all want to go at once, the refused ones again, and tells how each went. */
export function callAll(
  count: number,
  bucket: Bucket,
): { readonly pace: Pace; readonly calls: readonly Call[]; readonly seconds: number } {
  const { latency = 20, jitter = 0 } = bucket;
  const time = new Time();
  const roll = dice();
  let pace = firstPace;
  let tokens = bucket.burst;
  let filledAt = time.now;
  let left = count;
  let out = 0;
  let made = 0;
  const calls: Call[] = [];

  const take = (): number | undefined => {
    const { later } = bucket;
    const perSecond = later && time.seconds >= later.after ? later.perSecond : bucket.perSecond;
    tokens = Math.min(bucket.burst, tokens + ((time.now - filledAt) / 1_000) * perSecond);
    filledAt = time.now;
    if (tokens < 1) return bucket.retryAfter ? Math.ceil((1 - tokens) / perSecond) * 1_000 : 0;
    tokens -= 1;
    return undefined;
  };
  const reply = (call: Sent, isHeld: boolean, refusal: number | undefined) => {
    out -= 1;
    calls.push({ at: time.seconds, isTaken: refusal === undefined });
    if (refusal === undefined) pace = isHeld ? faster(pace, call.round) : pace;
    else {
      left += 1;
      pace = slower(pace, call, time.now, refusal || undefined);
    }
    go();
  };
  const go = () => {
    while (left > 0 && out < widest) {
      const wait = waitOf(pace, time.now);
      if (wait > 0) {
        time.alarm(wait, go);
        return;
      }
      left -= 1;
      out += 1;
      made += 1;
      pace = sent(pace, time.now);
      const call = pace;
      const isHeld = made > 16;
      time.in(latency / 2 + roll() * jitter, () => {
        const refusal = take();
        time.in(latency / 2, () => reply(call, isHeld, refusal));
      });
    }
  };
  go();
  time.run();
  return { pace, calls, seconds: time.seconds };
}

export const refusals = (calls: readonly Call[]) => calls.filter(({ isTaken }) => !isTaken).length;

/** The part of the calls that was refused, in the last so many of them. */
export function lately(calls: readonly Call[], count: number): number {
  const last = calls.slice(-count);
  return refusals(last) / last.length;
}

class Time {
  readonly #start = 1_000_000;
  #events: { readonly at: number; readonly what: () => void }[] = [];
  #alarmAt = Number.POSITIVE_INFINITY;
  now = this.#start;

  get seconds(): number {
    return (this.now - this.#start) / 1_000;
  }

  in(ms: number, what: () => void): void {
    const at = this.now + ms;
    const place = this.#events.findLastIndex((each) => each.at <= at);
    this.#events.splice(place + 1, 0, { at, what });
  }

  /** One at a time: the earliest. */
  alarm(ms: number, what: () => void): void {
    const at = this.now + ms;
    if (at >= this.#alarmAt) return;
    this.#alarmAt = at;
    this.in(ms, () => {
      if (this.#alarmAt !== at) return;
      this.#alarmAt = Number.POSITIVE_INFINITY;
      what();
    });
  }

  run(): void {
    for (let next = this.#events.shift(); next; next = this.#events.shift()) {
      this.now = Math.max(this.now, next.at);
      next.what();
    }
  }
}

/** The same numbers in [0, 1) each time. */
function dice(): () => number {
  let seed = 7;
  return () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
}
