import { showDuration } from '../duration.ts';
import type { Plan } from '../plan.ts';
import { listed } from '../text.ts';
import { undoOf } from './plan.ts';
import type { OldInstance, Scene } from './scene.ts';
import { isServing, isStopped } from './standing.ts';
import { Steps } from './steps.ts';
import { bringBack, type Course, counted, eachBackend, hasSteps, offline, takenAway, wave } from './wave.ts';

/** Instances of an app that are taken out of traffic and deleted, with nothing in their place. */
export interface Retirement extends Pick<Scene, 'app' | 'old' | 'places'> {
  /** Those of `old` that go. */
  readonly leaving: readonly OldInstance[];
  /** The app itself is retired: nothing has to be left to serve. */
  readonly isWhole: boolean;
}

/** The plan of a retirement; `line` as it is shown, `doubts` a sentence each. */
export function retirePlan(
  retirement: Retirement,
  { line, doubts }: { readonly line: string; readonly doubts: readonly string[] },
): Plan {
  const { app, leaving } = retirement;
  const { waves, until, undo } = retireCourse(retirement);
  const [only, ...others] = leaving;
  return {
    title:
      only && !retirement.isWhole
        ? `Retire ${only.target.name} of ${app.name}`
        : `Retire ${app.name}: ${counted(others.length + 1, 'instance')}`,
    impact: 'destroy',
    consequences: [
      whatGoes(retirement),
      ...howLong(retirement),
      ...lonely(retirement),
      'Until they are deleted, what fails or is aborted brings them back as they were.',
      ...doubts,
    ],
    waves: waves.map(({ steps }) => steps),
    stages: waves.map(({ stage }) => stage),
    undo: { until, ...undoOf(undo) },
    locks: [`app:${app.name}`],
    ...(retirement.isWhole ? { retires: app.name } : {}),
    unchanged: [],
    line,
  };
}

/** Drained, waited for, offline, taken out, deleted. */
export function retireCourse(retirement: Retirement): Course {
  const { app, old, places, leaving } = retirement;
  const guarded = retirement.isWhole ? { ...app, minimum: 0 } : app;
  const steps = new Steps({ app: guarded, old, places, fresh: [] });
  const [only, ...others] = leaving;
  const words = {
    them: only && others.length === 0 ? only.target.name : 'the instances',
    backends: only && others.length === 0 ? 'its backends' : 'their backends',
    all: only && others.length === 0 ? only.target.name : counted(leaving.length, 'instance'),
  };
  const there = [
    wave('Look whether all is as it was planned', [steps.check(leaving)]),
    wave(
      `Drain ${words.them}`,
      eachBackend(leaving, (one, backend) =>
        backend.drain ? undefined : steps.balancer.set(one, backend, { drain: true }, 'drain'),
      ),
    ),
    ...offline(steps, leaving, drainOf(retirement), words),
  ].filter(hasSteps);
  const waves = [...there, ...takenAway(steps, leaving, words).filter(hasSteps)];
  return {
    waves,
    until: there.length,
    undo: bringBack(steps, leaving, there, words).filter(hasSteps),
  };
}

/** Of a place where too few would be left that serve; undefined where enough are, and where all go. */
export function shortPlace(
  retirement: Retirement,
): { readonly set: string; readonly balancer: string; readonly left: number } | undefined {
  const { app, old, places, leaving } = retirement;
  if (retirement.isWhole) return undefined;
  for (const [at, { set, balancer }] of places.entries()) {
    const serving = old.filter(
      (one) => !isStopped(one) && one.backends.some((each) => each.place === at && isServing(each)),
    );
    const left = serving.filter((one) => !leaving.includes(one)).length;
    // what serves nobody there takes nothing away
    if (left < app.minimum && left < serving.length) return { set, balancer: balancer.name, left };
  }
  return undefined;
}

function whatGoes(retirement: Retirement): string {
  const { app, leaving } = retirement;
  const are = leaving.length === 1 ? 'is' : 'are';
  const what = `${listed(leaving.map(({ target }) => target.name))} ${are} taken out of traffic and deleted, with nothing in ${leaving.length === 1 ? 'its' : 'their'} place.`;
  return retirement.isWhole
    ? `${what} ${app.name} serves nobody after that, until it is deployed again.`
    : what;
}

function lonely({ places, leaving }: Retirement): readonly string[] {
  if (places.length === 0) return [];
  const lone = leaving.filter(({ backends }) => backends.length === 0);
  if (lone.length === 0) return [];
  const is = lone.length === 1 ? 'is' : 'are';
  return [`${listed(lone.map(({ target }) => target.name))} ${is} in no backend set, and only deleted.`];
}

function howLong(retirement: Retirement): readonly string[] {
  const held = retirement.leaving.some(
    (one) => !isStopped(one) && one.backends.some((each) => !each.offline),
  );
  return held ? [`Connections are given ${showDuration(drainOf(retirement))} to end.`] : [];
}

function drainOf({ app, places }: Retirement): number {
  return Math.max(app.drain, ...places.map(({ idle }) => idle));
}
