import { mentionsIn } from './mentions.ts';
import { inWaves, type Operation, type Progress } from './operation.ts';
import type { Plan } from './plan.ts';
import type { Block, ReportStep, StepState } from './report.ts';
import { doesOf, saidOf } from './step-words.ts';
import { isBeyond } from './way-back.ts';

/** Operations whose waves are stages: a line for each, instead of one for each step. */

/** What would be done with every step, in order, and what if it does not get on: what a dry run shows. */
export function stepTable({ stages = [], waves, undo }: Plan): readonly Block[] {
  const rows = (names: readonly string[], all: Plan['waves'], mark: string) =>
    all.flatMap((wave, at) => wave.map((step) => [`${mark}${at + 1}`, names[at] ?? '', doesOf(step)]));
  return [
    {
      type: 'table',
      columns: ['', 'Stage', 'Step'].map((label) => ({ label })),
      rows: [...rows(stages, waves, ''), ...rows(undo?.stages ?? [], undo?.waves ?? [], 'undo ')],
    },
  ];
}

/** Where each stage of the way there stands; what was not begun goes once it is taken back. */
export function stageProgress(operation: Operation): readonly ReportStep[] {
  const { plan, steps } = operation;
  return inWaves(plan.waves, steps).flatMap((wave, at) => {
    const isGone = isTakenBack(operation) && wave.every(({ state }) => state === 'skipped');
    return isGone ? [] : [stageOf(plan.stages?.[at] ?? '', wave)];
  });
}

/** Those of the way back, as far as there is something to take back. */
export function undoProgress({ plan, undo = [] }: Operation): readonly ReportStep[] {
  return inWaves(plan.undo?.waves ?? [], undo).flatMap((wave, at) => {
    const needed = wave.filter(({ state }) => state !== 'skipped');
    return needed.length > 0 ? [stageOf(plan.undo?.stages[at] ?? '', needed)] : [];
  });
}

/** Or is being taken back. */
export function isTakenBack({ status, undo = [] }: Operation): boolean {
  return status === 'undoing' || undo.some(({ state }) => state !== 'pending' && state !== 'skipped');
}

/** What somebody has to decide now. */
export function questionsOf({ steps }: Operation): readonly string[] {
  return steps.flatMap(({ state, asks }) => (state === 'running' && asks ? [asks] : []));
}

/** Whether a word of somebody would make it go on: it asks, or it holds. */
export function canPromote({ status, steps }: Operation): boolean {
  return (
    status === 'running' &&
    steps.some(({ state, step, asks }) => state === 'running' && (asks || step.verb === 'deploy.hold'))
  );
}

/** Whether it can still be taken back. */
export function canAbort({ plan, steps }: Operation): boolean {
  return plan.undo !== undefined && !isBeyond(plan, steps);
}

function stageOf(label: string, wave: readonly Progress[]): ReportStep {
  const state = together(wave.map((each) => each.state));
  const detail = detailOf(state, wave);
  return { label, state, ...(detail ? { detail: mentionsIn(detail) } : {}) };
}

function together(states: readonly StepState[]): StepState {
  for (const state of ['failed', 'unknown', 'running'] as const) if (states.includes(state)) return state;
  if (states.every((state) => state === 'done')) return 'done';
  if (states.includes('pending')) return states.includes('done') ? 'running' : 'pending';
  return 'skipped';
}

function detailOf(state: StepState, wave: readonly Progress[]): string | undefined {
  const bad = wave.find((each) => each.state === 'failed' || each.state === 'unknown');
  if (bad) return wave.length > 1 ? saidOf(bad) : bad.note;
  const done = wave.filter((each) => each.state === 'done').length;
  if (state === 'running') {
    const note = wave.find((each) => each.state === 'running' && each.note)?.note;
    return (
      [...(wave.length > 1 ? [`${done} of ${wave.length}`] : []), ...(note ? [note] : [])].join(', ') ||
      undefined
    );
  }
  if (state === 'skipped' && done > 0) return `${done} of ${wave.length} done`;
  const [only, ...others] = wave;
  return state === 'done' && others.length === 0 ? only?.note : undefined;
}
