import { describe, expect, test } from 'vitest';
import { doubtful, read, right, ruled, wrong } from './reading.ts';

describe('a file that opens everything by omission is refused', () => {
  const begin = 'without one nobody may do anything. Begin with lamplighter.example.yml';

  test.each([
    ['', 'lamplighter.yml:1:1 should be a mapping of keys to values, but is empty'],
    ['version: 1', `lamplighter.yml:1:1 rules: is missing; it should be a list of rules; ${begin}`],
    ['version: 1\nrules: []', `lamplighter.yml:2:1 rules: should be a list of at least one rule; ${begin}`],
    [
      'version: 1\nrules:',
      `lamplighter.yml:2:1 rules: should be a list of rules; without one nobody may do anything, but is empty. Begin with lamplighter.example.yml`,
    ],
  ])('no rules: %j', (text, expected) => {
    expect(wrong(text)).toEqual([expected]);
  });

  const open = (commands: string, where = '') =>
    ruled(`name: open\nwho: [anyone]\ncommands: [${commands}]\nallow: true${where && `\nwhere: ${where}`}`);
  const sentence = (commands: string) =>
    `lamplighter.yml:3:5 rules[0]: lets anyone ${commands} anything without asking anybody; name people or user groups in who, narrow it with where.channels, where.tags or where.compartments, or use ask`;

  test.each([
    ['"*"', '', 'restart, start, stop'],
    ['changes', '', 'restart, start, stop'],
    ['list, stop', '', 'stop'],
    ['stop', '{ atMost: 5 }', 'stop'],
    ['stop', '{ kinds: [instance], regions: [eu-frankfurt-1] }', 'stop'],
    ['stop', '{ tags: { env: "*" } }', 'stop'],
  ])('anyone may %s where %s', (commands, where, changes) => {
    expect(wrong(open(commands, where))).toEqual([sentence(changes)]);
  });

  test.each([
    ['queries', ''],
    ['stop', '{ tags: { env: sandbox } }'],
    ['stop', '{ channels: [C0OPS000] }'],
    ['"*"', '{ compartments: [playground] }'],
  ])('but anyone may %s where %s, when it is said', (commands, where) => {
    expect(wrong(open(commands, where))).toEqual([]);
  });

  test('and anyone may ask', () => {
    expect(wrong(ruled('name: open\nwho: [anyone]\ncommands: ["*"]\nask: { from: [S0ONCALL] }'))).toEqual([]);
  });
});

describe('rules that lead nowhere are warned of', () => {
  test.each([
    [
      'name: a\nwho: [S0ENGINEERS]\ncommands: [stop]\nask: { from: [U0ANA000], count: 2 }',
      '6:30 rules[0].ask.count: asks for 2 approvals, but from names only 1: nobody can ever approve',
    ],
    [
      'name: a\nwho: [U0ANA000]\ncommands: [stop]\nask: { from: [U0ANA000] }',
      '6:12 rules[0].ask.from: leaves 0 to approve what U0ANA000 asks for, who may not approve their own request: nobody can ever approve',
    ],
    [
      'name: a\nwho: [U0ANA000]\ncommands: [stop]\nask: { from: [U0ANA000, U0BEN000], count: 2 }',
      '6:12 rules[0].ask.from: leaves 1 to approve what U0ANA000 asks for, who may not approve their own request: nobody can ever approve',
    ],
    [
      'name: a\nwho: [S0ONCALL]\ncommands: [stop]\nask: { from: [S0ONCALL], requesterMayApprove: true }',
      '6:30 rules[0].ask.requesterMayApprove: lets everyone whom this rule is for approve their own request: that is the same as allow',
    ],
    [
      'name: a\nwho: [S0ENGINEERS]\ncommands: [stop, deploi]\nallow: true',
      '5:22 rules[0].commands[1]: "deploi" is not a command; help lists them all',
    ],
  ])('%s', (rule, expected) => {
    expect(doubtful(ruled(rule))).toEqual([`lamplighter.yml:${expected}`]);
  });

  const two = (first: string, second: string) =>
    `version: 1\nrules:\n  - { name: first, who: [S0ENGINEERS, S0LEADS0], ${first}, allow: true }\n  - { name: second, who: [S0LEADS0], ${second}, deny: true }\n`;
  const shadow = [
    'lamplighter.yml:4:5 rules[1]: never decides: all that it is about is decided by "first" before it',
  ];

  test.each([
    ['commands: [stop, start]', 'commands: [stop]', shadow],
    ['commands: [changes]', 'commands: [stop, restart]', shadow],
    [
      'commands: [stop], where: { tags: { env: [dev, test] } }',
      'commands: [stop], where: { tags: { env: dev, app: shop } }',
      shadow,
    ],
    ['commands: [stop], where: { atMost: 5 }', 'commands: [stop], where: { atMost: 3 }', shadow],
    ['commands: [stop]', 'commands: [stop, start]', []],
    ['commands: [stop], where: { tags: { env: dev } }', 'commands: [stop]', []],
    [
      'commands: [stop], where: { tags: { env: dev } }',
      'commands: [stop], where: { tags: { env: "*" } }',
      [],
    ],
    [
      'commands: [stop], where: { regions: [eu-zurich-1] }',
      'commands: [stop], where: { regions: [eu-frankfurt-1] }',
      [],
    ],
    ['commands: [stop], where: { atMost: 3 }', 'commands: [stop], where: { atMost: 5 }', []],
    ['commands: [stop], arguments: { force: "true" }', 'commands: [stop]', []],
  ])('an earlier rule with %s, a later one with %s', (first, second, expected) => {
    expect(doubtful(two(first, second))).toEqual(expected);
  });
});

describe('a later rule for schedules', () => {
  const after = (first: string, who: string) =>
    doubtful(
      `version: 1\nrules:\n  - { name: first, ${first}, commands: [stop], where: { tags: { env: dev } } }\n  - { name: second, who: [${who}], commands: [stop], where: { tags: { env: dev } }, deny: true }\n`,
    );
  const shadow = [
    'lamplighter.yml:4:5 rules[1]: never decides: all that it is about is decided by "first" before it',
  ];

  test.each([
    ['who: [anyone], allow: true', 'schedule', []],
    ['who: [anyone], allow: true', 'U0ANA000, schedule', []],
    ['who: [anyone], allow: true', 'U0ANA000', shadow],
    ['who: [anyone], deny: true', 'schedule', shadow],
    ['who: [anyone, schedule], allow: true', 'schedule:tags', shadow],
    ['who: [schedule], allow: true', 'schedule:tags', shadow],
    ['who: [schedule], allow: true', 'anyone', []],
    ['who: ["schedule:tags"], allow: true', 'schedule', []],
  ])('after one with %s', (first, who, expected) => {
    expect(after(first, who)).toEqual(expected);
  });
});

describe('a valid rule', () => {
  const judged = (text: string) => {
    const { contents, violations } = read(ruled(text));
    expect(violations.map(String)).toEqual([]);
    return contents?.rules[0];
  };

  test('groups stand for the commands of their type', () => {
    const group = (name: string) =>
      judged(`name: a\nwho: [S0ENGINEERS]\ncommands: [${name}]\nallow: true`)?.commands;
    expect(group('queries')).toEqual(['help', 'history', 'list', 'policy explain']);
    expect(group('changes')).toEqual(['restart', 'start', 'stop']);
    expect(group('controls')).toEqual(['cancel']);
    expect(group('"*"')).toEqual(['*']);
    expect(group('changes, stop, list')).toEqual(['restart', 'start', 'stop', 'list']);
  });

  test('the first word of several stands for all of them, and each can be named', () => {
    const named = (word: string) =>
      judged(`name: a\nwho: [S0ENGINEERS]\ncommands: [${word}]\nallow: true`)?.commands;
    expect(named('policy')).toEqual(['policy explain']);
    expect(named('policy explain')).toEqual(['policy explain']);
    expect(doubtful(ruled('name: a\nwho: [S0ENGINEERS]\ncommands: [polici]\nallow: true')).join()).toMatch(
      /did you mean policy/,
    );
  });

  test('a group narrows to what the rule can hold for', () => {
    expect(
      judged('name: a\nwho: [S0ENGINEERS]\ncommands: ["*"]\nask: { from: [S0ONCALL] }')?.commands,
    ).toEqual(['restart', 'start', 'stop']);
    expect(
      judged('name: a\nwho: [S0ENGINEERS]\ncommands: [queries]\nallow: true\nwhere: { tags: { env: dev } }'),
    ).toMatchObject({ commands: ['list'], where: { tags: { env: ['dev'] } } });
  });

  test('an ask takes its duration from approvals where it has none', () => {
    const text = `${ruled(`${right}ask: { from: [S0ONCALL] }`)}\napprovals: { within: 20m }\n`;
    expect(read(text).contents?.rules[0]?.effect).toMatchObject({
      within: 20 * 60_000,
    });
  });
});
