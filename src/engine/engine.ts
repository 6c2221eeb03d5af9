import type { OperationReader } from '../command.ts';
import type { Actor, Origin } from '../core/actor.ts';
import type { Ask, Press, Ruling } from '../core/approval.ts';
import type { Operation } from '../core/operation.ts';
import type { Plan } from '../core/plan.ts';

/** What becomes an operation. */
export interface Draft {
  /** The same for a repeated delivery of the same request: it yields the same operation. */
  readonly key: string;
  readonly line: string;
  readonly actor: Actor;
  readonly origin: Origin;
  readonly plan: Plan;
  /** Who must approve; empty: nobody, it is queued at once. */
  readonly asks: readonly Ask[];
  /** The rules that decided, for the audit. */
  readonly rules?: readonly string[];
}

/**
 * Durable operations. Every call that changes something is one transaction: the change, its audit
 * entry and the letter that tells of it stand or fall together.
 */
export interface Engine extends OperationReader {
  propose(draft: Draft): Promise<Operation>;
  /**
   * A press of Approve, Deny or Break glass. Of several at once one decides; the same key again gets
   * the same answer. Throws a Refusal when there is no such operation.
   */
  press(
    id: string,
    press: Press,
    key: string,
  ): Promise<{ readonly ruling: Ruling; readonly operation: Operation }>;
  /**
   * What has not been started is not; what was sent to OCI is seen to its end. Throws a Refusal when
   * there is no such operation or it is over.
   */
  cancel(id: string, by: Actor, because?: string): Promise<Operation>;
  /** Works on what is queued as soon as it has the worker's role, and takes over what a crash left. */
  start(): Promise<void>;
  /**
   * Starts nothing new, lets calls that are out come back for at most `deadline` ms of real time, parks
   * the rest where another start finds it, and gives up the worker's role.
   */
  stop(deadline: number): Promise<void>;
  /** Whether this process carries out operations. On SQLite one process does, on PostgreSQL all. */
  readonly working: boolean;
  status(): EngineStatus;
  /** Operations that are not final, by status. */
  counts(): Promise<Readonly<Record<string, number>>>;
  /** Calls back with the id after each change made by this process. Answers how to stop. */
  onChange(listener: (id: string) => void): () => void;
}

export interface EngineStatus {
  readonly working: boolean;
  /** Operations in hand here. */
  readonly running: number;
  /** Calls to the cloud allowed side by side now; falls when OCI throttles. */
  readonly concurrency: number;
}
