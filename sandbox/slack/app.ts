import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { packageRoot } from '../root.ts';
import { isFields } from './types.ts';

/** What the app's manifest gives it: nothing that is not in here reaches the app or is allowed to it. */
export interface AppConfig {
  /** Bot scopes, the optional ones included: whoever installed it here has granted them. */
  scopes: readonly string[];
  /** `/oci` → whether Slack escapes mentions in its text; undefined accepts every command. */
  readonly commands:
    | ReadonlyMap<string, { readonly shouldEscape: boolean; readonly hint: string }>
    | undefined;
  /** The events it has subscribed to; undefined is all. */
  readonly events: readonly string[] | undefined;
}

const everyScope = [
  'app_mentions:read',
  'bookmarks:read',
  'bookmarks:write',
  'channels:history',
  'channels:join',
  'channels:manage',
  'channels:read',
  'chat:write',
  'chat:write.customize',
  'chat:write.public',
  'commands',
  'dnd:read',
  'emoji:read',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'groups:write',
  'im:history',
  'im:read',
  'im:write',
  'mpim:history',
  'mpim:read',
  'mpim:write',
  'pins:read',
  'pins:write',
  'reactions:read',
  'reactions:write',
  'team:read',
  'usergroups:read',
  'usergroups:write',
  'users:read',
  'users:read.email',
  'users:write',
  'users.profile:read',
] as const;

/** An app without a manifest: every scope, every command, every event. */
export const unrestricted: AppConfig = { scopes: everyScope, commands: undefined, events: undefined };

/** The app as manifest.yml in the package's root declares it, or the unrestricted one if there is none. */
export function installedApp(file: string = join(packageRoot, 'manifest.yml')): AppConfig {
  return existsSync(file) ? readManifest(readFileSync(file, 'utf8')) : unrestricted;
}

/** @throws Error for text that is neither YAML nor JSON, or no manifest */
export function readManifest(text: string): AppConfig {
  const manifest: unknown = parse(text);
  if (!isFields(manifest) || !isFields(manifest.display_information))
    throw new Error('A Slack app manifest has display_information, features and settings.');
  const commands = list(at(manifest, 'features', 'slash_commands')).filter(isFields);
  return {
    scopes: [
      ...strings(at(manifest, 'oauth_config', 'scopes', 'bot')),
      ...strings(at(manifest, 'oauth_config', 'scopes', 'bot_optional')),
    ],
    commands: new Map(
      commands.map((each) => [
        String(each.command),
        { shouldEscape: each.should_escape === true, hint: String(each.usage_hint ?? '') },
      ]),
    ),
    events: strings(at(manifest, 'settings', 'event_subscriptions', 'bot_events')),
  };
}

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((within, key) => (isFields(within) ? within[key] : undefined), value);
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const strings = (value: unknown) => list(value).filter((each) => typeof each === 'string');
