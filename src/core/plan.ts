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

export interface Step {
  /** Unique within the plan and stable across restarts: `instance.stop web-1`. */
  readonly name: string;
  /** A key of the verb registry: `instance.stop`, `container-instance.restart`. */
  readonly verb: string;
  readonly target: PlanTarget;
  readonly with?: { readonly [key: string]: Json };
  /** Milliseconds from the start of the step until it has failed. */
  readonly within: number;
}

export function planTarget(target: Target): PlanTarget {
  const { kind, ocid, name, region, state } = target;
  return { kind, ocid, name, region, compartment: target.compartment.path, state };
}

/** Every step in order of execution. */
export function stepsOf(plan: Plan): readonly Step[] {
  return plan.waves.flat();
}

/** The resources that running the plan changes, each once. These are locked. */
export function targetsOf(plan: Plan): readonly PlanTarget[] {
  return [...new Map(stepsOf(plan).map((step) => [step.target.ocid, step.target])).values()];
}

/** The text whose sha-256 is the plan's digest. */
export function planText(plan: Plan): string {
  return canonical(plan);
}
