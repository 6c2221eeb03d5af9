import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../../support/world.ts';
import { pairs } from '../scene.ts';
import { isNow, nightsOf, office, reads, said, sent, stateOf } from './nights.ts';

/** Mornings on which something does not start: its owner hears of it before people need it. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    at: '2026-12-01T17:00:00Z',
    seed: pairs(['late', 'fine']),
    config: nightsOf({ late: { ...office, what: 'app=late,fine', early: '10m' } }),
  });
  await world.lights.looked();
  await isNow(world, '2026-12-01T18:00:00Z');
  await reads(world, /4 of 4 stopped/);
});
afterAll(() => world?.stop());

test('what does not start is told of before the window begins, with OCI’s words and the next try', async () => {
  await world.oci.faults({
    operation: 'Compute.InstanceAction',
    resource: 'late-1',
    status: 500,
    code: 'InternalError',
    message: 'Out of host capacity.',
    count: 2,
  });
  await isNow(world, '2026-12-02T06:20:00Z');
  const report = await reads(world, /Not everything is up in late: 1 of 4 did not start/);
  expect(world.clock.now()).toBeLessThan(Date.parse('2026-12-02T06:30:00Z'));
  expect(report.shown).toContain('*late-1* (compute instance, eu-frankfurt-1)');
  expect(report.shown).toContain('Out of host capacity');
  expect(report.shown).toMatch(/The next try is/);
  const thread = await world.until(
    async () => (await said(world, /Not everything/)).at(-1)?.replies[0],
    'the thread',
  );
  expect(thread.shown).toContain('late-1 does not start, and should be up at 07:30 (Europe/Amsterdam)');
  expect(thread.shown).toContain('start late-1');
});

test('it is tried again later and later, and once it is up the same message says so', async () => {
  const done = await reads(world, /Lights on in late: 4 of 4 started/, { step: '20s' });
  expect(await stateOf(world, 'late-1')).toBe('RUNNING');
  // two that were refused for want of a machine, and the one that was not
  expect((await sent(world, 'late-1')).filter((act) => act === 'START')).toHaveLength(3);
  expect((await sent(world, 'fine-1')).filter((act) => act === 'START')).toHaveLength(1);
  expect(await said(world, /Not everything|Lights on/)).toHaveLength(1);
  expect(done.replies).toHaveLength(1);
  expect(done.replies[0]?.shown).toMatch(/Tried 2 times so far/);
});
