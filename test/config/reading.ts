import { expect } from 'vitest';
import type { Env } from '../../src/config/environment.ts';
import { readContents } from '../../src/config/load.ts';
import { readYaml } from '../../src/config/reading/yaml.ts';
import { commands } from './commands.ts';

/** When these tests take place. */
export const now = Date.UTC(2026, 5, 1);

/** A configuration of several files by their names; what is not YAML can be read beside them. */
export function readAll(files: Readonly<Record<string, string>>, env: Env = {}) {
  const readBeside = (path: string) => {
    const text = files[path];
    if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
    return text;
  };
  const readBytes = (path: string) => Buffer.from(readBeside(path), 'latin1');
  const sheet = (name: string) => ({ source: readYaml(files[name] ?? '', name), readBeside });
  const teams = Object.keys(files).filter((name) => name.startsWith('policies/'));
  return readContents(
    { main: { ...sheet('lamplighter.yml'), readBytes }, teams: teams.map(sheet) },
    { commands, now, env },
  );
}

export function read(text: string) {
  return readAll({ 'lamplighter.yml': text });
}

/** What is wrong with a file, a line each, as it is shown. */
export function wrong(text: string): string[] {
  return read(text).violations.map(String);
}

export function doubtful(text: string): string[] {
  const { contents, violations } = read(text);
  expect(violations.map(String)).toEqual([]);
  return contents?.warnings.map(String) ?? [];
}

/** A file that is right but for the lines that are added, which begin on line 8. */
export function file(added: string): string {
  return `version: 1
rules:
  - name: look
    who: [S0ENGINEERS]
    commands: [queries]
    allow: true

${added}`;
}

/** A file whose only rule is the given one, beginning on line 3. */
export function ruled(rule: string): string {
  return `version: 1\nrules:\n${rule.replace(/^/gm, '    ').replace('    ', '  - ')}`;
}

export const right = 'name: stop\nwho: [S0ENGINEERS]\ncommands: [stop]\n';
