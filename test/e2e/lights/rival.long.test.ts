import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../../support/world.ts';
import { pairs, tell } from '../scene.ts';
import { byHand, isNow, nightsOf, office, reads, said, sent, stateOf } from './nights.ts';

/** Another bot on the same account that starts again what is stopped, where only edges act. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    at: '2026-12-01T17:00:00Z',
    seed: pairs(['rival']),
    config: nightsOf({ rival: { ...office, what: 'app=rival' } }),
  });
  await world.lights.looked();
});
afterAll(() => world?.stop());

/** Waits for the report of so many evenings. */
const evenings = (count: number) =>
  world.until(async () => {
    await world.clock.advance('5s');
    return (await said(world, /Lights out in rival: \d of 2 stopped(, 1 left alone)?;/)).length === count;
  }, `${count} reports`);

test('one start by hand right after the stop is respected, and means nothing', async () => {
  await isNow(world, '2026-12-01T18:00:00Z');
  await evenings(1);
  await byHand(world, 'rival-1', 'RUNNING');
  await isNow(world, '2026-12-01T18:12:00Z');
  await isNow(world, '2026-12-01T20:00:00Z');
  expect(await stateOf(world, 'rival-1')).toBe('RUNNING');
  expect(await said(world, /Something else decides/)).toEqual([]);
});

test('turned back on a second evening as well it is another bot’s: that is told once, and it is left alone', async () => {
  await isNow(world, '2026-12-02T06:30:00Z');
  await isNow(world, '2026-12-02T18:00:00Z');
  await evenings(2);
  await byHand(world, 'rival-1', 'RUNNING');
  await isNow(world, '2026-12-02T18:12:00Z');
  const told = await reads(world, /Something else decides/);
  expect(told.shown).toContain('rival-1');
  expect(told.shown).toContain('left alone for a week');
  expect((await tell(world, 'why rival-1')).shown).toContain('something else decides too');
  const before = (await sent(world, 'rival-1')).length;
  await isNow(world, '2026-12-03T06:30:00Z');
  await isNow(world, '2026-12-03T18:00:00Z');
  await evenings(3);
  await isNow(world, '2026-12-03T19:00:00Z');
  expect(await stateOf(world, 'rival-1')).toBe('RUNNING');
  expect(await sent(world, 'rival-1')).toHaveLength(before);
  expect(await stateOf(world, 'rival-2')).toBe('STOPPED');
  expect(await said(world, /Something else decides/)).toHaveLength(1);
});

test('a week later it is tried again, once', async () => {
  const before = (await sent(world, 'rival-1')).length;
  await isNow(world, '2026-12-10T06:30:00Z');
  await isNow(world, '2026-12-10T18:00:00Z');
  await world.until(async () => {
    await world.clock.advance('5s');
    return (await stateOf(world, 'rival-1')) === 'STOPPED';
  }, 'the stop');
  expect(await sent(world, 'rival-1')).toHaveLength(before + 1);
  expect(await said(world, /Something else decides/)).toHaveLength(1);
});
