import { showDuration } from './duration.ts';
import type { Progress } from './operation.ts';
import type { Step } from './plan.ts';

/** How one step is told of. */

/** What the step is called. */
export function doesOf({ does, name }: Step): string {
  return does ?? name;
}

/** What came of it: `Add store-v3-1 to api of store-lb: Too many backends.` What a note says of the step by itself is not said twice. */
export function saidOf({ step, state, note = state }: Pick<Progress, 'step' | 'state' | 'note'>): string {
  const own = step.late ?? doesOf(step);
  return note.startsWith(own) ? note : `${doesOf(step)}: ${note}`;
}

/**
 * That its time is over: `store-v3-1 was not healthy in api of store-lb within 2 min: no node says OK`. `label` is of its
 * verb, for steps that have no words of their own; `note` is how far it was.
 */
export function lateText({ late, does, within }: Step, label: string, note: string | undefined): string {
  const time = showDuration(within);
  if (late === undefined)
    return `${does ?? label} has not finished after ${time}${note ? `; still ${note}` : ''}`;
  return `${late} within ${time}${note ? `${isState(note) ? '; still ' : ': '}${note}` : ''}`;
}

/** As OCI writes them: `CREATING, 40 %`. */
function isState(note: string): boolean {
  return /^[A-Z]{2,}/.test(note) && !note.startsWith('OCI');
}
