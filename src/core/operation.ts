import type { Actor, Origin } from './actor.ts';
import type { Approval } from './approval.ts';
import type { Fresh } from './cloud.ts';
import type { Plan, Step } from './plan.ts';
import type { StepState } from './report.ts';
import type { Receipt } from './verb.ts';

/**
 * A plan being run.
 *
 *   waiting ──approve──▶ queued ──locks──▶ running ──▶ succeeded │ failed │ cancelled │ unresolved
 *      └─▶ denied │ expired │ cancelled │ void      (no step of these has ever acted)
 */
export type Status =
  | 'waiting'
  | 'queued'
  | 'running'
  | 'succeeded'
  /** At least one step failed; what the others did stands and is listed. */
  | 'failed'
  | 'cancelled'
  /** The outcome of a step cannot be known by looking; a person must. */
  | 'unresolved'
  | 'denied'
  | 'expired'
  /** What the approved card said was no longer true when it came to run. */
  | 'void';

export const finalStatuses: readonly Status[] = [
  'succeeded',
  'failed',
  'cancelled',
  'unresolved',
  'denied',
  'expired',
  'void',
];

export interface Operation {
  /** `op-81`. */
  readonly id: string;
  readonly status: Status;
  readonly line: string;
  readonly actor: Actor;
  readonly origin: Origin;
  readonly plan: Plan;
  /** sha-256 over the plan's canonical text, lower-case hex. */
  readonly digest: string;
  /** Absent where the rules allowed without asking. */
  readonly approval?: Approval;
  readonly steps: readonly Progress[];
  /** Why it is queued, void, denied or cancelled; a sentence. */
  readonly because?: string;
  /** Who asked it to stop. A running operation sees what it sent to OCI to its end first. */
  readonly cancel?: { readonly by: string; readonly at: number; readonly because?: string };
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly finishedAt?: number;
}

/** Where one step of an operation stands. */
export interface Progress {
  readonly step: Step;
  readonly state: StepState;
  /** How often `act` was called. */
  readonly attempts: number;
  readonly before?: Fresh;
  readonly receipt?: Receipt;
  /** Why it failed or is unknown, or how far it is; a sentence or a few words. */
  readonly note?: string;
  readonly startedAt?: number;
  readonly finishedAt?: number;
}

export function isFinal(status: Status): boolean {
  return finalStatuses.includes(status);
}

/** The status an operation ends in, once no step is pending or running. */
export function outcome(steps: readonly { readonly state: StepState }[], cancelled: boolean): Status {
  if (steps.some((step) => step.state === 'unknown')) return 'unresolved';
  if (steps.some((step) => step.state === 'failed')) return 'failed';
  if (cancelled && steps.some((step) => step.state === 'skipped')) return 'cancelled';
  return 'succeeded';
}
