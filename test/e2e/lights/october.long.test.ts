import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Seen } from '../../support/seen.ts';
import { bootWorld, type World } from '../../support/world.ts';
import { pairs } from '../scene.ts';
import { byHand, isNow, nightsOf, office, reads, said, sent, stateOf } from './nights.ts';

/** The night in which clocks in Amsterdam go back, from 03:00 to 02:00, on Sunday 25 October 2026: an hour comes twice. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    // the Saturday before it, 19:30 in Amsterdam
    at: '2026-10-24T17:30:00Z',
    seed: pairs(['twice', 'club', 'dark']),
    config: nightsOf(
      {
        twice: { ...office, what: 'app=twice', when: 'stop 02:30 Europe/Amsterdam' },
        club: {
          ...office,
          what: 'app=club',
          when: 'Sat 20:00-06:00 Europe/Amsterdam',
          channel: 'C0DATA00000',
        },
        dark: {
          ...office,
          what: 'app=dark',
          when: 'Mon-Sun 10:00-23:00 Europe/Amsterdam',
          channel: 'C0OPS000000',
        },
      },
      { rates: { currency: 'EUR', perHour: { instance: { ocpu: 1 } } } },
    ),
  });
  await world.lights.looked();
});
afterAll(() => world?.stop());

const nights = (): Promise<readonly Seen[]> =>
  said(world, /Lights out in dark: 2 of 2 stopped; saves/, 'ops');
/** What a report says that the night saves, in euros. */
const saved = (report: Seen | undefined) => Number(/saves about €(\d+\.\d\d)/.exec(report?.shown ?? '')?.[1]);

test('a night over the change is an hour longer, and its report counts it', async () => {
  await isNow(world, '2026-10-24T21:00:00Z');
  const report = await reads(world, /Lights out in dark: 2 of 2 stopped; saves/, { in: 'ops' });
  expect(report.shown).toContain('Due at 23:00 (Europe/Amsterdam)');
});

test('an edge at 02:30 fires at the first of the two, and not at the second', async () => {
  await isNow(world, '2026-10-25T00:30:00Z');
  await reads(world, /Lights out in twice: 2 of 2 stopped/);
  await isNow(world, '2026-10-25T01:00:00Z');
  await byHand(world, 'twice-1', 'RUNNING');
  await isNow(world, '2026-10-25T01:30:00Z');
  await isNow(world, '2026-10-25T02:30:00Z');
  expect(await stateOf(world, 'twice-1')).toBe('RUNNING');
  expect([await sent(world, 'twice-1'), await sent(world, 'twice-2')]).toEqual([['SOFTSTOP'], ['SOFTSTOP']]);
  expect(await said(world, /Lights out in twice/)).toHaveLength(1);
});

test('a window from Saturday evening to Sunday morning is an hour longer', async () => {
  await isNow(world, '2026-10-25T04:00:00Z');
  expect(await stateOf(world, 'club-1')).toBe('RUNNING');
  await isNow(world, '2026-10-25T04:59:00Z');
  expect(await sent(world, 'club-1')).toEqual([]);
  await isNow(world, '2026-10-25T05:00:00Z');
  const report = await reads(world, /Lights out in club: 2 of 2 stopped/, { in: 'data' });
  expect(report.shown).toContain('Due at 06:00 (Europe/Amsterdam)');
  expect(await sent(world, 'club-1')).toEqual(['SOFTSTOP']);
});

test('the morning comes by the new clock, and the next night is as long as any', async () => {
  await isNow(world, '2026-10-25T08:59:00Z');
  expect(await stateOf(world, 'dark-1')).toBe('STOPPED');
  await isNow(world, '2026-10-25T09:00:00Z');
  await world.until(async () => {
    await world.clock.advance('5s');
    return (await stateOf(world, 'dark-1')) === 'RUNNING' && (await stateOf(world, 'dark-2')) === 'RUNNING';
  }, 'both to be up');
  await isNow(world, '2026-10-25T22:00:00Z');
  const [long, usual] = await world.until(async () => {
    await world.clock.advance('5s');
    const found = await nights();
    return found.length === 2 && found;
  }, 'the second report');
  expect(saved(usual)).toBeGreaterThan(0);
  // twelve hours, and eleven; both less the seconds that stopping takes
  expect(saved(long) / saved(usual)).toBeCloseTo(12 / 11, 2);
});
