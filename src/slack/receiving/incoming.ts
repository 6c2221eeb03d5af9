import type { Json } from '../../core/json.ts';

/**
 * What came in from Slack, cut down to what is needed to act on it and to act on it again after a
 * crash. Types, not interfaces, so that they are Json.
 */
export type Incoming = Line | Press | Form | HomeOpened;

/** Where somebody did something. */
type Where = {
  readonly user: string;
  readonly channel: string;
  readonly channelName?: string;
  readonly thread?: string;
  /** Answers for this person's eyes only; absent in the Home tab and for mentions. */
  readonly responseUrl?: string;
};

/** A typed line: the slash command, or a mention of the bot. */
export type Line = Where & { readonly type: 'line'; readonly line: string };

/** A button or a menu of a message or of the Home tab. */
export type Press = Where & {
  readonly type: 'press';
  readonly action: string;
  readonly value: string;
  readonly reason?: string;
  /** The message is an ephemeral one, which an answer may replace. */
  readonly ephemeral?: boolean;
};

/** A form that was filled in: a line whose answer goes to a channel of the person's choice. */
export type Form = Where & { readonly type: 'form'; readonly line: string };

export type HomeOpened = { readonly type: 'home'; readonly user: string };

export type Arrived = { readonly key: string; readonly what: Incoming };

/** What the inbox kept, or undefined when another version of the bot wrote something else. */
export function readIncoming(kept: Json): Incoming | undefined {
  const types: readonly string[] = ['line', 'press', 'form', 'home'];
  const isOne = typeof kept === 'object' && kept !== null && 'type' in kept && 'user' in kept;
  return isOne && types.includes(String(kept.type)) ? (kept as Incoming) : undefined;
}
