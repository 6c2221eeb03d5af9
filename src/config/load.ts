import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { NamedCommand } from '../command.ts';
import type { App } from '../core/deploy/app.ts';
import type { Rule } from '../core/policy.ts';
import { fillApps, readApps } from './apps/apps.ts';
import type { ReadBytesBeside } from './apps/files.ts';
import type { Sight } from './apps/safety.ts';
import { type Env, type Environment, inEnvironment, readEnvironment } from './environment.ts';
import { check, violationAt } from './reading/check.ts';
import type { Found } from './reading/found.ts';
import { byFile, ConfigError, Violation } from './reading/violation.ts';
import { readYaml, type Source, within } from './reading/yaml.ts';
import { factsOf } from './rules/facts.ts';
import { present, ruleOf } from './rules/rules.ts';
import { unannounced, unsafe } from './rules/safety.ts';
import { rulesSchema } from './rules/schema.ts';
import { doubts } from './rules/warnings.ts';
import { unknownSchedules } from './schedules/policy-doubts.ts';
import { besides, bytesBeside, readPolicyFiles } from './schedules/policy-files.ts';
import { readSchedules, type Schedules } from './schedules/schedules.ts';
import { quietly, type Sheet } from './schedules/sheets.ts';
import { type File, fileSchema } from './schema.ts';
import { type Settings, type SlackConnection, settingsOf } from './settings.ts';

export interface Load {
  readonly env: Env;
  /** The folder that relative paths start from. */
  readonly cwd: string;
  readonly commands: readonly NamedCommand[];
  /** Days that come back each year are known around this moment. Milliseconds since 1970-01-01T00:00Z. */
  readonly now: number;
  /** Whether Slack's tokens are needed: not for the terminal. Default true. */
  readonly slack?: boolean;
}

/**
 * Reads the file and the environment. Throws a ConfigError that lists everything that is wrong in both;
 * what is only doubtful comes back as warnings.
 */
export function loadSettings({ env, cwd, commands, now, slack = true }: Load): {
  readonly settings: Settings;
  readonly warnings: readonly Violation[];
} {
  const { environment, violations } = readEnvironment(env);
  const path = resolve(cwd, environment.configFile ?? 'lamplighter.yml');
  const read = readFiles(path, { commands, now, env });
  const mode = read.contents?.file.slack.mode;
  const wrong = [...read.violations, ...violations, ...(slack ? missingTokens(env, mode) : [])];
  if (!read.contents || wrong.length > 0) throw new ConfigError(wrong);
  const connection = slack ? connect(environment, read.contents.file.slack.mode) : undefined;
  return {
    settings: settingsOf({ ...read.contents, path, cwd, environment, connection }),
    warnings: read.contents.warnings,
  };
}

export interface Contents {
  readonly file: File;
  /** The rules as they are judged. */
  readonly rules: readonly Rule[];
  readonly schedules: Schedules;
  readonly apps: readonly App[];
  readonly warnings: readonly Violation[];
}

export interface Read {
  /** Absent when there are violations. */
  readonly contents?: Contents;
  readonly violations: readonly Violation[];
}

/** The configuration file, and the files of policies beside it. */
export interface Sheets {
  readonly main: Sheet & { readonly readBytes: ReadBytesBeside };
  readonly teams: readonly Sheet[];
}

export function readContents(
  { main: { readBytes, ...main }, teams }: Sheets,
  { commands, now, env }: Pick<Load, 'commands' | 'now' | 'env'>,
): Read {
  const facts = commands.map(factsOf);
  const { source, variables, found: unfilled } = fillApps(main.source, env);
  const { value: file, violations } = check(fileSchema, source);
  const { value: written } = check(rulesSchema, within(source, ['rules']));
  const { schedules, ...read } = readSchedules({ main: { ...main, source, violations }, teams, now });
  const { apps, ...deploys } = readApps(source, { readBytes, variables }, sightOf(source));
  const names = [...read.names, schedules.tags.policy];
  const at = ({ path, sentence }: Found) => violationAt(source, path, sentence);
  const found = [
    ...(written ? [...unsafe(written, facts), ...unknownSchedules(written, names)] : []),
    ...(file ? unannounced(file) : []),
  ].map(at);
  const wrong = byFile([...found, ...firstOfEach(unfilled.map(at), read.violations, deploys.found.map(at))]);
  if (!file || wrong.length > 0) return { violations: wrong };
  const rules = file.rules.map((rule) => ruleOf(rule, facts, file.approvals.within));
  const warnings = byFile([
    ...[...doubts(file.rules, rules, facts), ...deploys.doubts].map(at),
    ...read.doubts(rules),
  ]);
  return { contents: { file, rules, schedules, apps, warnings }, violations: [] };
}

/** Who comes first is told of a place; what others say of it follows from that. */
function firstOfEach(...told: readonly (readonly Violation[])[]): readonly Violation[] {
  const placeOf = ({ file, path }: Violation) => `${file} ${path}`;
  const first: Violation[] = [];
  for (const next of told) {
    const places = new Set(first.map(placeOf));
    first.push(...next.filter((each) => !places.has(placeOf(each))));
  }
  return first;
}

/** What of `oci` is right, so that apps are held against it while other things are wrong. */
function sightOf(source: Source): Sight {
  const { regions, compartments } = fileSchema.shape.oci.unwrap().shape;
  return present({
    regions: quietly(regions, source, ['oci', 'regions']),
    compartments: quietly(compartments, source, ['oci', 'compartments']),
  });
}

function readFiles(path: string, around: Pick<Load, 'commands' | 'now' | 'env'>): Read {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const sentence =
      code === 'ENOENT'
        ? 'is not there. Copy lamplighter.example.yml, or say where it is with LAMPLIGHTER_CONFIG'
        : `cannot be read: ${message}`;
    return { violations: [new Violation({ file: path, path: [], sentence })] };
  }
  const { sheets, violations } = readPolicyFiles(path);
  const source = readYaml(text, basename(path));
  const main = { source, readBeside: besides(path), readBytes: bytesBeside(path) };
  const read = readContents({ main, teams: sheets }, around);
  if (violations.length === 0) return read;
  return { violations: [...read.violations, ...violations] };
}

/** Tokens that were not given at all; a token of the wrong shape is told by its own violation. */
function missingTokens(env: Env, mode: 'socket' | 'http' | undefined): readonly Violation[] {
  const needed: readonly (readonly [string, string])[] = [
    ['SLACK_BOT_TOKEN', 'it should be a bot token, which begins with xoxb-'],
    ...(mode === 'socket'
      ? [['SLACK_APP_TOKEN', 'slack.mode socket needs an app-level token, which begins with xapp-'] as const]
      : []),
    ...(mode === 'http'
      ? [['SLACK_SIGNING_SECRET', 'slack.mode http needs it to tell Slack’s requests from others'] as const]
      : []),
  ];
  return needed
    .filter(([name]) => !env[name]?.trim())
    .map(([name, why]) => inEnvironment(name, `is missing; ${why}`));
}

function connect(environment: Environment, mode: 'socket' | 'http'): SlackConnection | undefined {
  const { slackBotToken: botToken, slackAppToken: appToken, slackSigningSecret: signingSecret } = environment;
  if (botToken && appToken && mode === 'socket') return { mode, botToken, appToken };
  return botToken && signingSecret && mode === 'http' ? { mode, botToken, signingSecret } : undefined;
}
