import { expect, test } from 'vitest';
import { siteKinds } from '../engine/house.ts';
import { expectOnce } from './month/once.ts';
import { simulate } from './month/simulation.ts';

const spans = [
  // a weekend shows in seconds what is broken
  { from: '2026-10-24T12:00Z', to: '2026-10-26T22:00Z', seed: 7 },
  // clocks go back in Amsterdam on 25 October and in New York on 1 November
  { from: '2026-10-09T12:00Z', to: '2026-11-08T22:00Z', seed: 11 },
  // and forward on 28 March and on 14 March
  { from: '2027-03-05T12:00Z', to: '2027-04-04T22:00Z', seed: 12 },
];

test.each(siteKinds.flatMap((kind) => spans.map((span) => ({ kind, ...span }))))(
  'two replicas follow each edge from $from to $to once, on $kind',
  async (span) => {
    const seen = await simulate(span);
    await expectOnce(seen);
    expect(seen.deaths).toBeGreaterThan(span.seed === 7 ? 0 : 10);
    await seen.close();
  },
  1_200_000,
);
