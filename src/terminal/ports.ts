import type { NamedCommand, Offer } from '../command.ts';
import type { Actor, Origin } from '../core/actor.ts';
import type { Clock } from '../core/clock.ts';
import type { Operation } from '../core/operation.ts';
import type { Report } from '../core/report.ts';

/** What the terminal needs of the product: the same pipeline and store that Slack stands on. */
export interface Bot {
  readonly commands: readonly NamedCommand[];
  readonly clock: Clock;
  /** The folder of the store, where the history of the shell is kept. */
  readonly folder: string;
  /** Whether the line would change the cloud: not a dry run, and a line that can be read at all. */
  changes(line: string): boolean;
  /** Runs one line. Never rejects: a refusal and a bug are replies. */
  handle(request: Request & { readonly line: string }): Promise<Reply>;
  /** Runs the line that an option of a menu stands for. */
  choose(request: Request & { readonly choice: string }): Promise<Reply>;
  /** What could be meant by what was typed so far, for completion. */
  suggest(request: {
    readonly what: Offer;
    readonly typed: string;
    readonly actor: Actor;
    /** What other arguments say that it depends on, by their names. */
    readonly beside?: Readonly<Record<string, string>>;
  }): Promise<readonly { readonly value: string }[]>;
  operation(id: string): Promise<Operation | undefined>;
  /** Calls back when an operation of this process changed; answers how to stop. Other processes' are polled. */
  onChange(listener: () => void): () => void;
  stop(): Promise<void>;
}

export interface Request {
  readonly actor: Actor;
  readonly origin: Origin;
  readonly key: string;
}

export interface Reply {
  readonly report: Report;
  readonly outcome: 'done' | 'failed' | 'refused' | 'waiting';
  readonly operation?: string;
  /** Of a dry run: the line would do nothing, since the rules do not let this person, or since all is so already. */
  readonly vain?: 'denied' | 'idle';
}
