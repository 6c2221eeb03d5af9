import type { Step, UndoStep } from '../plan.ts';
import type { OldBackend, OldInstance } from './scene.ts';
import { isServing, isStopped, type Standing } from './standing.ts';
import type { Steps } from './steps.ts';

/** Steps that run side by side, and what they are together. */
export interface Wave<S extends Step = Step> {
  readonly stage: string;
  readonly steps: readonly S[];
}

/** What a deploy or a retirement does, in order; from `until` on there is no way back. */
export interface Course {
  readonly waves: readonly Wave[];
  readonly until: number;
  readonly undo: readonly Wave<UndoStep>[];
}

export function wave<S extends Step>(stage: string, steps: readonly S[]): Wave<S> {
  return { stage, steps };
}

export function hasSteps({ steps }: Wave): boolean {
  return steps.length > 0;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

export function eachBackend(
  old: readonly OldInstance[],
  step: (one: OldInstance, backend: OldBackend) => Step | undefined,
): readonly Step[] {
  return old.flatMap((one) => one.backends.flatMap((backend) => step(one, backend) ?? []));
}

/** What those that go are called. */
export interface Words {
  /** `the old instances` */
  readonly them: string;
  /** `the old backends` */
  readonly backends: string;
  /** `3 old instances` */
  readonly all: string;
}

/** Those that were drained, once their connections have had so many ms to end. */
export function offline(
  steps: Steps,
  old: readonly OldInstance[],
  ms: number,
  { them }: Words,
): readonly Wave[] {
  const mayBeHeld = old.some((one) => !isStopped(one) && one.backends.some((each) => !each.offline));
  return [
    wave('Give connections time to end', mayBeHeld ? [steps.drained(ms)] : []),
    wave(
      `Take ${them} offline`,
      eachBackend(old, (one, backend) =>
        steps.balancer.set(one, backend, { drain: true, offline: true }, 'take offline'),
      ),
    ),
  ];
}

/** What cannot be undone. */
export function takenAway(
  steps: Steps,
  old: readonly OldInstance[],
  { backends, all }: Words,
): readonly Wave[] {
  return [
    wave(
      `Take ${backends} out`,
      eachBackend(old, (one, backend) => steps.balancer.removeOld(one, backend)),
    ),
    wave(
      `Delete ${all}`,
      old.map((one) => steps.deleteOld(one)),
    ),
  ];
}

/** The step of a way back, needed where one of those that it undoes was begun. */
export function undoing(step: Step, undoes: readonly string[]): readonly UndoStep[] {
  return undoes.length > 0 ? [{ ...step, name: `undo ${step.name}`, undoes }] : [];
}

/** Those that go as they were before: back into traffic, and well. `waves` is what may have changed them. */
export function bringBack(
  steps: Steps,
  old: readonly OldInstance[],
  waves: readonly Wave[],
  { them }: Words,
): readonly Wave<UndoStep>[] {
  const names = waves.flatMap((each) => each.steps.map(({ name }) => name));
  const setOn = ({ target }: OldInstance) =>
    names.filter((name) => name.startsWith(`backend.set ${target.ocid} `));
  return [
    wave(
      `Bring ${them} back into traffic`,
      eachUndo(old, (one, backend) =>
        undoing(steps.balancer.set(one, backend, standingOf(backend), 'bring back'), setOn(one)),
      ),
    ),
    wave(
      'Wait until they are healthy',
      eachUndo(old, (one, backend) =>
        isServing(backend) && !isStopped(one)
          ? undoing(steps.balancer.wellAgain(one, backend), setOn(one))
          : [],
      ),
    ),
  ];
}

/** As it was. */
function standingOf({ weight, backup, drain, offline, maxConnections }: OldBackend): Standing {
  return { weight, backup, drain, offline, ...(maxConnections === undefined ? {} : { maxConnections }) };
}

function eachUndo(
  old: readonly OldInstance[],
  steps: (one: OldInstance, backend: OldBackend) => readonly UndoStep[],
): readonly UndoStep[] {
  return old.flatMap((one) => one.backends.flatMap((backend) => steps(one, backend)));
}
