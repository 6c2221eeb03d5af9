import type { Release } from './deploy/release.ts';
import { canonical, type Json } from './json.ts';
import type { Kind, Target } from './target.ts';

/** `stop` costs service; `change` does not lose data; `destroy` loses what cannot be brought back. */
export type Impact = 'start' | 'stop' | 'change' | 'destroy';

/**
 * What a change would do, as data. The same value is printed by --dry-run, shown on the approval card,
 * bound to the approval by its digest, stored, run, resumed, audited and rendered.
 */
export interface Plan {
  /** A sentence in the imperative: "Stop 3 instances". */
  readonly title: string;
  readonly impact: Impact;
  /** What a half-awake person must know before pressing Approve, one sentence each. */
  readonly consequences: readonly string[];
  /** Steps of one wave run side by side; a wave starts when the one before it has succeeded. */
  readonly waves: readonly (readonly Step[])[];
  /** What each wave is, where a wave is more than its steps: "Make 3 instances". As many as there are waves. */
  readonly stages?: readonly string[];
  /** How it is taken back where it fails or is aborted; without it, what was done stands. */
  readonly undo?: Undo;
  /** The operation that it takes to its end, where that one left something behind. */
  readonly finishes?: Finishes;
  /** What is locked besides the targets, by whom it is about: `app:shop`. */
  readonly locks?: readonly string[];
  /** What it makes, as rules judge it: it has no OCID yet. */
  readonly makes?: readonly Target[];
  /** The app that nothing is left of, where it is a retirement of all of it. */
  readonly retires?: string;
  /** What it brings out, where it is a deploy. */
  readonly release?: Release;
  /** Targets that already are as wanted, with the reason; shown, never touched. */
  readonly unchanged: readonly { readonly target: PlanTarget; readonly because: string }[];
  /** The command line, canonical, as it is shown and audited. */
  readonly line: string;
}

/** What the card says about a target. If any of it is no longer true, the approval is void. */
export interface PlanTarget {
  readonly kind: Kind;
  readonly ocid: string;
  readonly name: string;
  readonly region: string;
  readonly compartment: string;
  readonly state: string;
}

/** The way back, as data like the way there: it is approved with it, and shown before. */
export interface Undo {
  /** From this wave on nothing is taken back any more: what there was to go back to is being deleted. */
  readonly until: number;
  /**
   * In this order. A step of them runs where one of those that it undoes was begun, and each runs
   * whatever came of the others, but those `of` the same new thing: what could not be drained is not deleted.
   */
  readonly waves: readonly (readonly UndoStep[])[];
  readonly stages: readonly string[];
}

/** What a plan has to know of the operation whose leftovers it finishes. */
export interface Finishes {
  /** `op-81`. */
  readonly operation: string;
  /** Whether they are of its way back, or of its way there from beyond the point of no return. */
  readonly way: 'there' | 'back';
  /** What steps of it found and made, by their names: the steps of this plan are `of` them. */
  readonly known: { readonly [step: string]: Json };
  /** From this wave on each runs whatever came of the one before, as on a way back; without it none does. */
  readonly regardlessFrom?: number;
}

export interface UndoStep extends Step {
  /** Names of steps. */
  readonly undoes: readonly string[];
}

export interface Step {
  /** Unique within the plan and stable across restarts: `instance.stop web-1`. */
  readonly name: string;
  /** What it does, where verb and target do not say it: "Drain shop-1 in api of shop-lb". */
  readonly does?: string;
  /** What is said where its time is over, before how long that was: "shop-1 was not healthy in api of shop-lb". */
  readonly late?: string;
  /** The step that makes what this one acts on. */
  readonly of?: string;
  /** A key of the verb registry: `instance.stop`, `container-instance.restart`. */
  readonly verb: string;
  readonly target: PlanTarget;
  readonly with?: { readonly [key: string]: Json };
  /** Milliseconds from the start of the step until it has failed. */
  readonly within: number;
}

/** The state of a target that a step of the plan makes: it has no OCID before. */
export const absent = 'ABSENT';

/** What the plan makes, before it is there. */
export function newTarget(target: Omit<PlanTarget, 'ocid' | 'state'>): PlanTarget {
  return { ...target, ocid: '', state: absent };
}

export function isNew({ ocid }: PlanTarget): boolean {
  return ocid === '';
}

export function planTarget(target: Target): PlanTarget {
  const { kind, ocid, name, region, state } = target;
  return { kind, ocid, name, region, compartment: target.compartment.path, state };
}

/** Every step in order of execution. */
export function stepsOf(plan: Plan): readonly Step[] {
  return plan.waves.flat();
}

/** The steps of the way back in order of execution. */
export function undoStepsOf({ undo }: Plan): readonly UndoStep[] {
  return undo?.waves.flat() ?? [];
}

/** The resources that running the plan changes and that are there already, each once. These are locked. */
export function targetsOf(plan: Plan): readonly PlanTarget[] {
  const there = stepsOf(plan)
    .map(({ target }) => target)
    .filter((target) => !isNew(target));
  return [...new Map(there.map((target) => [target.ocid, target])).values()];
}

/** The text whose sha-256 is the plan's digest. */
export function planText(plan: Plan): string {
  return canonical(plan);
}
