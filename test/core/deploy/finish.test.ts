import { describe, expect, test } from 'vitest';
import { finishPlan, targetsLeft, withTargets } from '../../../src/core/deploy/finish.ts';
import { unfinished } from '../../../src/core/deploy/unfinished.ts';
import type { Operation, Progress } from '../../../src/core/operation.ts';
import { newTarget, type Plan, type Step, type UndoStep } from '../../../src/core/plan.ts';
import type { StepState } from '../../../src/core/report.ts';
import type { Target } from '../../../src/core/target.ts';
import { deployOperations } from '../../support/deploys.ts';

/** The plan of what an operation left undone: the same steps in the same order, on what there is now. */

const place = { kind: 'container-instance', region: 'eu-frankfurt-1' } as const;
const at = (name: string): Target => ({
  ...place,
  ocid: `ocid1.${name}`,
  name,
  compartment: { ocid: 'ocid1.compartment', path: 'store' },
  tags: { app: 'store' },
  state: 'ACTIVE',
});
const old = { ...place, ocid: 'ocid1.a', name: 'a', compartment: 'store', state: 'ACTIVE' };
const made = newTarget({ ...place, name: 'b', compartment: 'store' });
const step = (name: string, more: Partial<Step> = {}): Step => ({
  name,
  does: `Does ${name}`,
  verb: name.split(' ')[0] ?? '',
  target: made,
  within: 1_000,
  ...more,
});
const ofMade = { of: 'container-instance.create b' };
const undoing = (given: Step): UndoStep => ({
  ...given,
  name: `undo ${given.name}`,
  undoes: ['backend.add b'],
});

const there: readonly Step[] = [
  step('deploy.check'),
  step('container-instance.create b'),
  step('backend.add b', ofMade),
  step('container-instance.delete a', { target: old }),
];
const hook: readonly Step[] = [
  step('container-instance.create h', { target: { ...made, name: 'h' } }),
  step('container-instance.ended h', { of: 'container-instance.create h', target: { ...made, name: 'h' } }),
  step('container-instance.delete h', { of: 'container-instance.create h', target: { ...made, name: 'h' } }),
];
const back = [
  [step('backend.set a', { target: old, with: { backend: '10.0.0.1:80', change: { drain: false } } })],
  [step('backend.well a', { target: old })],
  [step('backend.set b', { ...ofMade, with: { port: 80, change: { drain: true }, ifThere: true } })],
  [step('deploy.wait back')],
  [step('backend.remove b', { ...ofMade, with: { port: 80 } })],
  [step('container-instance.delete b', ofMade)],
  [step('deploy.tally', { with: { since: 'deploy.check' } })],
].map((wave) => wave.map(undoing));
const plan: Plan = {
  title: 'Deploy store 2',
  impact: 'change',
  consequences: [],
  waves: [...there, ...hook].map((each) => [each]),
  stages: [...there, ...hook].map(({ name }) => `Stage ${name}`),
  undo: { until: 3, waves: back, stages: back.map(([first]) => `Stage ${first?.name}`) },
  locks: ['app:store'],
  makes: [at('b')],
  unchanged: [],
  line: 'deploy store',
};

const results: Readonly<Record<string, Partial<Progress>>> = {
  'deploy.check': { result: { at: 7 } },
  'container-instance.create b': { result: { ocid: 'ocid1.b', ip: '10.0.0.2' } },
  'container-instance.create h': { result: { ocid: 'ocid1.h' } },
};
function ended(states: Readonly<Record<string, StepState>>, isBack: boolean, of = plan): Operation {
  const stands = (usual: StepState) => (each: Step) => ({
    step: each,
    state: states[each.name] ?? usual,
    attempts: 1,
    ...results[each.name],
  });
  const all = of.waves.flat();
  return {
    id: 'op-81',
    status: 'failed',
    line: of.line,
    actor: { kind: 'terminal', user: 'ana' },
    origin: { kind: 'terminal' },
    plan: of,
    digest: 'd',
    steps: all.map((each, place) => stands(isBack && place > 2 ? 'skipped' : 'done')(each)),
    ...(of.undo ? { undo: of.undo.waves.flat().map(stands(isBack ? 'done' : 'skipped')) } : {}),
    createdAt: 0,
    startedAt: 1,
    finishedAt: 2,
  };
}

function planned(operation: Operation, found: readonly Target[] = [at('a'), at('b')]): Plan {
  const left = unfinished(operation);
  if (!left) throw new Error('nothing is left');
  const now = new Map(found.map((each) => [each.ocid, each]));
  return finishPlan(withTargets(left, now), `deploy finish ${operation.id}`);
}
const namesIn = ({ waves }: Plan) => waves.map((wave) => wave.map(({ name }) => name).join());

describe('of a way back', () => {
  test('only what did not come off, on what was really made, with what was found of it', () => {
    const finish = planned(ended({ 'undo container-instance.delete b': 'failed' }, true));
    expect(finish).toMatchObject({
      title: 'Finish taking back op-81 (deploy store 2)',
      stages: ['Stage undo container-instance.delete b'],
      locks: ['app:store'],
      line: 'deploy finish op-81',
      finishes: {
        operation: 'op-81',
        way: 'back',
        known: { 'container-instance.create b': { ocid: 'ocid1.b', ip: '10.0.0.2' } },
        regardlessFrom: 0,
      },
    });
    const [[only] = []] = finish.waves;
    expect(only).toEqual({
      ...step('container-instance.delete b', ofMade),
      name: 'undo container-instance.delete b',
      target: { ...old, ocid: 'ocid1.b', name: 'b' },
    });
  });

  test('what is drained again is waited for again, though it was waited for', () => {
    const left = ended({ 'undo backend.set b': 'failed', 'undo backend.remove b': 'failed' }, true);
    expect(namesIn(planned(left))).toEqual([
      'undo backend.set b',
      'undo deploy.wait back',
      'undo backend.remove b',
    ]);
  });

  test('what is brought back again is waited for again; nothing is taken away where that fails', () => {
    const finish = planned(
      ended({ 'undo backend.set a': 'unknown', 'undo container-instance.delete b': 'failed' }, true),
    );
    expect(namesIn(finish)).toEqual([
      'undo backend.set a',
      'undo backend.well a',
      'undo container-instance.delete b',
    ]);
    expect(finish.finishes?.regardlessFrom).toBe(2);
    expect(finish.consequences).toEqual([
      'op-81 did not come all the way back: 3 steps of it are done now, in the same order.',
      'a gets traffic as before.',
      'b is deleted.',
      'What fails is left as it is, and can be finished again.',
    ]);
  });

  test('what is gone is left out, but its backend is taken out all the same', () => {
    const left = ended(
      {
        'undo backend.set a': 'failed',
        'undo backend.remove b': 'failed',
        'undo container-instance.delete b': 'failed',
      },
      true,
    );
    const finish = planned(left, []);
    expect(namesIn(finish)).toEqual(['undo backend.remove b']);
    expect(finish.waves[0]?.[0]).toMatchObject({ target: made, of: 'container-instance.create b' });
    // rules judge it by what was to be made
    expect(finish.makes).toEqual([at('b')]);
    expect(finish.consequences.slice(1, 3)).toEqual([
      'b is gone already.',
      'a is gone, and cannot be brought back.',
    ]);
  });

  test('what may have been made, and nobody knows where, is told', () => {
    const operation = ended(
      {
        'container-instance.create b': 'unknown',
        'undo backend.set a': 'failed',
        'undo container-instance.delete b': 'skipped',
      },
      true,
    );
    const steps = operation.steps.map(({ result: _, ...each }) => each);
    const finish = planned({ ...operation, steps });
    expect(namesIn(finish)).not.toContain('undo container-instance.delete b');
    expect(finish.consequences).toContain('Whether b was made is not known; look for it with: list b');
  });
});

describe('of the way there', () => {
  const rest = {
    'container-instance.delete a': 'failed',
    'container-instance.create h': 'skipped',
    'container-instance.ended h': 'skipped',
    'container-instance.delete h': 'skipped',
  } as const;

  test('what failed and what was not begun for it, one wave after the other', () => {
    const operation = ended(rest, false);
    const steps = operation.steps.map((each) =>
      each.state === 'skipped' ? { step: each.step, state: each.state, attempts: 0 } : each,
    );
    const finish = planned({ ...operation, steps });
    expect(finish).toMatchObject({ title: 'Finish op-81 (deploy store 2)', finishes: { way: 'there' } });
    expect(finish.finishes?.regardlessFrom).toBeUndefined();
    expect(namesIn(finish)).toEqual(Object.keys(rest));
  });

  test('a hook that did not end well is run anew, and what ran is deleted first', () => {
    const operation = ended(
      { 'container-instance.ended h': 'failed', 'container-instance.delete h': 'skipped' },
      false,
    );
    const finish = planned(operation, [at('h')]);
    expect(namesIn(finish)).toEqual([
      'container-instance.delete h beforehand',
      'container-instance.create h',
      'container-instance.ended h',
      'container-instance.delete h',
    ]);
    const states = finish.waves.flat().map(({ target }) => target.ocid);
    expect(states).toEqual(['ocid1.h', '', '', '']);
    const gone = planned(operation, []);
    expect(namesIn(gone)[0]).toBe('container-instance.create h');
  });

  test('what is left of finishing is finished like it, and called the same', () => {
    const first = planned(ended({ 'container-instance.ended h': 'failed' }, false), [at('h')]);
    const again = ended(
      { 'container-instance.ended h': 'failed', 'container-instance.delete h': 'skipped' },
      false,
      first,
    );
    const second = planned({ ...again, id: 'op-82' }, [at('h')]);
    expect(second.title).toBe('Finish op-81 (deploy store 2)');
    expect(second.finishes).toMatchObject({ operation: 'op-82', way: 'there' });
    expect(namesIn(second)[0]).toBe('container-instance.delete h beforehand');
    expect(new Set(namesIn(second)).size).toBe(4);
  });
});

test('of many steps of a wave, those that are left are called by what they do', () => {
  const left = unfinished(deployOperations.beyond);
  expect(left?.waves.map(({ stage }) => stage)).toEqual(['Delete store-v2-1']);
  expect(left && targetsLeft(left).map(({ name }) => name)).toEqual(['store-v2-1']);
});
