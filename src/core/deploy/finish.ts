import { doesOf } from '../describe-stages.ts';
import { dueOf, knownOf, leftBehind, type Part } from '../leftovers.ts';
import type { Operation, Progress } from '../operation.ts';
import { type Finishes, newTarget, type Plan, type PlanTarget, planTarget, type Step } from '../plan.ts';
import type { Target } from '../target.ts';
import { listed } from '../text.ts';
import { ocidIn } from '../way-back.ts';
import { counted, hasSteps, type Wave, wave } from './wave.ts';

/** What an operation left undone, with all that it takes to do it now. */
export interface Unfinished extends Pick<Finishes, 'way' | 'known'> {
  readonly operation: Operation;
  readonly waves: readonly Wave[];
}

/** The same with targets as they are now. */
export interface Finishing extends Unfinished {
  /** Names of what was to be deleted, and is gone. */
  readonly gone: readonly string[];
  /** Names of what was to be brought back, and is gone. */
  readonly lost: readonly string[];
  /** Names of what may have been made: nobody knows where. */
  readonly unsure: readonly string[];
}

/**
 * The steps of an operation that did not come off, in the same waves and the same order. What waits for something that is
 * done again waits again. Undefined where it left nothing behind.
 */
export function unfinished(operation: Operation): Unfinished | undefined {
  const due = leftBehind(operation) && dueOf(operation);
  if (!due) return undefined;
  const known = knownOf(operation);
  const waves = due.way === 'back' ? withWaits(due.waves) : withHooks(due.waves, known);
  return waves.length > 0 ? { operation, way: due.way, known, waves } : undefined;
}

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
      .map(({ stage, steps }) => partOf(stage, steps.flatMap(now), steps.length))
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

/** Drained again, connections get time again; brought back again, it is waited for again. */
function withWaits(waves: Part['waves']): readonly Wave[] {
  const again: Step[] = [];
  return waves
    .map(({ stage, steps }) => {
      const some = steps.filter(
        ({ state, step }) => state !== 'done' || again.some((before) => waitsFor(step, before)),
      );
      again.push(...some.map(({ step }) => step));
      return partOf(stage, some.map(plain), steps.length);
    })
    .filter(hasSteps);
}

/** A stage is called by all of its steps, and some of them by what they do. */
function partOf(stage: string, some: readonly Step[], all: number): Wave {
  const [only, ...others] = some;
  if (!only || some.length === all) return wave(stage, some);
  const whole = stage.replace(/: \d+ that are left$/, '');
  return wave(others.length === 0 ? doesOf(only) : `${whole}: ${some.length} that are left`, some);
}

function waitsFor(step: Step, before: Step): boolean {
  if (before.verb !== 'backend.set') return false;
  if (step.verb === 'deploy.wait') return isDrain(before);
  return step.verb === 'backend.well' && step.target.name === before.target.name;
}

/** A hook that did not end well is run anew: what ran, or was half made, is deleted first. */
function withHooks(waves: Part['waves'], known: Finishes['known']): readonly Wave[] {
  const all = waves.flatMap(({ steps }) => steps);
  const anew = new Set(
    all.flatMap(({ step, state }) =>
      step.verb === 'container-instance.ended' && state !== 'done' ? (step.of ?? []) : [],
    ),
  );
  return waves
    .flatMap(({ stage, steps }): readonly Wave[] => {
      const some = steps.filter(
        ({ step, state }) =>
          !isClearing(step) && (state !== 'done' || anew.has(step.name) || anew.has(step.of ?? '')),
      );
      const clear = some.flatMap(({ step }) =>
        anew.has(step.name) && ocidIn(known[step.name]) !== undefined ? clearing(all, step) : [],
      );
      return [
        wave(`Delete what is there of ${clear[0]?.target.name}`, clear),
        partOf(stage, some.map(plain), steps.length),
      ];
    })
    .filter(hasSteps);
}

function clearing(all: readonly Progress[], maker: Step): readonly Step[] {
  const found = all.findLast(
    ({ step }) => step.verb === 'container-instance.delete' && step.of === maker.name,
  );
  return found ? [{ ...plain(found), name: `${found.step.name}${beforehand}` }] : [];
}

const beforehand = ' beforehand';

function isClearing({ name }: Step): boolean {
  return name.endsWith(beforehand);
}

/** As a step of a way there: what it undoes is of the operation before. */
function plain({ step }: Progress): Step {
  const { name, does, of, verb, target, with: options, within } = step;
  return {
    name,
    ...(does === undefined ? {} : { does }),
    ...(of === undefined ? {} : { of }),
    verb,
    target,
    ...(options === undefined ? {} : { with: options }),
    within,
  };
}

function ocidOf({ of, target }: Step, known: Finishes['known']): string | undefined {
  return of === undefined ? target.ocid || undefined : ocidIn(known[of]);
}

/** A backend may be there without its instance: it is to be taken out all the same. */
function outlives({ verb, with: options }: Step): boolean {
  return verb === 'backend.remove' || (verb === 'backend.set' && options?.ifThere === true);
}

function isDrain({ verb, with: options }: Step): boolean {
  const change = options?.change;
  const isSet = typeof change === 'object' && change !== null && 'drain' in change;
  return verb === 'backend.set' && isSet && change.drain === true;
}

/** An old instance takes traffic again, and well. */
function bringsBack({ verb, of }: Step): boolean {
  return of === undefined && (verb === 'backend.set' || verb === 'backend.well');
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

function titleOf({ id, plan }: Operation, way: Finishes['way']): string {
  // who finishes what was left of finishing finishes the same
  if (plan.finishes) return plan.title;
  const what = `${id} (${plan.title.charAt(0).toLowerCase()}${plan.title.slice(1)})`;
  return way === 'back' ? `Finish taking back ${what}` : `Finish ${what}`;
}

function consequencesOf({ operation, way, waves, gone, lost, unsure }: Finishing): readonly string[] {
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
