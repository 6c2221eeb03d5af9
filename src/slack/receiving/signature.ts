import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far Slack's clock and ours may be apart, in seconds, either way. */
const tolerance = 300;

/**
 * Why a request is not proven to come from Slack just now, or undefined. `now` in real ms.
 * Source: docs.slack.dev, verifying requests from Slack (v0).
 */
export function verifySignature(request: {
  readonly secret: string;
  readonly signature: string;
  readonly timestamp: string;
  readonly body: string;
  readonly now: number;
}): 'unsigned' | 'stale' | 'from_the_future' | 'bad_signature' | undefined {
  const { secret, signature, timestamp, body, now } = request;
  if (!signature || !/^\d{1,12}$/.test(timestamp)) return 'unsigned';
  const age = now / 1000 - Number(timestamp);
  if (age > tolerance) return 'stale';
  if (age < -tolerance) return 'from_the_future';
  const expected = sign(secret, timestamp, body);
  const given = Buffer.from(signature);
  const same = given.length === expected.length && timingSafeEqual(given, Buffer.from(expected));
  return same ? undefined : 'bad_signature';
}

export function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/**
 * Signatures of the last minutes: the same one again is a replay. What is replayed after a restart or
 * to another replica meets the inbox, which knows it by its trigger or event id.
 */
export class SeenSignatures {
  readonly #until = new Map<string, number>();

  before(signature: string, now: number): boolean {
    for (const [old, until] of this.#until) {
      if (until > now) break;
      this.#until.delete(old);
    }
    if (this.#until.has(signature)) return true;
    this.#until.set(signature, now + 2 * tolerance * 1000);
    return false;
  }

  forget(signature: string): void {
    this.#until.delete(signature);
  }
}
