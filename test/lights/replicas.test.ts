import { test } from 'vitest';
import { siteKinds } from '../engine/house.ts';
import { expectOnce } from './month/once.ts';
import { simulate } from './month/simulation.ts';

test.each(siteKinds)(
  'two replicas follow each edge of a weekend once, on %s',
  async (kind) => {
    // in Amsterdam the clocks go back on the Sunday
    const seen = await simulate({ kind, from: '2026-10-24T12:00Z', to: '2026-10-26T10:00Z', seed: 7 });
    await expectOnce(seen);
    await seen.close();
  },
  120_000,
);
