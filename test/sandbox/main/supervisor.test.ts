import { once } from 'node:events';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { SandboxClock } from '../../../sandbox/clock.ts';
import { packageRoot } from '../../../sandbox/root.ts';
import { type BotStatus, Supervisor } from '../../../sandbox/supervisor.ts';

const clock = new SandboxClock(5_000);
const running: Supervisor[] = [];
afterEach(async () => {
  for (const supervisor of running.splice(0)) await supervisor.stop();
});

function supervise(program: string, log = new PassThrough()): Supervisor {
  log.resume();
  const supervisor = new Supervisor({
    entry: join(packageRoot, 'test/sandbox/main/programs', program),
    env: (port) => ({ PORT: String(port) }),
    port: 4103,
    clock,
    log,
  });
  running.push(supervisor);
  return supervisor;
}

function becomes(supervisor: Supervisor, state: BotStatus['state']): Promise<BotStatus> {
  return new Promise((resolve) => {
    const end = supervisor.onChange((status) => {
      if (status.state !== state) return;
      end();
      resolve(status);
    });
  });
}

test('ready, with the address and the clock it was started with; then stopped', async () => {
  const supervisor = supervise('willing.mjs');
  await supervisor.start();
  expect(supervisor.status).toMatchObject({
    state: 'ready',
    running: true,
    http: 'http://127.0.0.1:4103/offset/5000',
    restarts: 0,
    last_exit: null,
  });
  await supervisor.start();
  const { pid } = supervisor.status;
  await supervisor.stop();
  expect(supervisor.status).toMatchObject({ state: 'stopped', pid: null, last_exit: { code: 0 } });
  expect(() => process.kill(pid ?? 0, 0)).toThrowError(/ESRCH/);
});

test('killed, it comes back as another process at the same address', async () => {
  const supervisor = supervise('willing.mjs');
  await supervisor.start();
  const before = supervisor.status;
  const back = becomes(supervisor, 'ready');
  expect(await supervisor.kill()).toBe(before.pid);
  expect(supervisor.status).toMatchObject({ state: 'backing off', running: false, pid: null });
  expect(await back).toMatchObject({ restarts: 1, last_exit: { signal: 'SIGKILL' }, http: before.http });
  expect(supervisor.status.pid).not.toBe(before.pid);
});

test('a restart is another process; one that was stopped stays stopped', async () => {
  const supervisor = supervise('willing.mjs');
  await supervisor.start();
  const before = supervisor.status.pid;
  await supervisor.restart();
  expect(supervisor.status).toMatchObject({ running: true, restarts: 0 });
  expect(supervisor.status.pid).not.toBe(before);
  await supervisor.stop();
  await expect(supervisor.kill()).rejects.toThrowError('The bot is not running.');
});

test('starting over: nothing runs while the ground is prepared', async () => {
  const supervisor = supervise('willing.mjs');
  await supervisor.start();
  let meanwhile: BotStatus | undefined;
  await supervisor.startOver(() => {
    meanwhile = supervisor.status;
  });
  expect(meanwhile).toMatchObject({ state: 'stopped', pid: null });
  expect(supervisor.status.running).toBe(true);
});

test('the clock has moved in the other process when it has moved', async () => {
  const log = new PassThrough();
  const supervisor = supervise('willing.mjs', log);
  await supervisor.start();
  const written = once(log, 'data');
  clock.offset = 60_000;
  expect(await supervisor.followClock()).toBe(true);
  expect(String((await written)[0])).toBe('offset 60000\n');
  await supervisor.stop();
  expect(await supervisor.followClock()).toBe(true);
});

test('a move is not waited for when the process dies over it', async () => {
  const supervisor = supervise('deaf.mjs');
  await supervisor.start();
  const followed = supervisor.followClock();
  await supervisor.kill();
  expect(await followed).toBe(true);
});

test('one that will not start says why, and is not tried again', async () => {
  const unwilling = supervise('unwilling.mjs');
  await expect(unwilling.start()).rejects.toThrowError('rules[0] allows everything.');
  expect(unwilling.status).toMatchObject({ state: 'stopped', pid: null, restarts: 0 });
  const broken = supervise('broken.mjs');
  await expect(broken.start()).rejects.toThrowError('The bot ended before it was ready (exit code 3).');
});

test('one that ignores the order to stop is killed when a start over cannot wait', async () => {
  const supervisor = supervise('deaf.mjs');
  await supervisor.start();
  const { pid } = supervisor.status;
  await supervisor.startOver(() => expect(() => process.kill(pid ?? 0, 0)).toThrowError(/ESRCH/));
  expect(supervisor.status.last_exit).toEqual({ code: null, signal: 'SIGKILL' });
  await supervisor.kill();
});
