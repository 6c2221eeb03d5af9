import type { Actor, Origin } from './actor.ts';
import type { Approval } from './approval.ts';
import type { Fresh } from './cloud.ts';
import type { Json } from './json.ts';
import type { Plan, Step } from './plan.ts';
import type { StepState } from './report.ts';
import type { Receipt } from './verb.ts';

/**
 * A plan being run.
 *
 *   waiting ──approve──▶ queued ──locks──▶ running ──▶ succeeded │ failed │ cancelled │ unresolved
 *                                             └──▶ undoing ──▶ undone │ failed │ unresolved     (a plan that has a way back)
 *      └─▶ denied │ expired │ cancelled │ void      (no step of these has ever acted)
 */
export type Status =
  | 'waiting'
  | 'queued'
  | 'running'
  /** A step failed, or somebody aborted it: what was done is being taken back. */
  | 'undoing'
  | 'succeeded'
  /** At least one step failed; what the others did stands and is listed. */
  | 'failed'
  | 'cancelled'
  /** All that was done is taken back: things are as they were. */
  | 'undone'
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
  'undone',
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
  /** Of the way back, where the plan has one. */
  readonly undo?: readonly Progress[];
  /** Why it is queued, void, denied or cancelled; a sentence. */
  readonly because?: string;
  /** Who asked it to stop. A running operation sees what it sent to OCI to its end first. */
  readonly cancel?: { readonly by: string; readonly at: number; readonly because?: string };
  /** The operation that finishes, or has finished, what this one left behind, and how that stands. */
  readonly followUp?: { readonly operation: string; readonly status: Status };
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
  /** What somebody has to decide before it goes on; a sentence. */
  readonly asks?: string;
  readonly memo?: Json;
  readonly result?: Json;
  readonly startedAt?: number;
  readonly finishedAt?: number;
}

export function isFinal(status: Status): boolean {
  return finalStatuses.includes(status);
}

/** The steps of each wave, in their order. */
export function inWaves(waves: Plan['waves'], steps: readonly Progress[]): readonly (readonly Progress[])[] {
  let at = 0;
  return waves.map((wave) => {
    const first = at;
    at += wave.length;
    return steps.slice(first, at);
  });
}

type States = readonly { readonly state: StepState }[];

/**
 * The status an operation ends in, once no step is pending or running. Where the way back was gone, what came of that
 * decides: a step of it that failed left something behind.
 */
export function outcome(steps: States, cancelled: boolean, undo: States = []): Status {
  if (undo.some(({ state }) => state === 'done' || state === 'failed' || state === 'unknown')) {
    if (undo.some(({ state }) => state === 'unknown')) return 'unresolved';
    return undo.some(({ state }) => state === 'failed') ? 'failed' : 'undone';
  }
  if (steps.some((step) => step.state === 'unknown')) return 'unresolved';
  if (steps.some((step) => step.state === 'failed')) return 'failed';
  if (cancelled && steps.some((step) => step.state === 'skipped')) return 'cancelled';
  return 'succeeded';
}
