import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dice } from '../../lights/month/calendar.ts';
import { bootWorld, type World } from '../../support/world.ts';
import { pairs } from '../scene.ts';
import { nightsOf, office, said, sent, stateOf } from './nights.ts';

/**
 * kill -9 at random moments around the edges of ten days, now and then of the next process too. Each edge is
 * followed once by each resource all the same, and each evening is one message that ends right.
 */

const days = Number(process.env.DAYS ?? 10);
const hour = 3_600_000;
/** 07:30 in Amsterdam, in winter. */
const firstMorning = Date.parse('2026-12-07T06:30:00Z');
const names = ['shop-1', 'shop-2'];

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    at: new Date(firstMorning - hour).toISOString(),
    seed: pairs(['shop']),
    config: nightsOf({ shop: { ...office, what: 'app=shop', when: '07:30-19:00 Europe/Amsterdam' } }),
  });
  await world.lights.looked();
});
afterAll(() => world?.stop());

const edges = Array.from({ length: days * 2 }, (_, place) => ({
  place: place + 1,
  at: firstMorning + Math.floor(place / 2) * 24 * hour + (place % 2 === 0 ? 0 : 11.5 * hour),
  wanted: place % 2 === 0 ? 'RUNNING' : 'STOPPED',
}));

describe('kill -9 around an edge', () => {
  const roll = dice(4);

  test.each(edges)('$place: $wanted', async ({ place, at, wanted }) => {
    await world.clock.set(new Date(at - 10_000).toISOString());
    const killing = killed(1 + Math.floor(roll() * 2));
    await world.clock.set(new Date(at).toISOString());
    await killing;
    await world.until(async () => {
      await world.clock.advance('5s');
      const states = await Promise.all(names.map((name) => stateOf(world, name)));
      return states.every((state) => state === wanted);
    }, `all to be ${wanted}`);
    await world.lights.looked();
    // they are up when it begins, so that the first morning has nothing to do
    const acts = Array.from({ length: place - 1 }, (_, each) => (each % 2 === 0 ? 'SOFTSTOP' : 'START'));
    for (const name of names) expect(await sent(world, name)).toEqual(acts);
    if (wanted === 'STOPPED')
      await world.until(async () => {
        await world.clock.advance('5s');
        return (await said(world, /Lights out in shop: 2 of 2 stopped; saves/)).length === place / 2;
      }, 'the report to be over');
    expect(await said(world, /Lights out/)).toHaveLength(Math.floor(place / 2));
  });

  /** From before the edge until what it leads to is over takes about two seconds of real time. */
  async function killed(times: number): Promise<void> {
    for (let time = 0; time < times; time++) {
      await pause(roll() * 2_500);
      await world.bot.kill9();
      await world.bot.ready();
    }
  }
});
