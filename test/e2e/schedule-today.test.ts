import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../support/world.ts';
import { tell } from './scene.ts';

/** What `schedule today` shows of the sandbox's own policies. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({ at: '2026-11-25T12:00:00Z' }); // a Wednesday, 13:00 in Amsterdam
});
afterAll(() => world?.stop());

test('what still goes up or down today is shown by time, and nothing of tomorrow', async () => {
  const { shown } = await tell(world, 'schedule today');
  expect(shown).toMatch(/\d+ resources go up or down until midnight\./);
  expect(shown).toMatch(
    /18:30 Europe\/Amsterdam, 17:30 UTC[\s|]+data-dev[\s|]+down[\s\S]*19:00 Europe\/Amsterdam, 18:00 UTC[\s|]+dev-evenings[\s|]+down/,
  );
  expect(shown).not.toContain('Thu 26 Nov');
});

test('a pause is told of, and its policy goes when it ends', async () => {
  await world.as('ana').types('/oci schedule pause dev-evenings until 23:00', { in: 'ops' });
  await world.until(async () => {
    const { shown } = await tell(world, 'schedule today');
    return (
      shown.includes('dev-evenings is paused until Wed 25 Nov 23:00') &&
      !shown.includes('19:00 Europe') &&
      /23:00 Europe\/Amsterdam, 22:00 UTC[\s|]+dev-evenings[\s|]+down/.test(shown)
    );
  }, 'the pause');
});

test('once the last edge of the day is past there is nothing', async () => {
  await world.clock.advance('10h50m'); // 23:50 in Amsterdam
  const { shown } = await tell(world, 'schedule today');
  expect(shown).toContain('Nothing goes up or down until midnight.');
});
