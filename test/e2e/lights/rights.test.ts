import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../../support/world.ts';
import { becomes, pairs } from '../scene.ts';
import { isNow, nightsOf, office, reads, said, sent, stateOf } from './nights.ts';

/** A schedule is an actor like any other: more than it may is asked for, and what no rule lets it do is left. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    at: '2026-12-01T17:00:00Z',
    seed: pairs(['many', 'few', 'more']).replaceAll(/app: more\n(\s+)env: dev/g, 'app: more\n$1env: prod'),
    config: nightsOf({
      many: { ...office, what: 'app=many', atMost: 1 },
      few: { ...office, what: 'app=few', channel: 'C0OPS000000' },
      more: { ...office, what: 'app=more', channel: 'C0DATA00000' },
    }),
  });
  await world.lights.looked();
});
afterAll(() => world?.stop());

test('more than it may do by itself waits for a person, and runs once one says yes', async () => {
  await isNow(world, '2026-12-01T18:00:00Z');
  const card = await reads(world, /asks to stop 2 compute instances of many/);
  const report = await reads(world, /Lights out in many waits for an approval: 2 resources would be stopped/);
  expect(await sent(world, 'many-1')).toEqual([]);
  await world.as('dana').clicks('Approve', { in: 'shop', ts: card.ts });
  await becomes(world, report, /Lights out in many: 2 of 2 stopped/, { in: 'shop' });
  expect(await sent(world, 'many-1')).toEqual(['SOFTSTOP']);
});

test('what no rule lets it do is left, with the reason, and nobody is asked', async () => {
  await reads(world, /Lights out in few: 2 of 2 stopped/, { in: 'ops' });
  await isNow(world, '2026-12-01T18:20:00Z');
  expect(await sent(world, 'more-1')).toEqual([]);
  expect(await said(world, /asks to/, 'data')).toEqual([]);
  const report = await reads(world, /Lights out in more: 0 of 2 stopped, 2 left alone/, { in: 'data' });
  expect(report.shown).toContain('No rule lets you stop more-1 here');
  expect(await said(world, /Lights out/, 'data')).toHaveLength(1);
});

test('a no is a no until the next edge', async () => {
  await isNow(world, '2026-12-02T06:30:00Z');
  const up = await reads(world, /asks to start 2 compute instances of many/);
  await world.as('dana').clicks('Approve', { in: 'shop', ts: up.ts });
  await world.until(async () => {
    await world.clock.advance('5s');
    return (await stateOf(world, 'many-1')) === 'RUNNING' && (await stateOf(world, 'many-2')) === 'RUNNING';
  }, 'both to be up');
  await isNow(world, '2026-12-02T18:00:00Z');
  const card = await world.until(
    async () => (await said(world, /asks to stop 2 compute instances of many/)).find(({ ts }) => ts > up.ts),
    'the second card',
  );
  await world.as('dana').clicks('Deny', { in: 'shop', ts: card.ts });
  const left = await reads(world, /Lights out in many: 0 of 2 stopped, 2 left alone/);
  expect(left.shown).toContain('Left alone');
  expect(left.shown).toMatch(/2\* · It was denied \(op-\d+\): many-1 and many-2/);
  await isNow(world, '2026-12-02T19:00:00Z');
  expect(await sent(world, 'many-1')).toEqual(['SOFTSTOP', 'START']);
});
