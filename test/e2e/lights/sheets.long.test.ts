import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../../support/world.ts';

/** When a report begins, and that it comes to an end. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({ at: '2026-11-26T10:50:00Z' });
  await world.lights.looked();
});
afterAll(() => world?.stop());

test('what is kept off while its policy is paused goes off, and no channel reads of it', async () => {
  await world.as('ana').types('/oci schedule pause dev-evenings until 23:00', { in: 'ops' });
  await world.lights.looked();
  await world.as('ana').types('/oci keep shop-dev-api off for 20m because repro', { in: 'ops' });
  await world.until(async () => {
    await world.clock.advance('2s');
    return (await world.channel('ops').messages()).some(({ text }) =>
      /keep .* off until .* done in/.test(text),
    );
  }, 'the keep to be done');
  // long enough for the looks that follow, each of which would tell
  await world.clock.advance('15m');
  await world.lights.looked();
  const shop = await world.channel('shop').messages();
  expect(shop.map(({ shown }) => shown)).toEqual([]);
});

test('a report of which something is under way until another day comes to its end', async () => {
  await world.as('ana').types('/oci schedule resume dev-evenings', { in: 'ops' });
  await world.clock.set('2026-11-26T17:55:00Z');
  await world.lights.looked();
  await world.clock.set('2026-11-26T18:00:05Z');
  await world.until(async () => {
    await world.clock.advance('5s');
    return (await world.channel('shop').messages()).some(({ text }) =>
      /[123] of 4 stopped, [123] to go/.test(text),
    );
  }, 'one to be stopped, and another not');
  await world.clock.set('2026-11-30T12:00:00Z');
  await world.until(async () => {
    await world.clock.advance('1m');
    const [report] = (await world.channel('shop').messages()).filter(({ text }) => /^Lights out/.test(text));
    return report && !/to go/.test(report.text);
  }, 'the report of Thursday to be over');
});
