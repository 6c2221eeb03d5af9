import type { Report } from './report.ts';

/** Where a letter goes. */
export type Address =
  | {
      readonly kind: 'channel';
      readonly channel: string;
      readonly thread?: string;
      /** Who gets it as a direct message when the bot cannot post in the channel. */
      readonly user?: string;
    }
  /** The thread under the letter with the key `of`; it waits until that one is posted. */
  | { readonly kind: 'thread'; readonly of: string }
  /** Slack's response_url (5 uses, 30 minutes): seen by the user only. */
  | {
      readonly kind: 'response';
      readonly url: string;
      readonly channel: string;
      readonly user: string;
      /** It takes the place of the message whose button or menu was used. */
      readonly replace?: boolean;
    }
  | { readonly kind: 'ephemeral'; readonly channel: string; readonly user: string; readonly thread?: string }
  | { readonly kind: 'dm'; readonly user: string };

/** Something to be said once, and said anew under the same key when it changes. */
export interface Letter {
  /** `op-81`, `op-81#reminder-1`: one message for each key, ever. */
  readonly key: string;
  readonly to: Address;
  readonly report: Report;
  /** A letter to a thread that the channel sees too. */
  readonly broadcast?: boolean;
}
