import { createHash } from 'node:crypto';
import type { MessageMetadata } from '@slack/types';
import type { Posted } from '../../engine/mail/outbox.ts';
import type { Log } from '../../log.ts';
import { faultOf, type Web } from '../web.ts';

const eventType = 'lamplighter';

/** What a message carries unseen, so that it can be found again by the key of its letter. */
export function stamp(key: string): { metadata: MessageMetadata } {
  return { metadata: { event_type: eventType, event_payload: { key } } };
}

/**
 * `client_msg_id`: the same for each try of one post, so that Slack takes a repetition for what it is.
 * A UUID of version 8 made of the letter's key and the moment of the first try (clock ms).
 */
export function messageId(key: string, begun: number): { client_msg_id: string } {
  const hex = createHash('sha256').update(`${key} ${begun}`).digest('hex');
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const id = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`];
  return { client_msg_id: [...id, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-') };
}

/** Looks for a post whose end nobody saw. Needs a history scope; without one, `client_msg_id` must do. */
export class FoundAgain {
  readonly #web: Web;
  readonly #log: Log;
  #allowed = true;

  constructor(web: Web, log: Log) {
    this.#web = web;
    this.#log = log;
  }

  /** `since` in clock ms. Throws what Slack says while it is away: then nothing may be posted yet. */
  async find(
    key: string,
    place: { readonly channel: string; readonly thread?: string },
    since: number,
  ): Promise<Posted | undefined> {
    if (!this.#allowed) return undefined;
    const range = { oldest: String(since / 1000 - 120), include_all_metadata: true, limit: 200 };
    try {
      const { messages = [] } = place.thread
        ? await this.#web.reads.conversations.replies({ channel: place.channel, ts: place.thread, ...range })
        : await this.#web.reads.conversations.history({ channel: place.channel, ...range });
      const found = messages.find((message) => 'metadata' in message && keyIn(message.metadata) === key);
      return found?.ts ? { channel: place.channel, ts: found.ts } : undefined;
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind !== 'refused') throw error;
      if (fault.error === 'missing_scope') {
        this.#allowed = false;
        this.#log.info({}, 'no history scope: repeated posts rely on client_msg_id');
      }
      return undefined;
    }
  }
}

function keyIn(metadata: unknown): unknown {
  if (!isRecord(metadata) || metadata.event_type !== eventType) return undefined;
  return isRecord(metadata.event_payload) ? metadata.event_payload.key : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
