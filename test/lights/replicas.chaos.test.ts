import { expect, test } from 'vitest';
import { siteKinds } from '../engine/house.ts';
import { simulate } from './month/simulation.ts';

test.each(siteKinds)(
  'two replicas follow each edge of a month once, on %s',
  async (kind) => {
    // in Amsterdam the clocks go back on 25 October
    const seen = await simulate({ kind, from: '2026-10-09T12:00Z', to: '2026-11-08T22:00Z', seed: 11 });
    expect(seen.wrong).toEqual([]);
    await seen.close();
  },
  600_000,
);
