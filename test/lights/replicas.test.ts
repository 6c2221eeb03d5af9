import { expect, test } from 'vitest';
import { verifyAudit } from '../../src/engine/audit.ts';
import { siteKinds } from '../engine/house.ts';
import { simulate } from './month/simulation.ts';

test.each(siteKinds)(
  'two replicas follow each edge of a long weekend once, on %s',
  async (kind) => {
    // in Amsterdam the clocks go back on the Sunday
    const seen = await simulate({ kind, from: '2026-10-23T12:00Z', to: '2026-10-26T22:00Z', seed: 7 });
    expect(seen.wrong).toEqual([]);
    expect((await verifyAudit(seen.store)).fault).toBeUndefined();
    await seen.close();
  },
  120_000,
);
