import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Seen } from '../../support/seen.ts';
import { bootWorld, type World } from '../../support/world.ts';
import { becomes, pairs, tell } from '../scene.ts';
import { isNow, nightsOf, office, reads, said, sent, stateOf } from './nights.ts';

/** What people want up after the evening's stop: with a word it goes off again, without one it stays until the next edge. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    at: '2026-12-01T17:00:00Z',
    seed: pairs(['word', 'hand']),
    config: nightsOf({
      word: { ...office, what: 'app=word' },
      hand: { ...office, what: 'app=hand', channel: 'C0DATA00000' },
    }),
  });
  await world.lights.looked();
});
afterAll(() => world?.stop());

const isUp = (name: string) =>
  world.until(async () => {
    await world.clock.advance('5s');
    return (await stateOf(world, name)) === 'RUNNING';
  }, `${name} to be up`);

let report: Seen;

test('kept on after the stop it starts at once, and the report of the evening says who keeps it', async () => {
  await isNow(world, '2026-12-01T18:00:00Z');
  report = await reads(world, /Lights out in word: 2 of 2 stopped; saves/);
  await reads(world, /Lights out in hand: 2 of 2 stopped/, { in: 'data' });
  await isNow(world, '2026-12-01T18:30:00Z');
  await world.as('ana').types('/oci keep word-1 on until 22:00 because of a release', { in: 'ops' });
  await isUp('word-1');
  const kept = await becomes(world, report, /Lights out in word: 1 of 2 stopped, 1 kept/, { in: 'shop' });
  expect(kept.shown).toMatch(/<@U0ANAPETROV> keeps word-1 on until .* – “of a release”/);
  expect(await sent(world, 'word-1')).toEqual(['SOFTSTOP', 'START']);
});

test('what a person starts through the bot is respected, and no other bot’s doing', async () => {
  await world.as('ana').types('/oci start hand-1', { in: 'ops' });
  await isUp('hand-1');
  await isNow(world, '2026-12-01T20:00:00Z');
  expect(await stateOf(world, 'hand-1')).toBe('RUNNING');
  const { shown } = await tell(world, 'why hand-1');
  expect(shown).toContain('somebody started it since, which is respected until the next edge');
});

test('when its keep ends it goes off again, and the same report says so', async () => {
  await isNow(world, '2026-12-01T21:00:00Z');
  const done = await becomes(world, report, /Lights out in word: 2 of 2 stopped; saves/, { in: 'shop' });
  expect(done.shown).not.toContain('Kept on');
  expect(await said(world, /Lights out in word/)).toHaveLength(1);
  expect(await sent(world, 'word-1')).toEqual(['SOFTSTOP', 'START', 'SOFTSTOP']);
  expect(await stateOf(world, 'hand-1')).toBe('RUNNING');
});

test('on a second evening as well: it is stopped when its hour comes, and started by hand it stays', async () => {
  await isNow(world, '2026-12-02T06:30:00Z');
  for (const name of ['word-1', 'word-2', 'hand-2']) await isUp(name);
  await isNow(world, '2026-12-02T18:00:00Z');
  await world.until(async () => {
    await world.clock.advance('5s');
    return (await said(world, /Lights out in hand: 2 of 2 stopped/, 'data')).length === 2;
  }, 'the second report');
  await world.as('ana').types('/oci start hand-1', { in: 'ops' });
  await isUp('hand-1');
  for (const moment of ['2026-12-02T18:30:00Z', '2026-12-02T20:00:00Z', '2026-12-02T22:00:00Z'])
    await isNow(world, moment);
  expect(await stateOf(world, 'hand-1')).toBe('RUNNING');
  expect((await tell(world, 'why hand-1')).shown).toContain('respected until the next edge');
  await isNow(world, '2026-12-03T06:30:00Z');
  await isUp('hand-2');
  await isNow(world, '2026-12-03T18:00:00Z');
  await world.until(async () => {
    await world.clock.advance('5s');
    return (await stateOf(world, 'hand-1')) === 'STOPPED';
  }, 'the third stop');
  expect(await said(world, /Something else decides/, 'data')).toEqual([]);
  expect(await sent(world, 'hand-1')).toEqual(['SOFTSTOP', 'START', 'SOFTSTOP', 'START', 'SOFTSTOP']);
});
