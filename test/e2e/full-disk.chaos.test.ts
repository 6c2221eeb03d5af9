import { execFileSync, spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../support/world.ts';

/** A store that takes no writes while the bot runs: questions are answered, and whoever watches is told. */

const canLimit = spawnSync('prlimit', ['--version']).status === 0;
let world: World;
beforeAll(async () => {
  world = await bootWorld();
});
afterAll(() => world?.stop());

const limit = (bytes: string) =>
  execFileSync('prlimit', ['--pid', String(world.bot.status().pid), `--fsize=${bytes}`]);

test.skipIf(!canLimit)('a full disk under a running bot (skipped where there is no prlimit)', async () => {
  await world.as('ana').types('/oci whoami', { in: 'ops' });
  await world.until(async () => (await world.ephemeral('ana')).length === 1, 'an answer before');
  limit('4096:');
  await world.as('ana').types('/oci list env=dev', { in: 'ops' });
  await world.until(
    async () => (await world.ephemeral('ana')).some(({ text }) => /resources match env=dev/.test(text)),
    'an answer in spite of the store',
  );
  const ready = await world.until(async () => {
    const reply = await fetch(new URL('/readyz', world.info.bot?.http));
    return reply.status === 503 && reply.json();
  }, 'not to be ready');
  expect(ready).toEqual({ ok: false, missing: ['the store takes no writes'] });
  limit('unlimited:');
  await world.until(
    async () => (await fetch(new URL('/readyz', world.info.bot?.http))).status === 200,
    'to be ready again',
  );
});
