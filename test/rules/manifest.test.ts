import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../src/root.ts';
import {
  eventScopes,
  formShortcut,
  methodScopes,
  optionalMethodScopes,
  otherScopes,
  slashCommand,
} from '../../src/slack/scopes.ts';

const schemaFile = join(packageRoot, '../shared/slack-manifest.schema.json');
const text = readFileSync(join(packageRoot, 'manifest.yml'), 'utf8');
const manifest = parse(text);
const source = sourceOf('src/slack');

describe('manifest.yml', () => {
  it.skipIf(!existsSync(schemaFile))('is valid by Slack’s own schema (skipped without ../shared)', () => {
    const validate = new Ajv({ strict: false, logger: false }).compile(
      JSON.parse(readFileSync(schemaFile, 'utf8')),
    );
    validate(manifest);
    expect(validate.errors).toBeNull();
  });

  it('asks for the scopes that the code needs, and no other', () => {
    const needed = [...Object.values(methodScopes), ...Object.values(eventScopes), ...otherScopes];
    expect(manifest.oauth_config.scopes.bot).toEqual([...new Set(needed)].filter((s) => s !== 'none').sort());
    const optional = Object.values(optionalMethodScopes).flat();
    expect(manifest.oauth_config.scopes.bot_optional).toEqual([...new Set(optional)].sort());
  });

  it('says why for each scope', () => {
    const lines = text.slice(text.indexOf('    bot:'), text.indexOf('    bot_optional:')).split('\n');
    const isScope = (line: string) => /^ {6}- /.test(line);
    expect(lines.filter(isScope)).toHaveLength(manifest.oauth_config.scopes.bot.length);
    expect(lines.filter((line, at) => isScope(line) && !/^ {6}# \w/.test(lines[at - 1] ?? ''))).toEqual([]);
  });

  it('names every Web API method that the code calls in the table of scopes, and no other', () => {
    const called = [...source.matchAll(/(?:once|reads)(?:\s*\.\s*)([a-z]\w*(?:\s*\.\s*[a-z]\w*)*)\(/gi)].map(
      ([, method]) => (method as string).replace(/\s/g, ''),
    );
    const known = [...Object.keys(methodScopes), ...Object.keys(optionalMethodScopes)];
    expect([...new Set(called)].sort()).toEqual(known.sort());
  });

  it('subscribes to the events that the code hears', () => {
    const hear = source.slice(source.indexOf('function hear('));
    const heard = [...hear.slice(0, hear.indexOf('\n}\n')).matchAll(/case '(\w+)':/g)].map(
      ([, event]) => event,
    );
    expect(heard.sort()).toEqual(manifest.settings.event_subscriptions.bot_events);
    expect(Object.keys(eventScopes).sort()).toEqual(heard);
  });

  it('declares the command and the shortcut that the code answers', () => {
    const { slash_commands, shortcuts } = manifest.features;
    expect(slash_commands.map(({ command }: { command: string }) => command)).toEqual([slashCommand]);
    expect(shortcuts.map(({ callback_id }: { callback_id: string }) => callback_id)).toEqual([formShortcut]);
  });
});

function sourceOf(folder: string): string {
  return readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && file !== 'scopes.ts')
    .map((file) => readFileSync(join(packageRoot, folder, file), 'utf8'))
    .join('\n');
}
