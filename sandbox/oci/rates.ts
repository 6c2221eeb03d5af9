import type { SandboxClock } from '../clock.ts';
import { matches } from '../glob.ts';
import { tooManyRequests } from './errors.ts';

/** A token bucket for each operation that the pattern matches, in each region. */
export interface Limit {
  /** A glob over operation names: `Compute.*`. */
  readonly operation: string;
  readonly perSecond: number;
  readonly burst: number;
  /** Whether 429 says Retry-After. Most real services do not. */
  readonly retryAfter: boolean;
}

/** Generous: a person never meets it, a loop without pause does. The first limit that matches counts. */
export const usualLimits: readonly Limit[] = [
  { operation: '*.Get*', perSecond: 200, burst: 400, retryAfter: false },
  { operation: '*.List*', perSecond: 100, burst: 200, retryAfter: false },
  { operation: 'ResourceSearch.*', perSecond: 50, burst: 100, retryAfter: false },
  { operation: '*', perSecond: 50, burst: 100, retryAfter: false },
];

export class Rates {
  readonly #clock: SandboxClock;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  #limits: readonly Limit[] = usualLimits;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  get limits(): readonly Limit[] {
    return this.#limits;
  }

  /** Puts these limits before the usual ones, and fills every bucket. */
  limit(limits: readonly Limit[]): void {
    this.#limits = [...limits, ...usualLimits];
    this.#buckets.clear();
  }

  /** @throws OciError 429 when the bucket is empty. */
  take(operation: string, region: string): void {
    const limit = this.#limits.find((each) => matches(each.operation, operation));
    if (!limit) return;
    const { perSecond, burst } = limit;
    const now = this.#clock.now();
    const key = `${region} ${operation}`;
    const { tokens, at } = this.#buckets.get(key) ?? { tokens: burst, at: now };
    const filled = Math.min(burst, tokens + (Math.max(0, now - at) / 1000) * perSecond);
    this.#buckets.set(key, { tokens: filled < 1 ? filled : filled - 1, at: now });
    if (filled < 1)
      throw tooManyRequests(limit.retryAfter ? Math.max(1, Math.ceil((1 - filled) / perSecond)) : undefined);
  }
}
