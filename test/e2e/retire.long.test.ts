import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../support/world.ts';
import { ask, tell } from './scene.ts';

/** Retiring as people see it: what is said before, who may not, and what is gone in the end. */

let world: World;
beforeAll(async () => {
  world = await bootWorld();
});
afterAll(() => world?.stop());

test('too few would be left of the store: nothing is asked', async () => {
  const told = await tell(world, 'retire store-2');
  expect(told.shown).toContain('store keeps 3 in traffic at all times, and 2 would be left');
  expect(told.shown).toContain('Change minimum of store in apps: of lamplighter.yml');
});

test('a dry run shows each step, and how it is taken back', async () => {
  const told = await tell(world, 'retire store --dry-run');
  expect(told.shown).toContain('Dry run: retire store: 3 instances. Nothing was changed.');
  expect(told.shown).toContain('Drain store-1 in store of store-lb');
  expect(told.shown).toContain('Bring back store-3 in store of store-lb');
});

test('a guest retires nothing', async () => {
  const told = await tell(world, 'retire store', { by: 'eve' });
  expect(told.shown).toContain('I take nothing from guests');
});

test('the whole app, from the line to the end', async () => {
  const card = await ask(world, 'retire store because it was replaced');
  expect(card.shown).toContain('store-1, store-2, store-3 are taken out of traffic and deleted');
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  const end = await world.until(async () => {
    await world.clock.advance('5s');
    const [message] = (await world.channel('ops').messages()).filter(({ ts }) => ts === card.ts);
    return message && /done in|taken back|failed|unresolved|void/.test(message.text) ? message : undefined;
  }, 'the retirement to end');
  expect(end.text).toMatch(/done in/);
  const told = await tell(world, 'retire store');
  expect(told.shown).toContain('store has no instances.');
  for (const line of ['deploy status store', 'releases store'])
    expect((await tell(world, line)).shown).toMatch(/Retired by <@U0ANAPETROV>.*op-\d+/);
});
