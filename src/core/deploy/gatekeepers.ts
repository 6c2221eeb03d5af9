import type { Plan } from '../plan.ts';
import { stepsOf } from '../plan.ts';

/** Ids of the people whom gates of the plan ask, each once. */
export function gatekeepersOf(plan: Plan): readonly string[] {
  const ids = stepsOf(plan).flatMap(({ with: options }) => peopleIn(options?.gates));
  return [...new Set(ids)];
}

function peopleIn(gates: unknown): readonly string[] {
  if (!Array.isArray(gates)) return [];
  return gates.flatMap((gate: unknown) => {
    const from = typeof gate === 'object' && gate !== null && 'from' in gate ? gate.from : [];
    return Array.isArray(from) ? from.filter((id) => typeof id === 'string') : [];
  });
}
