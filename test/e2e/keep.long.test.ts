import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Seen } from '../support/seen.ts';
import { bootWorld, type World } from '../support/world.ts';
import { becomes, tell } from './scene.ts';

/** A keep is a plan like any other, carried out over the store. */

let world: World;
beforeAll(async () => {
  world = await bootWorld();
});
afterAll(() => world?.stop());

/** Types a line that runs at once; answers its message. */
async function runs(line: string): Promise<Seen> {
  const before = new Set((await world.channel('ops').messages()).map(({ ts }) => ts));
  await world.as('ana').types(`/oci ${line}`, { in: 'ops' });
  return world.until(
    async () => (await world.channel('ops').messages()).find(({ ts }) => !before.has(ts)),
    `the message of “${line}”`,
  );
}

const starts = async () =>
  (await world.oci.requests()).filter(({ operation }) => operation === 'Compute.InstanceAction').length;
const state = async () => (await world.oci.resources({ name: 'worker-dev-1' }))[0]?.state;

test('who may not keep is refused, and nothing is sent', async () => {
  expect((await tell(world, 'keep worker-dev-1 on for 2h', { by: 'eve' })).shown).toContain('guests');
  expect((await tell(world, 'keep build-agent-1 off for 2h')).shown).toContain('No rule lets you keep');
  expect(await starts()).toBe(0);
});

test('keeping on starts what is stopped, once, though the bot is killed in the middle', async () => {
  const card = await runs('keep worker-dev-1 on for 2h because of the demo');
  await world.until(starts, 'the start');
  await world.bot.kill9();
  await world.bot.ready();
  expect((await becomes(world, card, / – done in /)).text).toContain('keep worker-dev-1 on until');
  expect(await state()).toBe('RUNNING');
  expect(await starts()).toBe(1);
  expect((await tell(world, 'why worker-dev-1')).shown).toMatch(/kept on|the demo/);
});

test('ended before its time it is over, and what it started stays', async () => {
  await becomes(world, await runs('keep worker-dev-1 end'), / – done in /);
  const { shown } = await tell(world, 'keep worker-dev-1 end --dry-run');
  expect(shown).toContain('worker-dev-1 (nobody keeps it)');
  expect(await state()).toBe('RUNNING');
});

test('it is over by itself when its time has come', async () => {
  await becomes(world, await runs('keep worker-dev-1 on for 1h'), / – done in /);
  await world.clock.advance('1h1m');
  const { shown } = await tell(world, 'keep worker-dev-1 end --dry-run');
  expect(shown).toContain('worker-dev-1 (nobody keeps it)');
});
