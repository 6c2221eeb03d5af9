import { expect, test } from 'vitest';
import { siteKinds } from '../engine/house.ts';
import { expectOnce } from './month/once.ts';
import { simulate } from './month/simulation.ts';

const months = [
  // clocks go back in Amsterdam on 25 October and in New York on 1 November
  { from: '2026-10-09T12:00Z', to: '2026-11-08T22:00Z', seed: 11 },
  // and forward on 28 March and on 14 March
  { from: '2027-03-05T12:00Z', to: '2027-04-04T22:00Z', seed: 12 },
];

test.each(siteKinds.flatMap((kind) => months.map((month) => ({ kind, ...month }))))(
  'two replicas follow each edge of the month from $from once, on $kind',
  async (month) => {
    const seen = await simulate(month);
    await expectOnce(seen);
    expect(seen.deaths).toBeGreaterThan(10);
    await seen.close();
  },
  1_200_000,
);
