import { inWaves, type Operation, type Progress } from './operation.ts';
import type { Finishes, PlanTarget } from './plan.ts';
import { begunIn, foundBy, isBeyond, neededOf, ocidIn } from './way-back.ts';

/** Part of an operation, wave by wave, with how far each step of it came. */
export interface Part {
  readonly way: Finishes['way'];
  readonly waves: readonly {
    readonly stage: string;
    readonly steps: readonly Progress[];
  }[];
}

/**
 * What of an operation that is over had to come off for things not to be halfway: its way back, as far as there was
 * something to undo, or from beyond the point of no return the rest of its way there. Undefined where neither was gone.
 */
export function dueOf(operation: Operation): Part | undefined {
  const { plan, steps, startedAt, finishedAt } = operation;
  if (startedAt === undefined || finishedAt === undefined) return undefined;
  const there = staged(plan.stages, inWaves(plan.waves, steps));
  if (plan.finishes) return { way: plan.finishes.way, waves: there };
  if (!plan.undo) return undefined;
  if (isBeyond(plan, steps)) return { way: 'there', waves: there.slice(plan.undo.until) };
  return { way: 'back', waves: wayBackOf(operation) };
}

/** What did not come off of it; undefined where nothing is left. */
export function leftBehind(operation: Operation): Part | undefined {
  // those two mean that all of it came off
  if (operation.status === 'succeeded' || operation.status === 'undone') return undefined;
  const due = dueOf(operation);
  if (!due) return undefined;
  const waves = having(due.waves, ({ state }) => state !== 'done');
  return waves.length > 0 ? { ...due, waves } : undefined;
}

/** Whether somebody has still to see to it. */
export function isLeft(operation: Operation): boolean {
  return operation.followUp === undefined && leftBehind(operation) !== undefined;
}

/** What the steps of the operation found and made, and those of the operations before it whose leftovers it finishes. */
export function knownOf({ plan, steps }: Pick<Operation, 'plan' | 'steps'>): Finishes['known'] {
  return { ...plan.finishes?.known, ...Object.fromEntries(foundBy(steps)) };
}

/**
 * Instances that were to be deleted, and whose deletion OCI has not taken: what is being deleted cannot be retired too.
 * Those that run a hook to its end are none of an app's own.
 */
export function instancesLeft(operation: Operation): readonly Pick<PlanTarget, 'name'>[] {
  const known = knownOf(operation);
  const own = new Set(operation.plan.makes?.map(({ name }) => name));
  const left = leftBehind(operation)?.waves.flatMap(({ steps }) => steps) ?? [];
  return left.flatMap(({ step: { verb, of, target }, receipt }) => {
    if (verb !== 'container-instance.delete' || receipt) return [];
    const isThere = of === undefined || (own.has(target.name) && ocidIn(known[of]) !== undefined);
    return isThere ? [{ name: target.name }] : [];
  });
}

function wayBackOf({ plan, steps, undo = [] }: Operation): Part['waves'] {
  if (!plan.undo) return [];
  const needed = neededOf(plan.undo, begunIn(steps));
  const wanted = new Set(undo.filter((_, at) => needed[at]).map(({ step }) => step.name));
  return having(staged(plan.undo.stages, inWaves(plan.undo.waves, undo)), ({ step }) =>
    wanted.has(step.name),
  );
}

function staged(stages: readonly string[] = [], waves: readonly (readonly Progress[])[]): Part['waves'] {
  return waves.map((steps, at) => ({ stage: stages[at] ?? '', steps }));
}

function having(waves: Part['waves'], isWanted: (progress: Progress) => boolean): Part['waves'] {
  return waves
    .map(({ stage, steps }) => ({ stage, steps: steps.filter(isWanted) }))
    .filter(({ steps }) => steps.length > 0);
}
