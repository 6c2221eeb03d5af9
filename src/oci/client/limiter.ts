import { setMaxListeners } from 'node:events';
import type { Clock } from '../../core/clock.ts';
import { CloudError } from '../../core/fault.ts';
import { faster, firstPace, type Pace, type Sent, sent, slower, waitOf, widest } from './pace.ts';

/** How fast one operation goes in one region, for metrics and doctor. */
export interface LimitStatus {
  /** `Compute.InstanceAction in eu-frankfurt-1`. */
  readonly operation: string;
  /** Calls a second. */
  readonly rate: number;
  readonly out: number;
  readonly waiting: number;
  /** Milliseconds since 1970-01-01T00:00Z; in the past when it is not paused. */
  readonly pausedUntil: number;
}

interface Gate {
  pace: Pace;
  out: number;
  /** In the order in which they came. */
  readonly queue: Set<(call: Sent) => void>;
  /** Ends the sleep until the next call is due. */
  alarm?: AbortController | undefined;
}

/** Lets the calls of each operation out one after another, at the rate that OCI takes them. */
export class Limiter {
  readonly #clock: Clock;
  readonly #gates = new Map<string, Gate>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Makes the call when it is its turn. Rejects as the call does, or with the signal's reason. */
  async run<T>(operation: string, call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const gate = this.#gate(operation);
    const isFree = gate.queue.size === 0 && this.#isOpen(gate);
    const mine = isFree ? this.#leave(gate) : await this.#turn(gate, signal);
    try {
      signal?.throwIfAborted();
      const reply = await call();
      if (!isFree) gate.pace = faster(gate.pace, mine.round);
      return reply;
    } catch (error) {
      if (error instanceof CloudError && error.status === 429)
        gate.pace = slower(gate.pace, mine, this.#clock.now(), error.retryAfter);
      throw error;
    } finally {
      gate.out -= 1;
      this.#serve(gate);
    }
  }

  status(): readonly LimitStatus[] {
    return [...this.#gates].map(([operation, { pace, out, queue }]) => ({
      operation,
      rate: pace.rate,
      out,
      waiting: queue.size,
      pausedUntil: pace.pausedUntil,
    }));
  }

  #gate(operation: string): Gate {
    const known = this.#gates.get(operation);
    if (known) return known;
    const gate: Gate = { pace: firstPace, out: 0, queue: new Set() };
    this.#gates.set(operation, gate);
    return gate;
  }

  #isOpen({ pace, out }: Gate): boolean {
    return out < widest && waitOf(pace, this.#clock.now()) <= 0;
  }

  #leave(gate: Gate): Sent {
    gate.out += 1;
    gate.pace = sent(gate.pace, this.#clock.now());
    return gate.pace;
  }

  #turn(gate: Gate, signal: AbortSignal | undefined): Promise<Sent> {
    return new Promise((resolve, reject) => {
      const go = (call: Sent) => {
        signal?.removeEventListener('abort', stop);
        resolve(call);
      };
      const stop = () => {
        gate.queue.delete(go);
        if (gate.queue.size === 0) gate.alarm?.abort();
        reject(signal?.reason);
      };
      gate.queue.add(go);
      // as many wait with one signal as there are steps, and Node takes eleven for a leak
      if (signal) setMaxListeners(0, signal);
      signal?.addEventListener('abort', stop, { once: true });
      this.#serve(gate);
    });
  }

  /** Lets out who is due, and comes back when the next one is. */
  #serve(gate: Gate): void {
    for (const go of gate.queue) {
      if (!this.#isOpen(gate)) break;
      gate.queue.delete(go);
      go(this.#leave(gate));
    }
    if (gate.queue.size > 0 && gate.out < widest && !gate.alarm) void this.#later(gate);
  }

  async #later(gate: Gate): Promise<void> {
    const alarm = new AbortController();
    gate.alarm = alarm;
    await this.#clock.sleep(Math.ceil(waitOf(gate.pace, this.#clock.now())), alarm.signal);
    gate.alarm = undefined;
    this.#serve(gate);
  }
}
