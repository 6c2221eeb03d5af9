import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../../support/world.ts';
import { pairs } from '../scene.ts';
import { isNow, nightsOf, office, reads, said, sent, stateOf } from './nights.ts';

/** Over a change of clocks, a weekend, a holiday, and times in which no bot ran: nothing twice, nothing never. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    // a Thursday before the clocks go forward in Amsterdam, on Sunday 28 March 2027
    at: '2027-03-25T17:00:00Z',
    seed: pairs(['shop']),
    config: nightsOf(
      { shop: { ...office, what: 'app=shop', calendars: ['holidays'] } },
      { calendars: { holidays: { closed: ['2027-03-29 Easter Monday'] } } },
    ),
  });
  await world.lights.looked();
});
afterAll(() => world?.stop());

const acts = async () => [await sent(world, 'shop-1'), await sent(world, 'shop-2')];
const up = () =>
  world.until(async () => {
    await world.clock.advance('5s');
    return (await stateOf(world, 'shop-1')) === 'RUNNING' && (await stateOf(world, 'shop-2')) === 'RUNNING';
  }, 'both to be up');

test('a day: down at 19:00, up at 07:30', async () => {
  await isNow(world, '2027-03-25T18:00:00Z');
  await reads(world, /Lights out in shop: 2 of 2 stopped; saves/);
  await isNow(world, '2027-03-26T06:30:00Z');
  await up();
  expect(await acts()).toEqual([
    ['SOFTSTOP', 'START'],
    ['SOFTSTOP', 'START'],
  ]);
});

test('over a weekend in which clocks go forward, and a holiday after it, it stays dark', async () => {
  await isNow(world, '2027-03-26T18:00:00Z');
  await world.until(async () => {
    await world.clock.advance('5s');
    return (await said(world, /2 of 2 stopped; saves/)).length === 2;
  }, 'the second report');
  for (const moment of [
    '2027-03-27T06:30:00Z',
    '2027-03-28T00:45:00Z',
    '2027-03-28T01:15:00Z',
    '2027-03-28T05:30:00Z',
    '2027-03-29T05:30:00Z',
    '2027-03-29T17:00:00Z',
  ])
    await isNow(world, moment);
  expect(await stateOf(world, 'shop-1')).toBe('STOPPED');
  expect((await acts()).flat()).toHaveLength(6);
});

test('the day after, 07:30 is an hour earlier for the rest of the world', async () => {
  await isNow(world, '2027-03-30T05:29:00Z');
  expect(await stateOf(world, 'shop-1')).toBe('STOPPED');
  await isNow(world, '2027-03-30T05:30:00Z');
  await up();
});

test('an edge that passed while no bot ran is caught up once', async () => {
  await world.bot.stop();
  await world.clock.set('2027-03-30T17:20:00Z');
  await world.bot.start();
  await world.until(async () => {
    await world.clock.advance('5s');
    return (await said(world, /2 of 2 stopped; saves/)).length === 3;
  }, 'the third report');
  expect((await acts())[0]?.slice(-2)).toEqual(['START', 'SOFTSTOP']);
});

test('of several days only the last edge counts', async () => {
  const before = (await acts()).flat().length;
  const told = (await world.channel('shop').messages()).length;
  await world.bot.stop();
  await world.clock.set('2027-04-01T18:00:00Z');
  await world.bot.start();
  await world.lights.looked();
  expect((await acts()).flat()).toHaveLength(before);
  expect(await world.channel('shop').messages()).toHaveLength(told);
  await world.bot.stop();
  await world.clock.set('2027-04-05T06:00:00Z');
  await world.bot.start();
  await up();
  expect((await acts()).flat()).toHaveLength(before + 2);
});
