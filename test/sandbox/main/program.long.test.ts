import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packageRoot } from '../../../sandbox/root.ts';
import type { Info } from '../../../sandbox/sandbox.ts';

/** `npm run sandbox` as a program: what it prints, how it ends, what it leaves. */

let folder: string;
const started: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lamplighter-program-'));
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the program; `line` is its first line on stdout, `ended` all that it said and its exit code. */
function run(...argv: string[]) {
  const child = spawn(process.execPath, [join(packageRoot, 'dist/sandbox/main.js'), ...argv], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, stdout, stderr }));
  const line = async () => {
    const early = ended.then(({ code }) => Promise.reject(new Error(`It ended with ${code}: ${stderr}`)));
    while (!stdout.includes('\n')) await Promise.race([once(child.stdout, 'data'), early]);
    early.catch(() => {});
    return stdout.slice(0, stdout.indexOf('\n'));
  };
  const info = async () => JSON.parse(await line()) as Info;
  return { child, ended, info };
}

const emulators = ['--json', '--port', '0', '--without-bot'];
const say = (info: Info, line: string) =>
  fetch(`${info.control}/slack/message`, {
    method: 'POST',
    body: JSON.stringify({ user: 'ana', channel: 'ops', text: line }),
  });
const said = async (info: Info): Promise<string[]> => {
  const answer = await fetch(`${info.control}/slack/channels/ops/messages`);
  const { messages } = (await answer.json()) as { messages: { text: string }[] };
  return messages.map((each) => each.text);
};

test('--json prints one line with all that a foreign client needs, and SIGTERM ends it with 0', async () => {
  const sandbox = run(...emulators);
  const info = await sandbox.info();
  const local = /^http:\/\/127\.0\.0\.1:\d+/;
  const id = expect.stringMatching(/^[CU]/);
  const ocid = expect.stringMatching(/^ocid1\./);
  expect(info).toMatchObject({
    page: expect.stringMatching(local),
    control: expect.stringMatching(local),
    slack: {
      apiUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/$/),
      botToken: expect.stringMatching(/^xoxb-/),
      appToken: expect.stringMatching(/^xapp-/),
      signingSecret: expect.any(String),
      channels: { ops: id, shop: id },
      users: { ana: id, ben: id, chloe: id, dana: id, eve: id },
    },
    oci: {
      endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\{region\}\/\{service\}$/),
      configFile: join(folder, '.lamplighter/sandbox/oci/config'),
      profile: 'DEFAULT',
      tenancy: ocid,
      regions: ['eu-frankfurt-1', 'eu-amsterdam-1'],
      compartments: { shop: ocid },
      listeners: { 'store-lb/http': expect.stringMatching(local) },
      proxy: expect.stringMatching(local),
    },
    bot: null,
  });
  sandbox.child.kill('SIGTERM');
  const { code, stdout } = await sandbox.ended;
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  await expect(fetch(info.page)).rejects.toThrow();
});

test('a person is shown the one address; Ctrl-C ends it with 0', async () => {
  const sandbox = run('--port', '0', '--without-bot');
  await once(sandbox.child.stdout, 'data');
  sandbox.child.kill('SIGINT');
  const { code, stdout, stderr } = await sandbox.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.match(/http:/g)).toHaveLength(1);
});

test('stopped and started, it goes on where it was; --fresh starts over', async () => {
  const first = run(...emulators);
  const before = await first.info();
  await say(before, 'remember me');
  await fetch(`${before.control}/clock`, { method: 'POST', body: '{"advance":"1h"}' });
  first.child.kill('SIGTERM');
  await first.ended;

  const second = run(...emulators);
  const after = await second.info();
  expect(await said(after)).toEqual(['remember me']);
  expect(await (await fetch(`${after.control}/clock`)).json()).toMatchObject({ offset: 3_600_000 });
  second.child.kill('SIGTERM');
  await second.ended;

  const third = run(...emulators, '--fresh');
  expect(await said(await third.info())).toEqual([]);
});

test('killed, it goes on from what it had written', async () => {
  const first = run(...emulators);
  const before = await first.info();
  await fetch(`${before.control}/clock`, { method: 'POST', body: '{"advance":"1h"}' });
  await say(before, 'written behind');
  // The write comes at most 250 ms later; waiting for its effect, not for the time.
  const state = join(folder, '.lamplighter/sandbox/state.json');
  while (!readFileSync(state, 'utf8').includes('written behind')) await pause(20);
  first.child.kill('SIGKILL');
  await first.ended;
  expect(await said(await run(...emulators).info())).toEqual(['written behind']);
});

test('a second sandbox on the same folder is refused, on another one not', async () => {
  const first = run(...emulators);
  await first.info();
  expect(await run(...emulators).ended).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(
      /^Another sandbox is running on .*Stop it, or give this one --data DIR\.\n$/,
    ),
  });
  expect(await run(...emulators, '--data', 'other').info()).toMatchObject({ bot: null });
});

test('another seed is another cloud, and it says so', async () => {
  const first = run(...emulators);
  const { oci } = await first.info();
  first.child.kill('SIGTERM');
  await first.ended;
  const seed = readFileSync(join(packageRoot, 'sandbox/seed.yml'), 'utf8');
  writeFileSync(join(folder, 'seed.yml'), `${seed}\n# another\n`);
  const second = run(...emulators, '--seed', 'seed.yml');
  expect((await second.info()).oci.regions).toEqual(oci.regions);
  second.child.kill('SIGTERM');
  expect((await second.ended).stderr).toMatch(/Oracle Cloud starts anew/);
});

test.each([
  [['--nonsense'], /^Unknown option '--nonsense'\. --help lists the options\.\n$/],
  [['--seed', 'bad.yml'], /./],
  [['--config', 'none.yml'], /^--config none\.yml: there is no such file\.\n$/],
])('%j ends with 2 and a sentence, without a stack', async (argv, sentence) => {
  writeFileSync(join(folder, 'bad.yml'), 'tenancy: [');
  const { code, stdout, stderr } = await run(...emulators, ...argv).ended;
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/\n {4}at /);
});

test('a port that was asked for and is taken ends with 2', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const address = taken.address();
  const port = typeof address === 'object' && address ? String(address.port) : '';
  expect(await run('--without-bot', '--port', port).ended).toMatchObject({
    code: 2,
    stderr: `Port ${port} is taken. Give another --port, or 0 for any free ones.\n`,
  });
  taken.close();
});
