import { nearest } from '../core/suggest.ts';
import { regionPattern } from './reading/ids.ts';
import { Violation } from './reading/violation.ts';
import { Secret } from './secret.ts';

/** What the environment says, each part validated. Absent is what was not set or set to nothing. */
export interface Environment {
  readonly configFile?: string;
  readonly storeFolder?: string;
  readonly databaseUrl?: Secret;
  readonly port?: number;
  readonly logLevel?: string;
  readonly slackApiUrl?: string;
  readonly slackBotToken?: Secret;
  readonly slackAppToken?: Secret;
  readonly slackSigningSecret?: Secret;
  readonly ociEndpoint?: string;
  readonly ociConfigFile?: string;
  readonly ociProfile?: string;
  readonly ociRegion?: string;
  readonly probeProxy?: string;
}

/** One environment variable: what it does, and how its text becomes a value. */
export interface Variable<K extends keyof Environment = keyof Environment> {
  readonly means: string;
  readonly example: string;
  /** What holds without it. */
  readonly otherwise: string;
  readonly key: K;
  /** The value, or what the variable should be. The text itself is never repeated: it may be a secret. */
  read(text: string, env: Env): Required<Environment>[K] | { readonly expected: string };
}

export type Env = Readonly<Record<string, string | undefined>>;

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const any = (text: string) => text;
const secret = (pattern: RegExp, expected: string) => (text: string) =>
  pattern.test(text) ? new Secret(text) : { expected };
const region = (text: string) =>
  regionPattern.test(text) ? text : { expected: 'a region name such as eu-frankfurt-1' };
const path = (text: string, env: Env) => text.replace(/^~(?=\/|$)/, env.HOME ?? '~');

/** Every variable that is read, in the order of the documentation. Where two set one thing, the first goes before. */
export const variables: Readonly<Record<string, Variable>> = {
  LAMPLIGHTER_CONFIG: {
    means: 'The configuration file.',
    example: '/etc/lamplighter/lamplighter.yml',
    otherwise: '`lamplighter.yml` in the current folder',
    key: 'configFile',
    read: path,
  },
  LAMPLIGHTER_STORE: {
    means: 'The folder of the embedded store.',
    example: '/var/lib/lamplighter',
    otherwise: '`.lamplighter/store` in the current folder',
    key: 'storeFolder',
    read: path,
  },
  DATABASE_URL: {
    means: 'PostgreSQL instead of the embedded store, for several replicas. A secret.',
    example: 'postgres://lamplighter:…@db:5432/lamplighter',
    otherwise: 'the embedded store',
    key: 'databaseUrl',
    read: secret(/^postgres(ql)?:\/\/[^\s]+$/, 'an address that begins with postgres://'),
  },
  PORT: {
    means: 'The port of the HTTP server, 0 for any free one.',
    example: '3000',
    otherwise: '`http.port`',
    key: 'port',
    read: (text) => {
      const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
      return port <= 65535 ? port : { expected: 'a port, a whole number from 0 to 65535' };
    },
  },
  LOG_LEVEL: {
    means: `The least important log lines that are written: ${levels.join(', ')}.`,
    example: 'debug',
    otherwise: '`log.level`',
    key: 'logLevel',
    read: (text) =>
      levels.includes(text) ? text : { expected: `one of ${levels.join(', ')}${hint(text, levels)}` },
  },
  SLACK_BOT_TOKEN: {
    means: 'The bot’s token. A secret.',
    example: 'xoxb-…',
    otherwise: 'the bot does not start',
    key: 'slackBotToken',
    read: secret(
      /^xoxb-[\w-]+$/,
      'a bot token, which begins with xoxb-: in api.slack.com/apps, under OAuth & Permissions',
    ),
  },
  SLACK_APP_TOKEN: {
    means: 'The app-level token that Socket Mode needs. A secret.',
    example: 'xapp-…',
    otherwise: 'needed with `slack.mode: socket`',
    key: 'slackAppToken',
    read: secret(
      /^xapp-[\w-]+$/,
      'an app-level token, which begins with xapp-: in api.slack.com/apps, under Basic Information, with the scope connections:write',
    ),
  },
  SLACK_SIGNING_SECRET: {
    means: 'What Slack signs its requests with. A secret.',
    example: '8f742231b10e8888abcd99yyyzzz85a5',
    otherwise: 'needed with `slack.mode: http`',
    key: 'slackSigningSecret',
    read: secret(
      /^[\w-]{8,}$/,
      'the signing secret of the app: in api.slack.com/apps, under Basic Information',
    ),
  },
  SLACK_API_URL: {
    means: 'The base address of Slack’s Web API, for GovSlack or an emulator.',
    example: 'https://slack-gov.com/api/',
    otherwise: '`https://slack.com/api/`',
    key: 'slackApiUrl',
    read: (text) => {
      const url = httpUrl(text);
      return url
        ? `${url.replace(/\/+$/, '')}/`
        : { expected: 'an address that begins with https:// or http://' };
    },
  },
  OCI_ENDPOINT: {
    means: 'A template for the address of every OCI service, for an emulator or a proxy.',
    example: 'http://127.0.0.1:4102/{region}/{service}',
    otherwise: 'the addresses that the SDK knows',
    key: 'ociEndpoint',
    read: (text) => {
      const missing = ['{region}', '{service}'].filter((part) => !text.includes(part));
      if (missing.length > 0)
        return {
          expected: `an address with {region} and {service} in it; ${missing.join(' and ')} is missing`,
        };
      const sample = text.replaceAll('{region}', 'eu-frankfurt-1').replaceAll('{service}', 'core');
      return httpUrl(sample)
        ? text.replace(/\/+$/, '')
        : { expected: 'an address that begins with https:// or http://' };
    },
  },
  OCI_CONFIG_FILE: {
    means: 'The OCI config file, with `oci.auth: config`.',
    example: '~/.oci/config',
    otherwise: '`~/.oci/config`',
    key: 'ociConfigFile',
    read: path,
  },
  OCI_CONFIG_PROFILE: {
    means: 'The profile of that file.',
    example: 'LAMPLIGHTER',
    otherwise: '`oci.profile`',
    key: 'ociProfile',
    read: any,
  },
  OCI_CLI_CONFIG_FILE: {
    means: 'The same as OCI_CONFIG_FILE, as the OCI command line calls it.',
    example: '~/.oci/config',
    otherwise: '`OCI_CONFIG_FILE`',
    key: 'ociConfigFile',
    read: path,
  },
  OCI_CLI_PROFILE: {
    means: 'The same as OCI_CONFIG_PROFILE, as the OCI command line calls it.',
    example: 'LAMPLIGHTER',
    otherwise: '`OCI_CONFIG_PROFILE`',
    key: 'ociProfile',
    read: any,
  },
  OCI_REGION: {
    means: 'The home of the connection, instead of the region of the OCI config file.',
    example: 'eu-frankfurt-1',
    otherwise: 'the region of the profile or of the resource that the bot runs on',
    key: 'ociRegion',
    read: region,
  },
  LAMPLIGHTER_PROBE_PROXY: {
    means: 'An HTTP proxy through which gates of deploys probe URLs, where the bot cannot reach them itself.',
    example: 'http://proxy.lamplight.example:3128',
    otherwise: 'they are probed from where the bot runs',
    key: 'probeProxy',
    read: (text) => httpUrl(text) ?? { expected: 'an address that begins with http:// or https://' },
  },
  OCI_CLI_REGION: {
    means: 'The same as OCI_REGION, as the OCI command line calls it.',
    example: 'eu-frankfurt-1',
    otherwise: '`OCI_REGION`',
    key: 'ociRegion',
    read: region,
  },
};

/** Reads all variables. Nothing of an invalid value is repeated in its violation, as it may be a secret. */
export function readEnvironment(env: Env): {
  readonly environment: Environment;
  readonly violations: readonly Violation[];
} {
  const environment: Record<string, unknown> = {};
  const violations: Violation[] = [];
  for (const [name, variable] of Object.entries(variables)) {
    const text = env[name]?.trim();
    if (!text) continue;
    const value = variable.read(text, env);
    if (isExpectation(value)) violations.push(inEnvironment(name, `should be ${value.expected}`));
    else environment[variable.key] ??= value;
  }
  return { environment: environment as Environment, violations };
}

export function inEnvironment(name: string, sentence: string): Violation {
  return new Violation({ file: 'environment', path: [name], sentence });
}

function isExpectation(value: unknown): value is { readonly expected: string } {
  return typeof value === 'object' && value !== null && 'expected' in value;
}

function httpUrl(text: string): string | undefined {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined;
}

function hint(text: string, known: readonly string[]): string {
  const near = nearest(text, known, 1)[0];
  return near ? `; did you mean ${near}?` : '';
}
