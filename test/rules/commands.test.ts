import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bind } from '../../src/bind.ts';
import type { NamedCommand } from '../../src/command.ts';
import { cutLine } from '../../src/core/parse.ts';
import { Refusal } from '../../src/core/refusal.ts';
import { loadCommands } from '../../src/registry.ts';
import { packageRoot } from '../../src/root.ts';
import { usageOf } from '../../src/usage.ts';

let commands: readonly NamedCommand[];
beforeAll(async () => {
  commands = await loadCommands(join(packageRoot, 'commands'));
});

const bound = (line: string) => {
  const [first, ...rest] = cutLine(line);
  const command = commands.find(({ name }) => name === first?.text);
  if (!command) throw new Error(`no command ${first?.text}`);
  return bind(command, rest);
};

describe('every command', () => {
  test('of the first release is there', () => {
    const names = commands.map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    for (const name of 'help whoami list status inspect logs start stop restart operations history approvals cancel doctor policy'.split(
      ' ',
    ))
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
    ['policy forbid stop', /not one of explain/],
  ])('%j is refused', (line, why) => {
    expect(() => bound(line)).toThrow(Refusal);
    expect(() => bound(line)).toThrow(why);
  });

  test('what follows policy explain is left as it was typed', () => {
    expect(bound('policy explain stop "web 1" --dry-run').input.line).toBe('stop "web 1" --dry-run');
  });
});
