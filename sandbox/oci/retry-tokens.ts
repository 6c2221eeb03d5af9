import { createHash } from 'node:crypto';
import type { Reply } from './call.ts';
import { invalid, invalidatedRetryToken } from './errors.ts';

/** For so long a repeated request is answered with the first result. */
const REMEMBERED = 24 * 60 * 60 * 1000;

export interface Remembered {
  readonly key: string;
  readonly at: number;
  readonly fingerprint: string;
  readonly reply: Reply;
}

/** The requests that came with `opc-retry-token` and succeeded. */
export class RetryTokens {
  readonly #replies = new Map<string, Remembered>();

  load(replies: readonly Remembered[]): void {
    this.#replies.clear();
    for (const reply of replies) this.#replies.set(reply.key, reply);
  }

  snapshot(): Remembered[] {
    return [...this.#replies.values()];
  }

  /**
   * Runs the request, or answers what it answered the first time.
   * @throws OciError 409 when the token came with another request.
   */
  once(
    request: { operation: string; region: string; token: string; target: string; body: string; now: number },
    run: () => Reply,
  ): Reply {
    const { operation, region, token, target, body, now } = request;
    if (token.length > 64) throw invalid('opc-retry-token: must be at most 64 characters long.');
    const key = `${region} ${operation} ${token}`;
    const fingerprint = createHash('sha256').update(`${target}\0${body}`).digest('hex');
    const known = this.#replies.get(key);
    if (known && known.at > now - REMEMBERED) {
      if (known.fingerprint !== fingerprint) throw invalidatedRetryToken();
      return known.reply;
    }
    const reply = run();
    this.#replies.set(key, { key, at: now, fingerprint, reply: structuredClone(reply) });
    this.#forget(now);
    return reply;
  }

  /** The map is in order of time, so the old ones stand in front. */
  #forget(now: number): void {
    for (const { key, at } of this.#replies.values()) {
      if (at > now - REMEMBERED) return;
      this.#replies.delete(key);
    }
  }
}
