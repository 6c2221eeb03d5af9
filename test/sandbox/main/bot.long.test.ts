import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../../sandbox/root.ts';
import type { Info } from '../../../sandbox/sandbox.ts';
import { bootWorld, type World } from '../../support/world.ts';

/** The real bot as the sandbox's child: followed, killed, reset, and gone when the sandbox is gone. */

let world: World;
beforeAll(async () => {
  world = await bootWorld();
});
afterAll(() => world.stop());

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('it is ready when the sandbox is, at the address that --json prints', async () => {
  expect(world.info.bot).toEqual({
    http: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    pid: world.bot.status().pid,
    store: join(world.data, 'store'),
  });
  const health = await fetch(`${world.info.bot?.http}/readyz`);
  expect(health.status).toBe(200);
});

test('a command reaches it and its answer is seen by who asked', async () => {
  const delivery = await world.as('ana').types('/oci help', { in: 'ops' });
  expect(delivery).toMatchObject({ ok: true, acked: true });
  await world.until(async () => (await world.ephemeral('ana')).length > 0, 'an answer to /oci help');
});

test('the clock has moved in the bot when the control API has answered', async () => {
  const { body } = await world.call('POST', '/control/clock', { advance: '1h' });
  expect(body).toMatchObject({ ok: true, bot_followed: true });
});

test('killed through the control API it comes back as another process at the same address', async () => {
  const before = world.bot.status();
  const { body } = await world.call('POST', '/control/bot', { action: 'kill' });
  expect(body).toMatchObject({ ok: true, killed: before.pid, running: false });
  await world.bot.ready();
  const after = world.bot.status();
  expect(after).toMatchObject({ http: before.http, restarts: before.restarts + 1 });
  expect(after.pid).not.toBe(before.pid);
  expect(await world.as('ana').types('/oci help', { in: 'ops' })).toMatchObject({ acked: true });
});

test('a reset empties its store, and it is ready again', async () => {
  const { pid } = world.bot.status();
  await world.reset();
  expect(world.bot.status()).toMatchObject({ running: true });
  expect(world.bot.status().pid).not.toBe(pid);
  expect(await world.ephemeral('ana')).toEqual([]);
});

test('a configuration that it refuses ends the start with its own sentences', async () => {
  const refused = bootWorld({ config: 'version: 1\nrules: []\n' });
  await expect(refused).rejects.toMatchObject({ name: 'BotFailed', message: expect.stringMatching(/rules/) });
});

test('with slack.mode http the workspace posts to it, signed, and it answers', async () => {
  const usual = readFileSync(join(packageRoot, 'sandbox/lamplighter.yml'), 'utf8');
  const overHttp = await bootWorld({ config: usual.replace('slack:\n', 'slack:\n  mode: http\n') });
  try {
    expect(await overHttp.as('ana').types('/oci help', { in: 'ops' })).toMatchObject({ acked: true });
    await overHttp.until(async () => (await overHttp.ephemeral('ana')).length > 0, 'an answer to /oci help');
    expect((await overHttp.slack.requests()).map(({ method }) => method)).not.toContain(
      'apps.connections.open',
    );
  } finally {
    await overHttp.stop();
  }
});

test('no orphan: when the sandbox is killed, its bot ends by itself', async () => {
  const child = spawn(
    process.execPath,
    [
      join(packageRoot, 'dist/sandbox/main.js'),
      '--json',
      '--port',
      '0',
      '--data',
      join(world.data, 'second'),
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [line] = await once(child.stdout, 'data');
  const { bot } = JSON.parse(String(line)) as Info;
  const pid = bot?.pid ?? 0;
  expect(isAlive(pid)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  while (isAlive(pid)) await pause(20);
});
