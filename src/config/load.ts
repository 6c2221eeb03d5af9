import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { NamedCommand } from '../command.ts';
import type { Rule } from '../core/policy.ts';
import { check, violationAt } from './check.ts';
import { type Env, type Environment, inEnvironment, readEnvironment } from './environment.ts';
import { factsOf } from './facts.ts';
import { rulesSchema } from './rule-schema.ts';
import { ruleOf } from './rules.ts';
import { type Found, unannounced, unsafe } from './safety.ts';
import { type File, fileSchema } from './schema.ts';
import { type Settings, type SlackConnection, settingsOf } from './settings.ts';
import { ConfigError, inOrder, Violation } from './violation.ts';
import { doubts } from './warnings.ts';
import { readYaml, type Source } from './yaml.ts';

export interface Load {
  readonly env: Env;
  /** The folder that relative paths start from. */
  readonly cwd: string;
  readonly commands: readonly NamedCommand[];
  /** Whether Slack's tokens are needed: not for the terminal. Default true. */
  readonly slack?: boolean;
}

/**
 * Reads the file and the environment. Throws a ConfigError that lists everything that is wrong in both;
 * what is only doubtful comes back as warnings.
 */
export function loadSettings({ env, cwd, commands, slack = true }: Load): {
  readonly settings: Settings;
  readonly warnings: readonly Violation[];
} {
  const { environment, violations } = readEnvironment(env);
  const path = resolve(cwd, environment.configFile ?? 'lamplighter.yml');
  const read = readFile(path, commands);
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
  readonly warnings: readonly Violation[];
}

export interface Read {
  /** Absent when there are violations. */
  readonly contents?: Contents;
  readonly violations: readonly Violation[];
}

/** The configuration file on its own. */
export function readContents(source: Source, commands: readonly NamedCommand[]): Read {
  const facts = commands.map(factsOf);
  const { value: file, violations } = check(fileSchema, source);
  const { value: written } = check(rulesSchema, part(source, 'rules'));
  const at = ({ path, sentence }: Found) => violationAt(source, path, sentence);
  const found = [...(written ? unsafe(written, facts) : []), ...(file ? unannounced(file) : [])].map(at);
  if (!file || found.length > 0) return { violations: inOrder([...violations, ...found]) };
  const rules = file.rules.map((rule) => ruleOf(rule, facts, file.approvals.within));
  const warnings = inOrder(doubts(file.rules, rules, facts).map(at));
  return { contents: { file, rules, warnings }, violations: [] };
}

function readFile(path: string, commands: readonly NamedCommand[]): Read {
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
  return readContents(readYaml(text, basename(path)), commands);
}

/** One key of the source as a source of its own. */
function part(source: Source, key: string): Source {
  const { value } = source;
  return {
    ...source,
    value: typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
  };
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
