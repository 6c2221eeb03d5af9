import type { SandboxClock } from '../clock.ts';
import { RateLimited } from './errors.ts';
import { posting, type Tier, tiers } from './limits.ts';

interface Bucket {
  tokens: number;
  at: number;
}

/** Slack's rate limits: a bucket per method, and one per channel for posts, on the sandbox clock. */
export class Rates {
  readonly #clock: SandboxClock;
  readonly #buckets = new Map<string, Bucket>();
  enabled = true;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  /** @throws RateLimited when the method was called too often in the last minute. */
  call(method: string, tier: Tier): void {
    this.#take(method, tiers[tier], tiers[tier] / 60);
  }

  /** @throws RateLimited when the channel was posted to too often in the last seconds. */
  post(channel: string): void {
    this.#take(`post ${channel}`, posting.burst, posting.perSecond);
  }

  clear(): void {
    this.#buckets.clear();
  }

  #take(key: string, size: number, perSecond: number): void {
    if (!this.enabled) return;
    const now = this.#clock.now();
    const bucket = this.#buckets.get(key) ?? { tokens: size, at: now };
    const passed = Math.max(0, now - bucket.at) / 1000;
    bucket.tokens = Math.min(size, bucket.tokens + passed * perSecond);
    bucket.at = now;
    this.#buckets.set(key, bucket);
    if (bucket.tokens < 1) throw new RateLimited(Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond)));
    bucket.tokens -= 1;
  }
}
