import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { NamedCommand } from '../../src/command.ts';
import { cutLine } from '../../src/core/parse.ts';
import { Refusal } from '../../src/core/refusal.ts';
import { bind } from '../../src/line/bind.ts';
import { familiesOf, membersOf, namedIn, withTarget } from '../../src/line/families.ts';
import { loadCommands } from '../../src/line/registry.ts';
import { usageOf } from '../../src/line/usage.ts';
import { packageRoot } from '../../src/root.ts';

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
  test('is a folder of at least one command', () => {
    for (const family of familiesOf(commands)) {
      expect(membersOf(family, commands).length, family).toBeGreaterThan(0);
    }
  });

  test.each([
    ['policy explain stop web-1', 'policy explain'],
    ['Policy EXPLAIN stop web-1', 'policy explain'],
    ['stop policy', 'stop'],
    ['deploy lock shop because of the sale', 'deploy lock'],
    ['deploy shop image=1.4.2', 'deploy'],
  ])('%j is the command %j', (line, name) => {
    expect(bound(line).command.name).toBe(name);
  });

  test('is named by its first word alone, or with a second that nobody knows', () => {
    expect(namedIn(commands, cutLine('policy'))).toEqual({ family: 'policy', rest: [] });
    expect(namedIn(commands, cutLine('policy forbid'))).toMatchObject({ family: 'policy' });
    expect(namedIn(commands, cutLine('polity'))).toBeUndefined();
  });
});

test.each([
  ['stop web-1', 'stop ocid1.x web-1'],
  ['keep "my web" on for 2h because it rains', 'keep ocid1.x "my web" on for 2h because it rains'],
  ['schedule next web-1', 'schedule next ocid1.x web-1'],
  ['policy explain scale web-1 to 2', 'policy explain scale ocid1.x web-1 to 2'],
])('%j with the one that was meant is %j', (line, meant) => {
  expect(withTarget(commands, line, 'ocid1.x')).toBe(meant);
});

describe('keep and pause', () => {
  test.each([
    ['keep env=dev app=shop on until Fri 18:00 because "the demo" is late', 'on', 'the demo is late'],
    ['keep env=dev off until 22:00', 'off', undefined],
    ['keep web-1 ON for 2h because it rains --dry-run', 'on', 'it rains'],
    ['keep web-1 on --until tomorrow 07:00 --because a test --dry-run', 'on', 'a test'],
    ['keep web-1 on --because=tests --until 22:00', 'on', 'tests'],
    ['keep web-1 on til 10 pm because it rains', 'on', 'it rains'],
    ['keep web-1 on till Fri noon', 'on', undefined],
    ['keep name:on end', 'end', undefined],
  ])('%s', (line, want, because) => {
    const { input, dryRun } = bound(line);
    expect(input).toMatchObject({ want, because });
    expect(dryRun).toBe(line.includes('--dry-run'));
    expect(input.until === undefined).toBe(want === 'end');
  });

  test('take the time as words and as a flag', () => {
    const said = ['schedule pause dev until Mon 07:00', 'schedule pause dev --until Mon 07:00'];
    expect(new Set(said.map((line) => JSON.stringify(bound(line).input))).size).toBe(1);
  });
});

test.each(['abort shop', 'promote shop', 'cancel op-81'])('%s says why, in words or as a flag', (line) => {
  for (const because of ['because customers see errors', '--because "customers see errors"'])
    expect(bound(`${line} ${because}`).input.because).toBe('customers see errors');
  expect(bound(line).input.because).toBeUndefined();
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
    ['keep', /keep needs <target…>/],
    ['keep on until 22:00', /keep needs <target…>/],
    ['keep web-1', /keep needs on\|off\|end/],
    ['keep web-1 on until', /no time behind until/],
    ['keep web-1 on until 25:00', /no time 25:00/],
    ['keep web-1 on until Fri because it rains', /"Fri" is a day without a time/],
    ['keep web-1 on until 22:00 because', /no reason behind because/],
    ['keep web-1 on --until', /--until needs a value/],
    ['keep web-1 on --until 22:00 --until 23:00', /given twice/],
    ['keep web-1 on 22:00', /no use for "22:00"/],
    ['schedule pause dev --until later', /cannot read "later"/],
    ['scale web-1', /scale needs to <size>/],
    ['scale web-1 to', /no size behind to/],
  ])('%j is refused', (line, why) => {
    expect(() => bound(line)).toThrow(Refusal);
    expect(() => bound(line)).toThrow(why);
  });

  test('what follows policy explain is left as it was typed', () => {
    expect(bound('policy explain stop "web 1" --dry-run').input.line).toBe('stop "web 1" --dry-run');
  });
});
