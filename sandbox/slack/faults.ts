import type { SandboxClock } from '../clock.ts';
import { matches } from '../glob.ts';

/**
 * What can be made to go wrong, by `POST /control/slack/faults`; README.md has an example of each.
 *
 * A Web API fault is for the methods that `method` matches (`*` for all):
 * - `lost_reply`: the call takes effect and the connection is dropped instead of answered
 * - `drop`: the connection is dropped and nothing takes effect
 * - `error`: HTTP `status` (500) with an HTML body, before any effect
 * - `ratelimit`: HTTP 429 with `Retry-After: retry_after` (1)
 * - `latency`: `ms` (500) of real time before the answer
 * - `refuse`: `{ok: false, error}` of your choice
 *
 * A delivery fault is for what goes to the app (`type`: slash_commands, interactive, events_api or `*`):
 * - `duplicate`: sent twice, `as` the `same` envelope or a `new` one around the same payload
 * - `delay`: `ms` (500) of real time before it is sent
 * - `lose_ack`: the app's acknowledgement is lost; the person sees a timeout, an event is sent again
 *
 * `count` is how many times it strikes (1, or without end when `probability` is given).
 */
export type Fault = ApiFault | DeliveryFault;

export interface ApiFault {
  readonly kind: 'lost_reply' | 'drop' | 'error' | 'ratelimit' | 'latency' | 'refuse';
  readonly method: string;
  readonly status?: number;
  readonly retry_after?: number;
  readonly ms?: number;
  readonly error?: string;
  readonly probability?: number;
  readonly count?: number;
}

export interface DeliveryFault {
  readonly kind: 'duplicate' | 'delay' | 'lose_ack';
  readonly type: string;
  readonly as?: 'same' | 'new';
  readonly ms?: number;
  readonly probability?: number;
  readonly count?: number;
}

export interface DeliveryFaults {
  duplicate?: 'same' | 'new';
  delayMs?: number;
  loseAck?: boolean;
}

interface Armed {
  readonly fault: Fault;
  left: number;
}

const deliveryKinds: ReadonlySet<string> = new Set(['duplicate', 'delay', 'lose_ack']);

/** The faults that are armed. The dice are seeded, so that a run can be repeated. */
export class Faults {
  readonly #clock: SandboxClock;
  #armed: Armed[] = [];
  #random = dice();
  #awayUntil = Number.NEGATIVE_INFINITY;
  #socketsClosedUntil = Number.NEGATIVE_INFINITY;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  get armed(): readonly (Fault & { readonly left: number | 'unlimited' })[] {
    return this.#armed.map(({ fault, left }) => ({
      ...fault,
      left: Number.isFinite(left) ? left : 'unlimited',
    }));
  }

  arm(fault: Fault): void {
    const left = fault.count ?? (fault.probability === undefined ? 1 : Number.POSITIVE_INFINITY);
    this.#armed.push({ fault, left });
  }

  /** Slack as a whole is unreachable for so many seconds of the sandbox clock. */
  goAway(seconds: number): void {
    this.#awayUntil = this.#clock.now() + seconds * 1000;
  }

  /** No Socket Mode connection is accepted for so many seconds of the sandbox clock. */
  closeSockets(seconds: number): void {
    this.#socketsClosedUntil = this.#clock.now() + seconds * 1000;
  }

  get away(): boolean {
    return this.#clock.now() < this.#awayUntil;
  }

  get socketsClosed(): boolean {
    return this.away || this.#clock.now() < this.#socketsClosedUntil;
  }

  clear(): void {
    this.#armed = [];
    this.#random = dice();
    this.#awayUntil = Number.NEGATIVE_INFINITY;
    this.#socketsClosedUntil = Number.NEGATIVE_INFINITY;
  }

  /** The faults that strike this call, each counted as used. */
  api(method: string): readonly ApiFault[] {
    if (this.#armed.length === 0) return [];
    return this.#strike(
      (fault): fault is ApiFault =>
        !deliveryKinds.has(fault.kind) && 'method' in fault && matches(fault.method, method),
    );
  }

  delivery(type: string): DeliveryFaults | undefined {
    if (this.#armed.length === 0) return undefined;
    const struck = this.#strike(
      (fault): fault is DeliveryFault =>
        deliveryKinds.has(fault.kind) && 'type' in fault && matches(fault.type, type),
    );
    const all: DeliveryFaults = {};
    for (const fault of struck) {
      if (fault.kind === 'duplicate') all.duplicate = fault.as ?? 'same';
      if (fault.kind === 'delay') all.delayMs = fault.ms ?? 500;
      if (fault.kind === 'lose_ack') all.loseAck = true;
    }
    return all;
  }

  #strike<F extends Fault>(isFor: (fault: Fault) => fault is F): F[] {
    const struck: F[] = [];
    for (const armed of this.#armed) {
      if (!isFor(armed.fault)) continue;
      if (this.#random() >= (armed.fault.probability ?? 1)) continue;
      armed.left -= 1;
      struck.push(armed.fault);
    }
    this.#armed = this.#armed.filter(({ left }) => left > 0);
    return struck;
  }
}

/** Mulberry32: a small pseudo-random generator, the same sequence in every run. */
function dice(): () => number {
  let state = 0x1a3f;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
