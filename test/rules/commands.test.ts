import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bind } from '../../src/bind.ts';
import type { NamedCommand } from '../../src/command.ts';
import { cutLine } from '../../src/core/parse.ts';
import { Refusal } from '../../src/core/refusal.ts';
import { familiesOf, membersOf, namedIn } from '../../src/families.ts';
import { loadCommands } from '../../src/registry.ts';
import { packageRoot } from '../../src/root.ts';
import { usageOf } from '../../src/usage.ts';

let commands: readonly NamedCommand[];
beforeAll(async () => {
  commands = await loadCommands(join(packageRoot, 'commands'));
});

const bound = (line: string) => {
  const named = namedIn(commands, cutLine(line));
  if (!named || !('command' in named)) throw new Error(`no command in ${line}`);
  return bind(named.command, named.rest);
};

describe('every command', () => {
  test('of the first release is there', () => {
    const names = commands.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    for (const name of [
      ...'help whoami list status inspect logs start stop restart operations history approvals cancel doctor'.split(
        ' ',
      ),
      'policy explain',
    ])
      expect(names).toContain(name);
  });

  test('has a summary in the imperative and examples that begin with its name and parse', () => {
    for (const { name, summary, examples } of commands) {
      expect(summary, name).toMatch(/^[A-Z][^.]*$/);
      expect(examples.length, name).toBeGreaterThan(0);
      for (const example of examples) expect(bound(example).command.name, example).toBe(name);
    }
  });

  test('that changes something takes --dry-run, and no other does', () => {
    for (const command of commands)
      expect(usageOf(command).includes('--dry-run'), command.name).toBe(command.type === 'change');
  });
});

describe('a family', () => {
  test('is a folder of at least one command, and no command has its name', () => {
    for (const family of familiesOf(commands)) {
      expect(membersOf(family, commands).length, family).toBeGreaterThan(0);
      expect(commands.some(({ name }) => name === family)).toBe(false);
    }
  });

  test.each([
    ['policy explain stop web-1', 'policy explain'],
    ['Policy EXPLAIN stop web-1', 'policy explain'],
    ['stop policy', 'stop'],
  ])('%j is the command %j', (line, name) => {
    expect(bound(line).command.name).toBe(name);
  });

  test('is named by its first word alone, or with a second that nobody knows', () => {
    expect(namedIn(commands, cutLine('policy'))).toEqual({ family: 'policy', rest: [] });
    expect(namedIn(commands, cutLine('policy forbid'))).toMatchObject({ family: 'policy' });
    expect(namedIn(commands, cutLine('polity'))).toBeUndefined();
  });
});

describe('a line that does not fit', () => {
  test.each([
    ['stop', /stop needs <target…>/],
    ['stop web-1 --dryrun', /no flag --dryrun. Did you mean --dry-run\?/],
    ['stop web-1 --dry-run --dry-run', /given twice/],
    ['stop web-1 --dry-run=yes', /takes no value/],
    ['stop web-1 --__proto__', /.*/],
    ['stop web-1 --constructor', /no flag --constructor/],
    ['history a b', /no use for "b"/],
    ['history --last', /--last needs a value/],
    ['history --last 0', /from 1 to 200/],
    ['history --last 1e2', /from 1 to 200/],
  ])('%j is refused', (line, why) => {
    expect(() => bound(line)).toThrow(Refusal);
    expect(() => bound(line)).toThrow(why);
  });

  test('what follows policy explain is left as it was typed', () => {
    expect(bound('policy explain stop "web 1" --dry-run').input.line).toBe('stop "web 1" --dry-run');
  });
});
