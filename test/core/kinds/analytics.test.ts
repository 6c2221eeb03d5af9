import { expect, test } from 'vitest';
import { planAct } from '../../../src/core/lifecycle.ts';
import type { Target } from '../../../src/core/target.ts';

const sized = (size: string): Target => ({
  kind: 'analytics',
  ocid: 'ocid1',
  name: 'dashboards',
  region: 'eu-frankfurt-1',
  compartment: { ocid: 'ocid2', path: 'data' },
  tags: {},
  state: 'ACTIVE',
  size,
});

test.each([
  ['2', '8', { do: 'analytics.scale' }],
  ['12', '10', { do: 'analytics.scale' }],
  ['4', '4', { unchanged: 'already of size 4' }],
  ['4', '10', { refuse: 'one of 4 OCPUs can be scaled among 2 to 8 only' }],
  ['10', '8', { refuse: 'one of 10 OCPUs can be scaled among 10 to 12 only' }],
  ['4', '1', { refuse: 'one of 4 OCPUs can be scaled among 2 to 8 only' }],
  ['1', '2', { refuse: 'one of 1 OCPUs cannot be scaled' }],
])('from %s to %s OCPUs', (from, to, plan) => {
  expect(planAct('scale', sized(from), to)).toEqual(plan);
});
