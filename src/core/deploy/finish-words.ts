import type { Operation } from '../operation.ts';
import type { Finishes, Step } from '../plan.ts';
import { listed } from '../text.ts';
import { bringsBack, type Finishing } from './unfinished.ts';
import { counted } from './wave.ts';

/** What the plan of finishing something says of itself. */

export function titleOf({ id, plan }: Operation, way: Finishes['way']): string {
  // who finishes what was left of finishing finishes the same
  if (plan.finishes) return plan.title;
  const what = `${id} (${plan.title.charAt(0).toLowerCase()}${plan.title.slice(1)})`;
  return way === 'back' ? `Finish taking back ${what}` : `Finish ${what}`;
}

export function consequencesOf({ operation, way, waves, gone, lost, unsure }: Finishing): readonly string[] {
  const steps = waves.flatMap((each) => each.steps);
  const back = namesOf(steps, (step) => step.verb === 'backend.set' && bringsBack(step));
  const deleted = namesOf(steps, ({ verb }) => verb === 'container-instance.delete');
  return [
    way === 'back'
      ? `${operation.id} did not come all the way back: ${counted(steps.length, 'step')} of it ${isOrAre(steps.length)} done now, in the same order.`
      : `${operation.id} is past the point of no return and did not come to its end: ${counted(steps.length, 'step')} of it ${isOrAre(steps.length)} done now, in the same order.`,
    ...(back.length > 0 ? [`${listed(back)} ${back.length === 1 ? 'gets' : 'get'} traffic as before.`] : []),
    ...(deleted.length > 0 ? [`${listed(deleted)} ${isOrAre(deleted.length)} deleted.`] : []),
    ...(gone.length > 0 ? [`${listed(gone)} ${isOrAre(gone.length)} gone already.`] : []),
    ...(lost.length > 0 ? [`${listed(lost)} ${isOrAre(lost.length)} gone, and cannot be brought back.`] : []),
    ...unsure.map((name) => `Whether ${name} was made is not known; look for it with: list ${name}`),
    'What fails is left as it is, and can be finished again.',
  ];
}

function namesOf(steps: readonly Step[], isMeant: (step: Step) => boolean): readonly string[] {
  return [...new Set(steps.filter(isMeant).map(({ target }) => target.name))];
}

function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}
