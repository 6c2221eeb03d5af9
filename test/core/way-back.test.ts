import { expect, test } from 'vitest';
import type { Plan } from '../../src/core/plan.ts';
import type { StepState } from '../../src/core/report.ts';
import { isBeyond, wayBack } from '../../src/core/way-back.ts';
import { step } from '../support/operations.ts';

/** Three waves, of two steps, one and one; from the third on there is no way back. */
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(step);
if (!a || !b || !c || !d) throw new Error('four steps');
const undo = [a, b, c].map((each) => ({ ...each, name: `undo ${each.name}`, undoes: [each.name] }));
const plan: Pick<Plan, 'waves' | 'undo'> = {
  waves: [[a, b], [c], [d]],
  undo: { until: 2, waves: [undo], stages: ['Back'] },
};
const standing = (...states: StepState[]) =>
  states.map((state, at) => ({ state, step: [a, b, c, d][at] ?? a }));
const whole = { title: '', impact: 'change', consequences: [], unchanged: [], line: '', ...plan } as const;

test.each<[string, StepState[], boolean, boolean]>([
  ['nothing was begun', ['pending', 'pending', 'pending', 'pending'], false, false],
  ['one of two has failed', ['done', 'failed', 'pending', 'pending'], false, true],
  ['it holds', ['done', 'done', 'running', 'pending'], false, true],
  ['called off just before the last wave', ['done', 'done', 'done', 'skipped'], false, true],
  ['what there was to go back to is being taken away', ['done', 'done', 'done', 'running'], true, false],
  ['that has failed', ['done', 'done', 'done', 'failed'], true, false],
  ['all is done', ['done', 'done', 'done', 'done'], true, false],
])('%s', (_, states, beyond, back) => {
  expect(isBeyond(whole, standing(...states))).toBe(beyond);
  expect(wayBack(whole, standing(...states)) !== undefined).toBe(back);
});

test('only what was begun is taken back', () => {
  expect(wayBack(whole, standing('done', 'skipped', 'pending', 'pending'))).toEqual({
    notBegun: [2, 3],
    notNeeded: [1, 2],
  });
});

test('without a way back nothing is ever beyond it', () => {
  const { undo: _, ...without } = whole;
  expect(isBeyond(without, standing('done', 'done', 'done', 'done'))).toBe(false);
  expect(wayBack(without, standing('done', 'failed', 'pending', 'pending'))).toBeUndefined();
});
