import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Seen } from '../../support/seen.ts';
import { bootWorld, type World } from '../../support/world.ts';
import { again, becomes, heard, pairs, tell } from '../scene.ts';
import { isNow, nightsOf, office, reads, said, sent, stateOf } from './nights.ts';

/** The buttons under a warning: pressed once, twice, by two at once, and too late. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    at: '2026-12-01T17:00:00Z',
    seed: pairs(['late']),
    config: nightsOf({ late: { ...office, what: 'app=late', warn: '20m' } }),
  });
  await world.lights.looked();
});
afterAll(() => world?.stop());

/** What the buttons of a message carry, by their labels. */
function keyOf({ blocks }: Seen, label: string): string {
  const at = new RegExp(`"text":"${label}"[^{}]*}[^{}]*"value":"([^"]+)"`).exec(JSON.stringify(blocks));
  return at?.[1] ?? '';
}

/** Presses a button as it was on a message, though it is there no longer. */
const presses = (by: string, warning: Seen, label: string) =>
  heard(world, by, () =>
    world.as(by).clicks('run', { in: 'shop', ts: warning.ts }, { force: true, value: keyOf(warning, label) }),
  );

let warning: Seen;

test('Skip tonight, pressed by two at once and once more: it is written down once, and the warning says who', async () => {
  await isNow(world, '2026-12-01T17:40:00Z');
  warning = await reads(world, /At 19:00 .* late stops 2 resources/);
  await Promise.all(
    ['ana', 'ben'].map((who) => world.as(who).clicks('Skip tonight', { in: 'shop', ts: warning.ts })),
  );
  const warned = await becomes(world, warning, /late stops nothing/, { in: 'shop' });
  expect(warned.shown).toMatch(/<@U0(ANAPETROV|BEN\w*)> keeps late-1 and late-2 on until/);
  expect(warned.buttons).toEqual([]);
  const told = await presses('ana', warning, 'Skip tonight');
  expect(told.shown).toMatch(/Nothing to do/);
  // both were carried out, and the first word on each of the two stands
  expect((await tell(world, 'why late-2', { in: 'shop' })).shown).toMatch(/\(keep-[12]\)/);
});

test('nothing of the policy stops that evening, the report says so, and after the hour the button is too late', async () => {
  await isNow(world, '2026-12-01T18:00:00Z');
  const report = await reads(world, /Lights out in late: 0 of 2 stopped, 2 kept/);
  expect(report.shown).toMatch(/keeps late-1 and late-2 on until/);
  const before = (await world.channel('shop').messages()).length;
  const told = await presses('ben', warning, 'Keep on 1 h');
  expect(told.shown).toContain('It is too late for this');
  await isNow(world, '2026-12-01T21:00:00Z');
  expect(await world.channel('shop').messages()).toHaveLength(before);
  expect([...(await sent(world, 'late-1')), ...(await sent(world, 'late-2'))]).toEqual([]);
});

test('the next evening is as ever', async () => {
  await isNow(world, '2026-12-02T06:30:00Z');
  expect(await stateOf(world, 'late-1')).toBe('RUNNING');
  await isNow(world, '2026-12-02T17:40:00Z');
  const next = await reads(world, /At 19:00 .* late stops 2 resources/);
  expect(next.ts).not.toBe(warning.ts);
  await world.as('ana').types('/oci keep late-1 on until 22:00', { in: 'shop' });
  await becomes(world, next, /late stops 1 resource/, { in: 'shop' });
  await isNow(world, '2026-12-02T18:00:00Z');
  await reads(world, /Lights out in late: 1 of 2 stopped, 1 kept/);
  expect(await sent(world, 'late-2')).toEqual(['SOFTSTOP']);
});

test('Extend, pressed by two at once: what ends soon is kept for an hour longer, and stops then', async () => {
  await isNow(world, '2026-12-02T20:40:00Z');
  const ending = await reads(world, /At 22:00 .* late stops 1 resource/);
  expect(ending.buttons).toContain('Extend by 1 h');
  await Promise.all(
    ['ana', 'ben'].map((who) => world.as(who).clicks('Extend by 1 h', { in: 'shop', ts: ending.ts })),
  );
  const extended = await becomes(world, ending, /keeps late-1 on until/, { in: 'shop' });
  expect(extended.buttons).toEqual([]);
  expect((await presses('ana', ending, 'Extend by 1 h')).shown).toMatch(/Nothing to do/);
  await isNow(world, '2026-12-02T21:00:00Z');
  expect((await presses('ben', ending, 'Extend by 1 h')).shown).toContain('It is too late for this');
  await isNow(world, '2026-12-02T21:30:00Z');
  expect(await stateOf(world, 'late-1')).toBe('RUNNING');
  await isNow(world, '2026-12-02T22:00:00Z');
  await reads(world, /Lights out in late: 2 of 2 stopped/);
  expect(await sent(world, 'late-1')).toEqual(['SOFTSTOP']);
  expect((await again(world, ending, 'shop')).buttons).toEqual([]);
  expect(await said(world, /Lights out in late/)).toHaveLength(2);
});
