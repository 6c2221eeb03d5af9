import type { Argument, Flag } from './arguments.ts';
import type { Actor, Origin } from './core/actor.ts';
import type { AuditEntry } from './core/audit.ts';
import type { CloudReader } from './core/cloud.ts';
import type { App } from './core/deploy/app.ts';
import type { Released } from './core/deploy/release.ts';
import type { Act } from './core/lifecycle.ts';
import type { Operation, Status } from './core/operation.ts';
import type { Impact, Plan } from './core/plan.ts';
import type { Verdict } from './core/policy.ts';
import type { Report } from './core/report.ts';
import type { CheckedFile } from './core/schedule/checking/oddity.ts';
import type { Pause } from './core/schedule/model.ts';
import type { LightsReader } from './core/schedule/reader.ts';

export * from './arguments.ts';

/**
 * All that a file in commands/ needs: `query`, `change` and `control` declare a subcommand, the
 * argument kinds say what it takes. Parser, help, usage, docs and modal derive from the declaration.
 */

type Arguments = Readonly<Record<string, Argument<unknown>>>;
type Flags = Readonly<Record<string, Flag<unknown>>>;
export type Input<A extends Arguments, F extends Flags> = {
  readonly [K in keyof A]: A[K] extends Argument<infer T> ? T : never;
} & { readonly [K in keyof F]: F[K] extends Flag<infer T> ? T : never };

interface Declaration<A extends Arguments, F extends Flags> {
  /** One line, in the imperative, without a full stop. */
  readonly summary: string;
  /** Lines that work, without `/oci`. Each is parsed by a test. */
  readonly examples: readonly string[];
  /** Typed without anything behind its name, it opens its form where there are forms. */
  readonly opensForm?: boolean;
  readonly args?: A;
  readonly flags?: F;
}

/** Answers from what is there and changes nothing. */
export interface Query<A extends Arguments = Arguments, F extends Flags = Flags> extends Declaration<A, F> {
  readonly type: 'query';
  /** Needs no rule: anyone may ask what they may do. */
  readonly open?: boolean;
  run(input: Input<A, F>, look: Look): Promise<Report>;
}

/** Plans a change of the cloud. Everything else (rights, approval, running, undo) is not its business. */
export interface Change<A extends Arguments = Arguments, F extends Flags = Flags> extends Declaration<A, F> {
  readonly type: 'change';
  readonly impact: Impact;
  plan(input: Input<A, F>, look: Look): Promise<Plan>;
}

/** Acts on operations, not on the cloud: cancel. */
export interface Control<A extends Arguments = Arguments, F extends Flags = Flags> extends Declaration<A, F> {
  readonly type: 'control';
  run(input: Input<A, F>, look: Look, controls: Controls): Promise<Report>;
}

// biome-ignore lint/suspicious/noExplicitAny: a list of commands holds every kind of input
export type Command = Query<any, any> | Change<any, any> | Control<any, any>;
export type NamedCommand = Command & { readonly name: string };

// biome-ignore lint/complexity/noBannedTypes: no arguments is an empty record
type None = {};

export function query<A extends Arguments = None, F extends Flags = None>(
  declared: Omit<Query<A, F>, 'type'>,
): Query<A, F> {
  return { type: 'query', ...declared };
}

export function change<A extends Arguments = None, F extends Flags = None>(
  declared: Omit<Change<A, F>, 'type'>,
): Change<A, F> {
  return { type: 'change', ...declared };
}

export function control<A extends Arguments = None, F extends Flags = None>(
  declared: Omit<Control<A, F>, 'type'>,
): Control<A, F> {
  return { type: 'control', ...declared };
}

/** What a command may look at while it answers or plans. That nothing here writes is a type error, not a custom. */
export interface Look {
  readonly cloud: CloudReader;
  readonly operations: OperationReader;
  readonly lights: LightsReader;
  readonly deploys: DeploysReader;
  readonly actor: Actor;
  readonly origin: Origin;
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: number;
  /** The line as it was typed, for plans that quote it. */
  readonly line: string;
  readonly commands: readonly NamedCommand[];
  /** What the rules say of this person here, for each command, before any target is known. */
  may(command: string): Verdict;
  /** Which rule decides a whole line and why, with its targets looked up. */
  explain(line: string): Promise<Report>;
  /** Milliseconds that one step of each act may take. */
  readonly deadlines: Readonly<Record<Act, number>>;
  /**
   * The text of a file of whoever typed the line, or undefined where there is no such file. Throws a Refusal for
   * what is no text. Absent where nobody has files to give, as in Slack.
   */
  readonly readFile?: ReadFile;
  /** Holds a file of policies against what is configured. Throws a Refusal for what cannot be one. */
  checkFile(text: string, path: string): CheckedFile;
  /** The self-checks of doctor, in order. */
  readonly checks: readonly Check[];
}

export type ReadFile = (path: string) => string | undefined;

/** A self-check: resolves with a finding, rejects with the reason. */
export interface Check {
  readonly name: string;
  readonly fix: string;
  run(): Promise<string>;
}

export interface OperationReader {
  get(id: string): Promise<Operation | undefined>;
  /** Newest first. */
  list(filter: {
    readonly status?: readonly Status[];
    /** Those that lock it by its name: `app:shop`. */
    readonly lock?: string;
    /** Those that were asked for after this one, an id. */
    readonly after?: string;
    readonly limit: number;
  }): Promise<readonly Operation[]>;
  /** Newest first. `about` is an operation id, a person's id or a word of the line. */
  history(filter: { readonly about?: string; readonly limit: number }): Promise<readonly AuditEntry[]>;
}

/** What is known of apps and of what was deployed. */
export interface DeploysReader {
  readonly apps: readonly App[];
  /** Those that were begun, newest first. */
  releases(app: string, limit: number): Promise<readonly Released[]>;
  /** What is locked by hand. */
  holds(): Promise<readonly Hold[]>;
}

/** What somebody locked, such as `app:shop`. */
export interface Hold {
  readonly name: string;
  /** An actor's id. */
  readonly by: string;
  readonly at: number;
  readonly because: string;
}

export interface Controls {
  /** Asks a waiting or running operation to stop. Steps already sent to OCI are seen to their end. */
  cancel(id: string, because: string | undefined): Promise<Operation>;
  /** A deploy that asks, or that holds, goes on. Throws a Refusal when it does not run, or is not theirs. */
  promote(id: string, because: string | undefined): Promise<Operation>;
  /** Locks an app by hand, or unlocks it. Throws a Refusal when it is locked already, or is not locked. */
  lock(app: string, because: string): Promise<Hold>;
  unlock(app: string): Promise<Hold>;
  /** A policy does nothing until then. Throws a Refusal for an unknown policy and a moment that is past. */
  pause(policy: string, until: number, because: string | undefined): Promise<Pause>;
  /** It takes up again what its timetable wants now. Throws a Refusal when it is not paused. */
  resume(policy: string): Promise<Pause>;
}
