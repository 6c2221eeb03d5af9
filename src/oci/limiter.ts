import type { Clock } from '../core/clock.ts';
import { CloudError } from '../core/fault.ts';
import { firstPace, hasRoom, narrower, type Pace, wider } from './pace.ts';

/** How fast one operation goes in one region, for metrics and doctor. */
export interface LimitStatus {
  /** `Compute.InstanceAction in eu-frankfurt-1`. */
  readonly operation: string;
  /** Calls allowed side by side now. */
  readonly width: number;
  readonly out: number;
  readonly waiting: number;
  /** Milliseconds since 1970-01-01T00:00Z; in the past when it is not paused. */
  readonly pausedUntil: number;
}

interface Gate {
  pace: Pace;
  out: number;
  readonly queue: Set<() => void>;
}

/** Lets the calls of each operation out at the pace that OCI takes them. */
export class Limiter {
  readonly #clock: Clock;
  readonly #gates = new Map<string, Gate>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Makes the call when its operation has room. Rejects as the call does, or with the signal's reason. */
  async run<T>(operation: string, call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const gate = this.#gate(operation);
    await this.#enter(gate, signal);
    const { round } = gate.pace;
    try {
      const reply = await call();
      gate.pace = wider(gate.pace);
      return reply;
    } catch (error) {
      if (error instanceof CloudError && error.status === 429)
        gate.pace = narrower(gate.pace, round, this.#clock.now(), error.retryAfter);
      throw error;
    } finally {
      gate.out -= 1;
      const room = Math.max(0, Math.floor(gate.pace.width) - gate.out);
      for (const go of [...gate.queue].slice(0, room)) go();
    }
  }

  status(): readonly LimitStatus[] {
    return [...this.#gates].map(([operation, { pace, out, queue }]) => ({
      operation,
      width: Math.floor(pace.width),
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

  async #enter(gate: Gate, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      const pause = gate.pace.pausedUntil - this.#clock.now();
      if (pause > 0) await this.#clock.sleep(pause, signal);
      else if (!hasRoom(gate.pace, gate.out)) await woken(gate.queue, signal);
      else {
        gate.out += 1;
        return;
      }
    }
  }
}

function woken(queue: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      queue.delete(go);
      signal?.removeEventListener('abort', go);
      resolve();
    };
    queue.add(go);
    signal?.addEventListener('abort', go, { once: true });
  });
}
