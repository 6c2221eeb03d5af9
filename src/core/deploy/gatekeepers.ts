import type { Operation } from '../operation.ts';
import type { Plan } from '../plan.ts';
import { stepsOf } from '../plan.ts';

/** Ids of the people whom gates of the plan ask, each once. */
export function gatekeepersOf(plan: Plan): readonly string[] {
  const ids = stepsOf(plan).flatMap(({ with: options }) => peopleIn(options?.gates));
  return [...new Set(ids)];
}

/** Those whom gates of the step that runs ask. */
export function gatekeepersNow({ steps }: Pick<Operation, 'steps'>): readonly string[] {
  const running = steps.filter(({ state }) => state === 'running');
  return [...new Set(running.flatMap(({ step }) => peopleIn(step.with?.gates)))];
}

/** Whether the step that runs asks a person, whatever people those may be. */
export function asksPeople({ steps }: Pick<Operation, 'steps'>): boolean {
  return steps.some(
    ({ state, step: { with: options } }) =>
      state === 'running' &&
      Array.isArray(options?.gates) &&
      options.gates.some(
        (gate) => typeof gate === 'object' && gate !== null && 'type' in gate && gate.type === 'person',
      ),
  );
}

function peopleIn(gates: unknown): readonly string[] {
  if (!Array.isArray(gates)) return [];
  return gates.flatMap((gate: unknown) => {
    const from = typeof gate === 'object' && gate !== null && 'from' in gate ? gate.from : [];
    return Array.isArray(from) ? from.filter((id) => typeof id === 'string') : [];
  });
}
