import { dueOf, knownOf, leftBehind, type Part } from '../leftovers.ts';
import type { Operation, Progress } from '../operation.ts';
import type { Finishes, Step } from '../plan.ts';
import { doesOf } from '../step-words.ts';
import { ocidIn } from '../way-back.ts';
import { hasSteps, type Wave, wave } from './wave.ts';

/** What an operation left undone, with all that it takes to do it now. */
export interface Unfinished extends Pick<Finishes, 'way' | 'known'> {
  readonly operation: Operation;
  readonly waves: readonly Wave[];
}

/** What was left unfinished, with targets as they are now. */
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

/** Drained again, connections get time again; brought back again, it is waited for again. */
function withWaits(waves: Part['waves']): readonly Wave[] {
  const again: Step[] = [];
  return waves
    .map(({ stage, steps }) => {
      const some = steps.filter(
        ({ state, step }) => state !== 'done' || again.some((before) => waitsFor(step, before)),
      );
      again.push(...some.map(({ step }) => step));
      return someOf(stage, some.map(plain), steps.length);
    })
    .filter(hasSteps);
}

/** A stage is called by all of its steps, and some of them by what they do. */
export function someOf(stage: string, some: readonly Step[], all: number): Wave {
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
        someOf(stage, some.map(plain), steps.length),
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

/** It makes room for a hook that is run anew. */
export function isClearing({ name }: Step): boolean {
  return name.endsWith(beforehand);
}

/** As a step of a way there: what it undoes is of the operation before. */
function plain({ step }: Progress): Step {
  const { name, does, late, of, verb, target, with: options, within } = step;
  return {
    name,
    ...(does === undefined ? {} : { does }),
    ...(late === undefined ? {} : { late }),
    ...(of === undefined ? {} : { of }),
    verb,
    target,
    ...(options === undefined ? {} : { with: options }),
    within,
  };
}

function isDrain({ verb, with: options }: Step): boolean {
  const change = options?.change;
  const isSet = typeof change === 'object' && change !== null && 'drain' in change;
  return verb === 'backend.set' && isSet && change.drain === true;
}

/** An old instance takes traffic again, and well. */
export function bringsBack({ verb, of }: Step): boolean {
  return of === undefined && (verb === 'backend.set' || verb === 'backend.well');
}
