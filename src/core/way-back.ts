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
 * is done, where nothing was begun, and where the halt is in a wave that is beyond it.
 */
export function wayBack(
  { waves, undo }: Plan,
  steps: readonly Pick<Progress, 'state' | 'step'>[],
): Turn | undefined {
  if (!undo) return undefined;
  const halted = steps.findIndex(({ state }) => state !== 'done');
  const begun = new Set(steps.flatMap(({ state, step }) => (isBegun(state) ? [step.name] : [])));
  if (halted < 0 || begun.size === 0 || waveAt(waves, halted) >= undo.until) return undefined;
  return {
    notBegun: steps.flatMap(({ state }, at) => (state === 'pending' ? [at] : [])),
    notNeeded: undo.waves
      .flat()
      .flatMap(({ undoes }, at) => (undoes.some((name) => begun.has(name)) ? [] : [at])),
  };
}

function isBegun(state: Progress['state']): boolean {
  return state !== 'pending' && state !== 'skipped';
}

function waveAt(waves: Plan['waves'], position: number): number {
  let first = 0;
  for (const [at, wave] of waves.entries()) {
    first += wave.length;
    if (position < first) return at;
  }
  return waves.length;
}
