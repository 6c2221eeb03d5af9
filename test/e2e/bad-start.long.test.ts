import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../sandbox/root.ts';
import { bootWorld, type World } from '../support/world.ts';

/** What keeps the bot from starting is said in sentences, all of them at once, and ends with exit code 1. */

let world: World;
beforeAll(async () => {
  world = await bootWorld({ withBot: false });
});
afterAll(() => world?.stop());

const started: ChildProcess[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});

async function run(program: string, argv: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [join(packageRoot, program), ...argv], {
    cwd: world.data,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  const [code] = await once(child, 'close');
  return { code, said };
}

/** The bot alone, led to the sandbox by the environment as it would be led anywhere. */
function bot(env: NodeJS.ProcessEnv = {}) {
  const { slack, oci } = world.info;
  return run('dist/src/main.js', [], {
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    OCI_ENDPOINT: oci.endpoint,
    OCI_CONFIG_FILE: oci.configFile,
    LAMPLIGHTER_CONFIG: join(packageRoot, 'sandbox/lamplighter.yml'),
    LAMPLIGHTER_STORE: join(world.data, 'other-store'),
    PORT: '0',
    ...env,
  });
}

const config = `version: 1
slack:
  team: T0LAMPLIGHT
  mode: carrier-pigeon
rules:
  - name: open
    who: [ana]
    commands: [stop, "all of them"]
    allow: true
  - name: asks nobody
    who: [S0ENGINEERS]
    commands: [stop]
    ask: { from: [], within: soon }
frobnicate: true
`;

test('`npm run sandbox` with a bad configuration: every mistake with its line, and exit code 1', async () => {
  const file = join(world.data, 'bad.yml');
  writeFileSync(file, config);
  const { code, said } = await run(
    'dist/sandbox/main.js',
    ['--json', '--port', '0', '--data', join(world.data, 'second'), '--config', file],
    { HOME: world.data },
  );
  expect(code).toBe(1);
  for (const mistake of [/4:\d+.*mode/, /7:\d+.*ana/, /8:\d+.*all of them/, /13:\d+/, /14:\d+.*frobnicate/])
    expect(said).toMatch(mistake);
  expect(said).toMatch(/The bot did not start/);
  expect(said).not.toMatch(/\n\s+at /);
});

describe('the bot alone', () => {
  test.each([
    ['a bot token that Slack refuses', { SLACK_BOT_TOKEN: 'xoxb-999-wrong-token' }, /invalid_auth|token/i],
    ['an app token that Slack refuses', { SLACK_APP_TOKEN: 'xapp-1-wrong-token' }, /token/i],
    ['no app token', { SLACK_APP_TOKEN: '' }, /SLACK_APP_TOKEN/],
    ['a configuration that is not there', { LAMPLIGHTER_CONFIG: 'nowhere.yml' }, /nowhere\.yml/],
  ])('%s', async (_, env, because) => {
    const { code, said } = await bot(env);
    expect(code).toBe(1);
    expect(said).toMatch(because);
    expect(said).not.toMatch(/wrong-token/);
    expect(said).not.toMatch(/\n\s+at /);
  });

  test('a store that is garbage, cut off, or a file where a folder should be', async () => {
    const garbage = join(world.data, 'garbage');
    mkdirSync(garbage);
    for (const name of ['lamplighter.db', 'lamplighter.sqlite', 'store.db'])
      writeFileSync(join(garbage, name), 'This is not a database, whatever its name says. '.repeat(100));
    const file = join(world.data, 'file');
    writeFileSync(file, '');
    for (const folder of [garbage, file]) {
      const { code, said } = await bot({ LAMPLIGHTER_STORE: folder });
      expect(code, folder).toBe(1);
      expect(said).toMatch(/store|database|folder/i);
      expect(said).not.toMatch(/\n\s+at /);
    }
  });
});
