import type { Operation } from '../operation.ts';
import { type Finishes, newTarget, type Plan, type PlanTarget, planTarget, type Step } from '../plan.ts';
import type { Target } from '../target.ts';
import { ocidIn } from '../way-back.ts';
import { consequencesOf, titleOf } from './finish-words.ts';
import { bringsBack, type Finishing, isClearing, someOf, type Unfinished } from './unfinished.ts';
import { hasSteps } from './wave.ts';

/** What is there already of what its steps act on, each once: it is read before it is planned. */
export function targetsLeft({ waves, known }: Unfinished): readonly PlanTarget[] {
  const all = waves.flatMap(({ steps }) =>
    steps.flatMap((step) => {
      const ocid = ocidOf(step, known);
      return ocid === undefined ? [] : [{ ...step.target, ocid }];
    }),
  );
  return [...new Map(all.map((target) => [target.ocid, target])).values()];
}

/** `found` are the targets left as they were just read, by their OCIDs; what is gone is not among them. */
export function withTargets(left: Unfinished, found: ReadonlyMap<string, Target>): Finishing {
  const [gone, lost, unsure] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const made = new Set(left.waves.flatMap(({ steps }) => steps.map(({ name }) => name)));
  const now = (step: Step): readonly Step[] => {
    const { name } = step.target;
    const isOfThis = step.of !== undefined && made.has(step.of) && !isClearing(step);
    const ocid = isOfThis ? undefined : ocidOf(step, left.known);
    if (ocid === undefined) {
      if (step.of === undefined || isOfThis) return [step];
      if (mayBeMade(left.operation, step.of)) unsure.add(name);
      return [];
    }
    const target = found.get(ocid);
    if (target) return [{ ...step, target: planTarget(target) }];
    if (outlives(step)) return [{ ...step, target: newTarget(step.target) }];
    if (!isClearing(step))
      (step.verb === 'container-instance.delete' || step.of !== undefined ? gone : lost).add(name);
    return [];
  };
  return {
    ...left,
    waves: left.waves
      .map(({ stage, steps }) => someOf(stage, steps.flatMap(now), steps.length))
      .filter(hasSteps),
    gone: [...gone],
    lost: [...lost],
    unsure: [...unsure],
  };
}

/** The plan of finishing it. On the way back each step is worth trying, but for taking away what serves in vain. */
export function finishPlan(finishing: Finishing, line: string): Plan {
  const { operation, way, known, waves } = finishing;
  const { plan } = operation;
  const steps = waves.flatMap((each) => each.steps);
  const makes = plan.makes?.length ? plan.makes : judged(steps);
  const first = waves.findIndex((each) => !each.steps.every(bringsBack));
  return {
    title: titleOf(operation, way),
    impact: 'change',
    consequences: consequencesOf(finishing),
    waves: waves.map((each) => each.steps),
    stages: waves.map(({ stage }) => stage),
    finishes: {
      operation: operation.id,
      way,
      known: mentioned(known, steps),
      ...(way === 'back' ? { regardlessFrom: first < 0 ? waves.length : first } : {}),
    },
    ...(plan.locks ? { locks: plan.locks } : {}),
    ...(makes.length > 0 ? { makes } : {}),
    unchanged: [],
    line,
  };
}

function ocidOf({ of, target }: Step, known: Finishes['known']): string | undefined {
  return of === undefined ? target.ocid || undefined : ocidIn(known[of]);
}

/** A backend may be there without its instance: it is to be taken out all the same. */
function outlives({ verb, with: options }: Step): boolean {
  return verb === 'backend.remove' || (verb === 'backend.set' && options?.ifThere === true);
}

/** Its call went out, and nobody knows what came of it. */
function mayBeMade({ steps }: Operation, maker: string): boolean {
  return steps.some(({ step, state }) => step.name === maker && state === 'unknown');
}

/** Only what its steps speak of goes into the plan. */
function mentioned(known: Finishes['known'], steps: readonly Step[]): Finishes['known'] {
  const said = JSON.stringify(steps);
  return Object.fromEntries(Object.entries(known).filter(([name]) => said.includes(JSON.stringify(name))));
}

/** Where nothing that it acts on has an OCID any more, rules judge it by what was there. */
function judged(steps: readonly Step[]): readonly Target[] {
  const only = steps.some(({ target }) => target.ocid !== '') ? [] : steps.slice(0, 1);
  return only.map(({ target: { compartment, ...target } }) => ({
    ...target,
    compartment: { ocid: '', path: compartment },
    tags: {},
  }));
}
