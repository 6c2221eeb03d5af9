import type { Progress } from './operation.ts';
import type { Plan } from './plan.ts';

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
  const begun = new Set(steps.flatMap(({ state, step }) => (isBegun(state) ? [step.name] : [])));
  if (isDone || begun.size === 0 || isBeyond({ waves, undo }, steps)) return undefined;
  return {
    notBegun: steps.flatMap(({ state }, at) => (state === 'pending' ? [at] : [])),
    notNeeded: undo.waves
      .flat()
      .flatMap(({ undoes }, at) => (undoes.some((name) => begun.has(name)) ? [] : [at])),
  };
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
