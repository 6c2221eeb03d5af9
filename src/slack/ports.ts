import type { Hono } from 'hono';
import type { NamedCommand, Offer } from '../command.ts';
import type { Actor, Origin } from '../core/actor.ts';
import type { Press } from '../core/approval.ts';
import type { Clock } from '../core/clock.ts';
import type { Operation } from '../core/operation.ts';
import type { Report } from '../core/report.ts';
import type { Keep } from '../core/schedule/model.ts';
import type { Inbox } from '../engine/mail/inbox.ts';
import type { Outbox } from '../engine/mail/outbox.ts';
import type { Log } from '../log.ts';

/** Who does something, where, and a key that a repeated delivery of it has too. */
export interface Asked {
  readonly actor: Actor;
  readonly origin: Origin;
  readonly key: string;
}

export interface Answer {
  readonly report: Report;
  /** Who sees the report; `none` when the operation's own message says it all. */
  readonly visibility: 'caller' | 'channel' | 'none';
  readonly operation?: string;
  readonly outcome: 'done' | 'failed' | 'refused' | 'waiting';
}

/** One thing a person may pick while typing. */
export interface Suggestion {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
}

/** What a person's Home tab shows. */
export interface HomeContents {
  /** Operations that wait for this person's decision. */
  readonly approvals: readonly Operation[];
  /** This person's operations that are not over. */
  readonly running: readonly Operation[];
  /** What this person keeps on or off. */
  readonly keeps: readonly { readonly keep: Keep; readonly name: string }[];
  /** What this person may run. */
  readonly commands: readonly NamedCommand[];
}

/** What Slack's front end needs of the product. Every call may be repeated with the same key. */
export interface Pipeline {
  /** Runs one line. Never rejects: refusals and bugs become reports. */
  handle(request: Asked & { readonly line: string }): Promise<Answer>;
  /** A press on an operation's message. Answers the presser, or undefined when the message says it. */
  press(
    request: Asked & {
      readonly operation: string;
      readonly verdict: Press['verdict'];
      readonly digest: string;
      readonly reason?: string;
    },
  ): Promise<Report | undefined>;
  /** A pick from a menu that a report offered: the opaque key of a line. */
  choose(request: Asked & { readonly choice: string }): Promise<Answer>;
  /** Retires an instance that an operation left behind, by its place among those. */
  retire(request: Asked & { readonly operation: string; readonly place: number }): Promise<Answer>;
  cancel(request: Asked & { readonly operation: string }): Promise<Report | undefined>;
  suggest(request: {
    readonly what: Offer;
    readonly typed: string;
    readonly actor: Actor;
    /** What other arguments say that it depends on, by their names. */
    readonly beside?: Readonly<Record<string, string>>;
  }): Promise<readonly Suggestion[]>;
  home(actor: Actor): Promise<HomeContents>;
  /** Why the line could not be run as it is written, or undefined. Nothing is looked up. */
  fault(line: string): string | undefined;
  readonly commands: readonly NamedCommand[];
}

export interface SlackSettings {
  /** The workspace that the tokens must belong to. */
  readonly team?: string;
  readonly allowGuests: boolean;
  /** Team ids of other workspaces whose people, met in shared channels, may use the bot. */
  readonly allowOtherWorkspaces: readonly string[];
  /** Channel for what cannot be said where it belongs. */
  readonly announce?: string;
}

export type Connection =
  | { readonly mode: 'socket'; readonly botToken: string; readonly appToken: string }
  | {
      readonly mode: 'http';
      readonly botToken: string;
      readonly signingSecret: string;
      /** The bot's HTTP server; POST /slack/events is mounted on it. */
      readonly http: Hono;
    };

export interface SlackOptions {
  readonly connection: Connection;
  /** Base of the Web API; Slack's own when left out. */
  readonly apiUrl?: string;
  readonly pipeline: Pipeline;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: SlackSettings;
  /** Calls back with an operation's id after each change; answers how to stop. Home tabs follow it. */
  readonly onChange?: (listener: (operation: string) => void) => () => void;
  /** Milliseconds between the starts of the two sockets, so that Slack does not recycle them together. */
  readonly stagger?: number;
}
