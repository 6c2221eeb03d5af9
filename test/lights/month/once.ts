import { expect } from 'vitest';
import { verifyAudit } from '../../../src/engine/audit.ts';
import type { Outcome } from './simulation.ts';
import { hours } from './town.ts';

/** Every edge was followed, once, by one operation and with one message, though processes died. */
export async function expectOnce({
  wrong,
  operations,
  posts,
  expected,
  happenings,
  deaths,
  store,
}: Outcome): Promise<void> {
  expect(wrong).toEqual([]);
  expect(deaths).toBeGreaterThan(0);
  expect((await verifyAudit(store)).fault).toBeUndefined();
  const own = operations.filter(({ actor }) => actor.kind === 'schedule');
  expect(own.filter(({ status }) => status !== 'succeeded').map(({ id }) => id)).toEqual([]);
  const switched = own.flatMap(({ steps }) => steps.filter(({ step }) => step.verb !== 'backend.repoint'));
  expect(switched).toHaveLength(expected.reduce((sum, one) => sum + one.switched, 0));
  expect([...posts].filter(([, times]) => times !== 1)).toEqual([]);
  const evenings = happenings.filter((what) => what.type === 'edge' && what.want === 'down');
  for (const { policy, channel, warning } of hours)
    for (const { at } of evenings.filter((what) => what.type === 'edge' && what.policy === policy)) {
      expect(posts.get(`evening:${channel}:${at}:down`)).toBe(1);
      if (warning > 0) expect(posts.get(`warning:${channel}:${at}`)).toBe(1);
    }
}
