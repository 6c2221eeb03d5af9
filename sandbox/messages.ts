/** What the sandbox and the bot's process tell each other over their IPC channel. */

export type ToBot =
  /** Move the clock; answered by `moved` with the same number. */
  | { readonly type: 'clock'; readonly offset: number; readonly move: number }
  /** Stop gracefully and exit. */
  | { readonly type: 'stop' };

export type FromBot =
  | { readonly type: 'ready'; readonly url: string }
  /** It cannot start, for a reason that a person can read. */
  | { readonly type: 'failed'; readonly because: string }
  | { readonly type: 'moved'; readonly move: number };
