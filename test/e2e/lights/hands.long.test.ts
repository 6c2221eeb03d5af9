import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../../support/world.ts';
import { pairs } from '../scene.ts';
import { byHand, isNow, nightsOf, office, reads, said, sent, stateOf } from './nights.ts';

/** What people and other bots do by hand against a schedule, in the console and through the bot. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    at: '2026-12-01T17:00:00Z',
    seed: pairs(['free', 'strict', 'fought']),
    config: nightsOf({
      free: { ...office, what: 'app=free' },
      strict: { ...office, what: 'app=strict', enforced: true, channel: 'C0OPS000000' },
      fought: { ...office, what: 'app=fought', enforced: true, channel: 'C0DATA00000' },
    }),
  });
  await world.lights.looked();
});
afterAll(() => world?.stop());

test('all of it stops, each once', async () => {
  await isNow(world, '2026-12-01T18:00:00Z');
  for (const channel of ['shop', 'ops', 'data']) await reads(world, /2 of 2 stopped/, { in: channel });
  for (const name of ['free-1', 'strict-2', 'fought-1'])
    expect(await sent(world, name)).toEqual(['SOFTSTOP']);
});

test('started by hand it is respected until the next edge, unless the policy is enforced', async () => {
  await isNow(world, '2026-12-01T19:00:00Z');
  for (const name of ['free-1', 'strict-1']) await byHand(world, name, 'RUNNING');
  await isNow(world, '2026-12-01T19:15:00Z');
  const right = await reads(world, /1 of 1 stopped/, { in: 'ops' });
  expect(right.shown).toContain('What somebody switched by hand is put right, as strict is enforced');
  expect(await sent(world, 'strict-1')).toEqual(['SOFTSTOP', 'SOFTSTOP']);
  expect(await stateOf(world, 'strict-1')).toBe('STOPPED');
  expect(await stateOf(world, 'free-1')).toBe('RUNNING');
  expect(await sent(world, 'free-1')).toEqual(['SOFTSTOP']);
});

test('what is turned back twice is left alone until another day, and told of once', async () => {
  await byHand(world, 'fought-1', 'RUNNING');
  await isNow(world, '2026-12-01T20:00:00Z');
  await reads(world, /1 of 1 stopped/, { in: 'data' });
  await isNow(world, '2026-12-01T20:30:00Z');
  await byHand(world, 'fought-1', 'RUNNING');
  await isNow(world, '2026-12-01T21:00:00Z');
  await reads(world, /Something else decides/, { in: 'data' });
  await isNow(world, '2026-12-01T22:00:00Z');
  expect(await sent(world, 'fought-1')).toHaveLength(2);
  expect(await said(world, /Something else decides/, 'data')).toHaveLength(1);
});

test('the next day it has its schedule again', async () => {
  await isNow(world, '2026-12-02T06:30:00Z');
  await world.until(async () => (await stateOf(world, 'strict-1')) !== 'STOPPED', 'a start');
  await isNow(world, '2026-12-02T18:00:00Z');
  await reads(world, /Lights out in fought: 2 of 2 stopped/, { in: 'data' });
  expect(await said(world, /Something else decides/, 'data')).toHaveLength(1);
  await world.until(async () => (await sent(world, 'free-1')).length === 2, 'the stop of free-1');
});
