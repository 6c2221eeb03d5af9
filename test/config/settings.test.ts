import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Env, readEnvironment, variables } from '../../src/config/environment.ts';
import { loadSettings } from '../../src/config/load.ts';
import { ConfigError } from '../../src/config/reading/violation.ts';
import { Secret } from '../../src/config/secret.ts';
import { commandReference } from '../../src/docs/commands.ts';
import { configurationReference } from '../../src/docs/configuration.ts';
import { loadCommands } from '../../src/line/registry.ts';
import { packageRoot } from '../../src/root.ts';
import { commands } from './commands.ts';
import { now } from './reading.ts';

const tokens: Env = { SLACK_BOT_TOKEN: 'xoxb-1-bot', SLACK_APP_TOKEN: 'xapp-1-app' };
const rules = 'rules: [{ name: look, who: [S0ENGINEERS], commands: [queries], allow: true }]\n';
let cwd: string;

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'lamplighter-settings-'));
  writeFileSync(join(cwd, 'lamplighter.yml'), `version: 1\n${rules}`);
  writeFileSync(
    join(cwd, 'http.yml'),
    `version: 1\nslack: { mode: http }\nhttp: { port: 8080 }\nlog: { level: warn }\n${rules}`,
  );
  writeFileSync(join(cwd, 'bad.yml'), `version: 1\nslak: {}\n${rules}`);
});
afterAll(() => rmSync(cwd, { recursive: true }));

const load = (env: Env, slack = true) => loadSettings({ env, cwd, commands, now, slack });

/** The lines that a configuration is refused with. */
function refusal(env: Env): string[] {
  try {
    load(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message.split('\n');
  }
  return [];
}

describe('settings', () => {
  test('are the defaults where nothing is said', () => {
    const { settings, warnings } = load(tokens);
    expect(warnings).toEqual([]);
    expect(settings).toMatchObject({
      file: join(cwd, 'lamplighter.yml'),
      slack: { allowGuests: false, allowOtherWorkspaces: [], connection: { mode: 'socket' } },
      oci: { auth: 'config' },
      apps: [],
      approvals: { reminders: true },
      operations: { concurrency: 8, deadlines: { start: 900_000, stop: 1_200_000, restart: 1_200_000 } },
      http: { host: '127.0.0.1', port: 3000 },
      log: { level: 'info' },
      store: { folder: join(cwd, '.lamplighter/store') },
    });
    expect(settings).not.toHaveProperty('breakGlass');
  });

  test('come from the environment before the file', () => {
    const { settings } = load({
      LAMPLIGHTER_CONFIG: 'http.yml',
      LAMPLIGHTER_STORE: '~/store',
      HOME: '/home/ana',
      DATABASE_URL: 'postgres://lamp:secret@db/lamp',
      PORT: '0',
      LOG_LEVEL: 'debug',
      SLACK_BOT_TOKEN: 'xoxb-1-bot',
      SLACK_SIGNING_SECRET: '0123456789abcdef',
      SLACK_API_URL: 'http://127.0.0.1:4101/api',
      OCI_ENDPOINT: 'http://127.0.0.1:4102/{region}/{service}/',
      OCI_CONFIG_FILE: '/oci/config',
      OCI_CLI_PROFILE: 'CLI',
      OCI_CONFIG_PROFILE: 'SDK',
      OCI_REGION: 'eu-frankfurt-1',
    });
    expect(settings).toMatchObject({
      slack: { apiUrl: 'http://127.0.0.1:4101/api/', connection: { mode: 'http' } },
      oci: {
        endpoint: 'http://127.0.0.1:4102/{region}/{service}',
        configFile: '/oci/config',
        profile: 'SDK',
        region: 'eu-frankfurt-1',
      },
      http: { port: 0 },
      log: { level: 'debug' },
      store: { folder: '/home/ana/store' },
    });
    expect(settings.store.database?.reveal()).toBe('postgres://lamp:secret@db/lamp');
  });

  test('a variable that is set to nothing is not set', () => {
    expect(load({ ...tokens, PORT: '', LOG_LEVEL: ' ' }).settings).toMatchObject({
      http: { port: 3000 },
      log: { level: 'info' },
    });
  });

  test('the terminal needs no tokens', () => {
    expect(load({}, false).settings.slack).not.toHaveProperty('connection');
  });

  test('no secret shows, however the settings are printed', () => {
    const secrets = { ...tokens, DATABASE_URL: 'postgres://lamp:hunter2@db/lamp' };
    const { settings } = load(secrets);
    const printed = [
      JSON.stringify(settings),
      inspect(settings, { depth: 9, showHidden: true }),
      `${settings.store.database}`,
    ];
    for (const text of printed) {
      expect(text).toContain('[redacted]');
      for (const secret of Object.values(secrets)) expect(text).not.toContain(secret);
    }
  });
});

describe('what is wrong is told at once, from the file and the environment', () => {
  test('all of it', () => {
    expect(
      refusal({ LAMPLIGHTER_CONFIG: 'bad.yml', PORT: 'http', SLACK_BOT_TOKEN: 'xoxp-user-token' }),
    ).toEqual([
      'bad.yml:2:1 slak: is not a setting; did you mean slack?',
      'environment PORT: should be a port, a whole number from 0 to 65535',
      'environment SLACK_BOT_TOKEN: should be a bot token, which begins with xoxb-: in api.slack.com/apps, under OAuth & Permissions',
    ]);
  });

  test('a file that is not there', () => {
    expect(refusal({ ...tokens, LAMPLIGHTER_CONFIG: '/nowhere/lamplighter.yml' })).toEqual([
      '/nowhere/lamplighter.yml is not there. Copy lamplighter.example.yml, or say where it is with LAMPLIGHTER_CONFIG',
    ]);
    expect(refusal({ ...tokens, LAMPLIGHTER_CONFIG: '.' }).join()).toMatch(/cannot be read: EISDIR/);
  });

  test('tokens that are missing, by the mode', () => {
    expect(refusal({})).toEqual([
      'environment SLACK_BOT_TOKEN: is missing; it should be a bot token, which begins with xoxb-',
      'environment SLACK_APP_TOKEN: is missing; slack.mode socket needs an app-level token, which begins with xapp-',
    ]);
    expect(refusal({ LAMPLIGHTER_CONFIG: 'http.yml', SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual([
      'environment SLACK_SIGNING_SECRET: is missing; slack.mode http needs it to tell Slack’s requests from others',
    ]);
  });

  test.each([
    ['PORT', '65536', 'should be a port, a whole number from 0 to 65535'],
    ['PORT', '-1', 'should be a port, a whole number from 0 to 65535'],
    [
      'LOG_LEVEL',
      'inf',
      'should be one of fatal, error, warn, info, debug, trace, silent; did you mean info?',
    ],
    ['DATABASE_URL', 'mysql://db', 'should be an address that begins with postgres://'],
    ['SLACK_API_URL', 'slack.com/api', 'should be an address that begins with https:// or http://'],
    ['SLACK_API_URL', 'ftp://slack.com/api', 'should be an address that begins with https:// or http://'],
    [
      'OCI_ENDPOINT',
      'http://127.0.0.1:1/{region}',
      'should be an address with {region} and {service} in it; {service} is missing',
    ],
    ['OCI_ENDPOINT', '{region}/{service}', 'should be an address that begins with https:// or http://'],
    ['OCI_REGION', 'frankfurt', 'should be a region name such as eu-frankfurt-1'],
    [
      'SLACK_SIGNING_SECRET',
      'two words',
      'should be the signing secret of the app: in api.slack.com/apps, under Basic Information',
    ],
  ])('%s=%s', (name, value, expected) => {
    expect(refusal({ ...tokens, [name]: value })).toEqual([`environment ${name}: ${expected}`]);
  });

  const long = fc.string({ minLength: 12 }).filter((text) => text.trim().length >= 12);

  test('what is wrong with a variable never repeats it: it may be a secret', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(variables)), long, (name, value) => {
        const { violations } = readEnvironment({ [name]: value });
        expect(violations.map(String).join()).not.toContain(value.trim());
      }),
    );
  });
});

test('a secret gives itself only when asked', () => {
  const secret = new Secret('hunter2');
  expect(
    [`${secret}`, JSON.stringify({ secret }), inspect({ secret }), String([secret])].join(),
  ).not.toContain('hunter2');
  expect(secret.reveal()).toBe('hunter2');
});

describe('the files of this repository', () => {
  const env = { ...tokens, SLACK_SIGNING_SECRET: '0123456789abcdef' };

  test.each(['lamplighter.example.yml', 'sandbox/lamplighter.yml'])(
    '%s is valid without a warning',
    async (file) => {
      const here = await loadCommands(join(packageRoot, 'commands'));
      const { warnings } = loadSettings({
        env: { ...env, LAMPLIGHTER_CONFIG: file },
        cwd: packageRoot,
        commands: here,
        now,
      });
      expect(warnings.map(String)).toEqual([]);
    },
  );

  test('docs/configuration.md is what `npm run docs` writes', async () => {
    expect(await readFile(join(packageRoot, 'docs/configuration.md'), 'utf8')).toBe(configurationReference());
  });

  test('docs/commands.md is what `npm run docs` writes', async () => {
    const here = await loadCommands(join(packageRoot, 'commands'));
    expect(await readFile(join(packageRoot, 'docs/commands.md'), 'utf8')).toBe(commandReference(here));
  });

  test('every variable is documented, and read in one place', () => {
    const reference = configurationReference();
    for (const name of Object.keys(variables)) expect(reference).toContain(`| \`${name}\` |`);
    expect(reference).not.toContain('undefined');
  });
});
