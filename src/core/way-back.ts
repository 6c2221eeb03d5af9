import type { Json } from './json.ts';
import type { Progress } from './operation.ts';
import type { Plan, Undo } from './plan.ts';

/** What turning back means for the steps, by their places. */
export interface Turn {
  /** Of the way there: never to be begun. */
  readonly notBegun: readonly number[];
  /** Of the way back: what they undo was never begun. */
  readonly notNeeded: readonly number[];
}

/**
 * Whether an operation that has come to a halt goes the way back of its plan. Undefined where it has none, where all
 * is done, where nothing was begun, and where a step that is beyond it was begun.
 */
export function wayBack(
  { waves, undo }: Plan,
  steps: readonly Pick<Progress, 'state' | 'step'>[],
): Turn | undefined {
  if (!undo) return undefined;
  const isDone = steps.every(({ state }) => state === 'done');
  const begun = begunIn(steps);
  if (isDone || begun.size === 0 || isBeyond({ waves, undo }, steps)) return undefined;
  return {
    notBegun: steps.flatMap(({ state }, at) => (state === 'pending' ? [at] : [])),
    notNeeded: neededOf(undo, begun).flatMap((isNeeded, at) => (isNeeded ? [] : [at])),
  };
}

/** Of each step of the way back, whether what it undoes was begun. */
export function neededOf({ waves }: Undo, begun: ReadonlySet<string>): readonly boolean[] {
  return waves.flat().map(({ undoes }) => undoes.some((name) => begun.has(name)));
}

/** Names of the steps that may have done something. */
export function begunIn(steps: readonly Pick<Progress, 'state' | 'step'>[]): ReadonlySet<string> {
  return new Set(steps.flatMap(({ state, step }) => (isBegun(state) ? [step.name] : [])));
}

/** What steps found and made, by their names. What OCI has begun to make has an OCID, whatever became of it. */
export function foundBy(
  steps: readonly Pick<Progress, 'step' | 'result' | 'receipt'>[],
): ReadonlyMap<string, Json> {
  return new Map(
    steps.flatMap(({ step, result, receipt }): readonly (readonly [string, Json])[] => {
      if (result !== undefined) return [[step.name, result]];
      return receipt?.made === undefined ? [] : [[step.name, { ocid: receipt.made }]];
    }),
  );
}

/** The OCID of what a step made, as it was found. */
export function ocidIn(found: unknown): string | undefined {
  if (typeof found !== 'object' || found === null || !('ocid' in found)) return undefined;
  return typeof found.ocid === 'string' ? found.ocid : undefined;
}

/** Whether it is too late to go back: what there was to go back to is being taken away. */
export function isBeyond(
  { waves, undo }: Pick<Plan, 'waves' | 'undo'>,
  steps: readonly Pick<Progress, 'state'>[],
): boolean {
  if (!undo) return false;
  const first = waves.slice(0, undo.until).reduce((sum, wave) => sum + wave.length, 0);
  return steps.slice(first).some(({ state }) => isBegun(state));
}

function isBegun(state: Progress['state']): boolean {
  return state !== 'pending' && state !== 'skipped';
}
