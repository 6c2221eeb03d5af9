import { showDuration } from '../duration.ts';
import type { Step, UndoStep } from '../plan.ts';
import type { Part } from './balancer-steps.ts';
import type { FoundPlace, NewInstance, OldInstance, Scene } from './scene.ts';
import { Steps } from './steps.ts';
import { weightBeside } from './strangers.ts';
import {
  bringBack,
  type Course,
  counted,
  eachBackend,
  hasSteps,
  offline,
  takenAway,
  undoing,
  type Wave,
  type Words,
  wave,
} from './wave.ts';
import { shareOf, weightsFor } from './weights.ts';

/** Every strategy is this: make, add, wait until well, weigh or drain, hold; then, once, drain, bake and delete. */
export function courseOf(scene: Scene): Course {
  const steps = new Steps(scene);
  const { app, release, before, after, old } = scene;
  const isBack = release.back !== undefined;
  const there = [
    wave('Check that nothing has changed since it was planned', [steps.check()]),
    ...(before && app.before && !isBack ? hookWaves(steps, before, app.before.within) : []),
    ...partWaves(scene, (part, place) => steps.balancer.makePart(part, place)),
    ...shifts(scene).flatMap((shift, at, all) => shiftWaves(scene, steps, shift, at === all.length - 1)),
    ...letGo(scene, steps),
  ].filter(hasSteps);
  const gone = [
    ...takenAway(steps, old, oldWords(scene)),
    ...(after && app.after ? hookWaves(steps, after, app.after.within) : []),
  ].filter(hasSteps);
  const waves = [...there, ...gone];
  return { waves, until: there.length, undo: wayBack(scene, steps, waves) };
}

function hookWaves(steps: Steps, hook: NewInstance, within: number): readonly Wave[] {
  return [
    wave(`Make ${hook.name}`, [steps.make(hook)]),
    wave(`Run ${hook.name} to its end`, [steps.ended(hook, within)]),
    wave(`Delete ${hook.name}`, [steps.deleteMade(hook)]),
  ];
}

/** What is missing of the places: a set before the listener that leads to it. Two places may be of one set. */
function partWaves({ places }: Scene, step: (part: Part, place: FoundPlace) => Step | undefined) {
  return parts.map((part) => {
    const all = places.flatMap((place) => step(part, place) ?? []);
    const each = [...new Map(all.map((one) => [one.name, one])).values()];
    return wave(stageOf(each), each);
  });
}

const parts = ['set', 'listener'] as const satisfies readonly Part[];

/** The one thing that is done, or how many are. */
function stageOf(steps: readonly Step[]): string {
  const [first, ...others] = steps;
  return [first?.does ?? '', ...(others.length > 0 ? [`and ${others.length} more`] : [])].join(' ');
}

/** One move of the traffic: what is made for it, what gets which weight, what is drained, and how long it holds. */
interface Shift {
  readonly name: string;
  /** The same for people: the share that whole numbers come to. */
  readonly title: string;
  readonly make: readonly NewInstance[];
  /** Of those made before and now, with the weight that they are to have. */
  readonly weight: (place: FoundPlace) => number;
  readonly reweigh: readonly NewInstance[];
  /** Weight of the old ones, where it changes. */
  readonly oldWeight?: number;
  readonly drain: readonly OldInstance[];
  readonly hold: number;
}

function shifts(scene: Scene): readonly Shift[] {
  const { app, fresh, old } = scene;
  const { strategy } = app;
  switch (strategy.type) {
    case 'blue-green':
      return [plainShift('', fresh, old)];
    case 'rolling': {
      const count = Math.ceil(fresh.length / strategy.batch);
      return Array.from({ length: count }, (_, at) => {
        const upTo = (all: number, batch: number) =>
          Math.floor((all * Math.min(fresh.length, batch * strategy.batch)) / fresh.length);
        return plainShift(
          count > 1 ? `${at + 1} of ${count}` : '',
          fresh.slice(at * strategy.batch, (at + 1) * strategy.batch),
          old.slice(upTo(old.length, at), upTo(old.length, at + 1)),
        );
      });
    }
    case 'canary':
      return canaryShifts(scene, strategy.steps);
  }
}

function plainShift(name: string, make: readonly NewInstance[], drain: readonly OldInstance[]): Shift {
  return { name, title: name, make, weight: ({ weight }) => weight, reweigh: [], drain, hold: 0 };
}

function canaryShifts(
  scene: Scene,
  steps: readonly { readonly share: number; readonly hold: number }[],
): readonly Shift[] {
  const { fresh, old } = scene;
  const counts = steps.map(({ share }) => Math.max(1, Math.ceil((fresh.length * share) / 100)));
  const partial = steps
    .map(({ share }, at) => ({ share: share / 100, count: counts[at] ?? 1 }))
    .filter(({ share }) => share < 1);
  const weights = weightsFor(partial, Math.max(1, old.length));
  return steps.map(({ share, hold }, at) => {
    const [before, now] = [counts[at - 1] ?? 0, counts[at] ?? fresh.length];
    const isLast = share >= 100;
    const weight = weights.fresh[at];
    return {
      name: `${share} %`,
      title: titleOf(
        share,
        isLast ? sharesIn(scene, fresh.length) : sharesIn(scene, now, weight ?? 1, weights.old),
      ),
      make: fresh.slice(before, now),
      weight: (place) => (isLast || weight === undefined ? place.weight : weight),
      reweigh: old.length > 0 && (isLast || weight !== weights.fresh[at - 1]) ? fresh.slice(0, before) : [],
      ...(at === 0 && old.length > 0 && !isLast ? { oldWeight: weights.old } : {}),
      drain: isLast ? old : [],
      hold,
    };
  });
}

/** Per cent of the traffic of each place that so many new ones get, the last time without the old ones. */
function sharesIn(
  { places, old, strangers }: Scene,
  count: number,
  weight?: number,
  oldWeight?: number,
): readonly number[] {
  const others = oldWeight === undefined ? 0 : old.length * oldWeight;
  return places.map(
    (place, at) => shareOf(count, weight ?? place.weight, 1, others + weightBeside(strangers, at)) * 100,
  );
}

/** A share that is more than a point off is told as it is. */
function titleOf(share: number, real: readonly number[]): string {
  if (real.every((each) => Math.abs(each - share) <= 1)) return `${share} %`;
  const [least, most] = [Math.round(Math.min(...real)), Math.round(Math.max(...real))];
  return `${share} %, in fact ${least === most ? least : `${least} to ${most}`} %`;
}

function shiftWaves(scene: Scene, steps: Steps, shift: Shift, isLast: boolean): readonly Wave[] {
  const { app, places } = scene;
  const { name, title, make, weight, reweigh, oldWeight, drain, hold } = shift;
  const suffix = title ? ` (${title})` : '';
  const inEach = (some: readonly NewInstance[], step: (one: NewInstance, place: FoundPlace) => Step) =>
    some.flatMap((one) => places.map((place) => step(one, place)));
  const old = scene.old.filter((one) => !drain.includes(one));
  return [
    wave(
      `Make ${counted(make.length, 'instance')}${suffix}`,
      make.map((one) => steps.make(one)),
    ),
    wave(
      `Weigh the old backends for it${suffix}`,
      oldWeight === undefined
        ? []
        : eachBackend(old, (one, backend) =>
            backend.weight === oldWeight || backend.drain || backend.offline
              ? undefined
              : steps.balancer.set(one, backend, { weight: oldWeight }, 'weigh'),
          ),
    ),
    wave(
      `Add ${make.length === 1 ? 'it' : 'them'} to the load balancer${suffix}`,
      inEach(make, (one, place) => steps.balancer.add(one, place, weight(place))),
    ),
    wave(
      `Wait until ${make.length === 1 ? 'it is' : 'they are'} healthy${suffix}`,
      inEach(make, (one, place) => steps.balancer.well(one, place)),
    ),
    wave(
      `Shift the traffic${suffix}`,
      inEach(reweigh, (one, place) => steps.balancer.weigh(one, place, weight(place), name)),
    ),
    wave(
      `Drain ${counted(drain.length, 'old instance')}${suffix}`,
      eachBackend(drain, (one, backend) => steps.balancer.set(one, backend, { drain: true }, 'drain')),
    ),
    wave(
      `Hold at ${title} for ${showDuration(hold)}`,
      hold > 0 && !isLast ? [steps.hold(`deploy.hold ${name}`, `Hold at ${title}`, hold, app.gates)] : [],
    ),
  ];
}

/** The old ones get no traffic any more, and are kept until it is sure that they need not come back. */
function letGo(scene: Scene, steps: Steps): readonly Wave[] {
  const { app, old, places } = scene;
  const served = steps.balancer.served();
  return [
    ...offline(steps, old, Math.max(app.drain, ...places.map(({ idle }) => idle)), oldWords(scene)),
    wave(
      app.bake > 0 ? `Bake for ${showDuration(app.bake)}` : 'Ask the gates once more',
      app.bake > 0 || app.gates.length > 0
        ? [steps.hold('deploy.hold bake', 'Bake', app.bake, app.gates)]
        : [],
    ),
    wave('Check that enough are healthy', served ? [served] : []),
  ];
}

function oldWords({ old }: Scene): Words {
  const all = counted(old.length, 'old instance');
  return { them: 'the old instances', backends: 'the old backends', all };
}

/** The old ones back into traffic first, then the new ones out of it, drained like any other, and deleted. */
function wayBack(scene: Scene, steps: Steps, waves: readonly Wave[]): readonly Wave<UndoStep>[] {
  const { app, release, before, fresh, old, places } = scene;
  const hook = release.back === undefined ? before : undefined;
  const partsBack = partWaves(scene, (part, place) => steps.balancer.removePart(part, place)).reverse();
  const added = fresh.flatMap((one) =>
    places.map((place) => ({ one, place, add: steps.balancer.add(one, place, 1).name })),
  );
  return [
    ...bringBack(steps, old, waves, oldWords(scene)),
    wave(
      'Drain the new instances',
      added.flatMap(({ one, place, add }) => undoing(steps.balancer.undoSet(one, place), [add])),
    ),
    wave(
      'Give connections time to end',
      undoing(
        steps.drained(Math.max(app.drain, ...places.map(({ idle }) => idle)), 'deploy.wait back'),
        added.map(({ add }) => add),
      ),
    ),
    wave(
      'Take the new instances out of the load balancer',
      added.flatMap(({ one, place, add }) => undoing(steps.balancer.undoAdd(one, place), [add])),
    ),
    ...partsBack.map(({ stage, steps: removing }) =>
      wave(
        stage,
        removing.flatMap((step) => undoing(step, [step.name.replace('.delete ', '.create ')])),
      ),
    ),
    wave(
      'Delete the new instances',
      [...fresh, ...(hook ? [hook] : [])].flatMap((one) =>
        undoing(steps.deleteMade(one), [steps.make(one).name]),
      ),
    ),
    wave(
      'Count what clients saw',
      undoing(steps.tally(), steps.answersHttp ? added.map(({ add }) => add) : []),
    ),
  ].filter(hasSteps);
}
