import type { ReadFile } from './command.ts';
import type { Actor, Origin } from './core/actor.ts';
import type { Report } from './core/report.ts';

/** One line from someone somewhere. `key` is the same for a repeated delivery of the same line. */
export interface Request {
  readonly line: string;
  readonly actor: Actor;
  readonly origin: Origin;
  readonly key: string;
  /** Reads what a line names of the files of whoever typed it; absent where they have none here. */
  readonly readFile?: ReadFile;
}

export interface Reply {
  readonly report: Report;
  /** Who sees the report; `none` when the operation's own message says it all. */
  readonly visibility: 'caller' | 'channel' | 'none';
  readonly outcome: 'done' | 'failed' | 'refused' | 'waiting';
  /** The operation that came of it. */
  readonly operation?: string;
  /** Of a dry run: the line would do nothing, since the rules do not let this person, or since all is so already. */
  readonly vain?: 'denied' | 'idle';
}
