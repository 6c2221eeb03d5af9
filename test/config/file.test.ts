import { describe, expect, test } from 'vitest';
import { readContents } from '../../src/config/load.ts';
import { readYaml } from '../../src/config/yaml.ts';
import { commands } from './commands.ts';

/** What is wrong with a file, a line each, as it is shown. */
function wrong(text: string): string[] {
  return readContents(readYaml(text, 'lamplighter.yml'), commands).violations.map(String);
}

function doubtful(text: string): string[] {
  const { contents, violations } = readContents(readYaml(text, 'lamplighter.yml'), commands);
  expect(violations.map(String)).toEqual([]);
  return contents?.warnings.map(String) ?? [];
}

/** A file that is right but for the lines that are added, which begin on line 8. */
function file(added: string): string {
  return `version: 1
rules:
  - name: look
    who: [S0ENGINEERS]
    commands: [queries]
    allow: true

${added}`;
}

/** A file whose only rule is the given one, beginning on line 3. */
function ruled(rule: string): string {
  return `version: 1\nrules:\n${rule.replace(/^/gm, '    ').replace('    ', '  - ')}`;
}

const right = 'name: stop\nwho: [S0ENGINEERS]\ncommands: [stop]\n';

test('the least file that says something', () => {
  expect(wrong(file(''))).toEqual([]);
});

describe('each setting that is wrong is told with its place and what it should be', () => {
  test.each([
    [
      'slack: { mode: sockets }',
      '8:10 slack.mode: should be one of socket, http, but is "sockets"; did you mean socket?',
    ],
    [
      'slack: { team: lamplight }',
      '8:10 slack.team: should be a workspace id such as T012AB3CD, but is "lamplight"',
    ],
    [
      'slack:\n  announce: "#ops"',
      '9:3 slack.announce: should be a channel id such as C012AB3CD, but is "#ops". It stands at the bottom of the channel’s details in Slack',
    ],
    ['slack: { allowGuests: yes }', '8:10 slack.allowGuests: should be true or false, but is "yes"'],
    [
      'slack: { allowOtherWorkspaces: [acme] }',
      '8:33 slack.allowOtherWorkspaces[0]: should be a workspace id such as T012AB3CD, but is "acme"',
    ],
    [
      'slack: { allowOtherWorkspaces: T0ACME000 }',
      '8:10 slack.allowOtherWorkspaces: should be a list of workspace ids, but is "T0ACME000"',
    ],
    [
      'oci: { auth: instance }',
      '8:8 oci.auth: should be one of config, resource-principal, instance-principal, workload-identity, but is "instance"; did you mean instance-principal?',
    ],
    [
      'oci: { profile: "" }',
      '8:8 oci.profile: should be the name of a profile in the OCI config file, but is ""',
    ],
    [
      'oci: { regions: [frankfurt] }',
      '8:18 oci.regions[0]: should be a region name such as eu-frankfurt-1, but is "frankfurt"',
    ],
    ['oci: { regions: [] }', '8:8 oci.regions: should be a list of region names, at least one'],
    [
      'oci: { compartments: ["shop/*"] }',
      '8:23 oci.compartments[0]: should be a compartment path such as shop/dev, or its OCID, but is "shop/*"',
    ],
    [
      'breakGlass: { who: [anyone], announce: C0OPS000 }',
      '8:21 breakGlass.who[0]: should be a member id (U…), a user group id (S…) or terminal, but is "anyone". Names are not ids, because their bearer can change them: in Slack, a profile’s menu has “Copy member ID” (U…), and the address of a user group under People ends in its id (S…)',
    ],
    [
      'breakGlass: { announce: C0OPS000 }',
      '8:1 breakGlass.who: is missing; it should be a list of member ids and user group ids',
    ],
    [
      'breakGlass: { who: [S0LEADS0] }',
      '8:1 breakGlass.announce: is missing; breaking the glass must be announced: give the id of a channel here or as slack.announce',
    ],
    ['approvals: { reminders: 1 }', '8:14 approvals.reminders: should be true or false, but is 1'],
    [
      'approvals: { within: 1 hour }',
      '8:14 approvals.within: should be a duration such as 15m or 1h30m, from 1 min to 7 d, but is "1 hour"',
    ],
    [
      'approvals: { within: 8d }',
      '8:14 approvals.within: should be a duration such as 15m or 1h30m, from 1 min to 7 d, but is "8d"',
    ],
    [
      'operations: { concurrency: 0 }',
      '8:15 operations.concurrency: should be a whole number from 1 to 100, but is 0',
    ],
    [
      'operations: { concurrency: 1.5 }',
      '8:15 operations.concurrency: should be a whole number from 1 to 100, but is 1.5',
    ],
    [
      'operations:\n  deadlines:\n    stop: 5s',
      '10:5 operations.deadlines.stop: should be a duration such as 15m or 1h30m, from 1 min to 1 d, but is "5s"',
    ],
    [
      'retention: { messages: 10 }',
      '8:14 retention.messages: should be a duration such as 15m or 1h30m, from 1 h to 3650 d, but is 10',
    ],
    ['http: { port: 70000 }', '8:9 http.port: should be a whole number from 0 to 65535, but is 70000'],
    [
      'http: { host: "a b" }',
      '8:9 http.host: should be an address to listen on, such as 127.0.0.1 or 0.0.0.0, but is "a b"',
    ],
    [
      'log: { level: verbose }',
      '8:8 log.level: should be one of fatal, error, warn, info, debug, trace, silent, but is "verbose"',
    ],
    ['http: 3000', '8:1 http: should be a mapping of keys to values, but is 3000'],
    ['http:', '8:1 http: should be a mapping of keys to values, but is empty'],
    ['slak: { mode: http }', '8:1 slak: is not a setting; did you mean slack?'],
    ['slack: { mod: http }', '8:10 slack.mod: is not a setting; did you mean mode?'],
    [
      'botToken: xoxb-1-secret',
      '8:1 botToken: is not a setting; known here: version, slack, oci, rules, breakGlass, approvals, operations, retention, http, log',
    ],
    [
      'oci: { profile: xoxb-1-secret, auth: xoxb-1-secret }',
      '8:32 oci.auth: should be one of config, resource-principal, instance-principal, workload-identity, but is a secret, which must not stand in this file',
    ],
  ])('%s', (added, expected) => {
    expect(wrong(file(added))).toEqual([`lamplighter.yml:${expected}`]);
  });
});

const names =
  'Names are not ids, because their bearer can change them: in Slack, a profile’s menu has “Copy member ID” (U…), and the address of a user group under People ends in its id (S…)';

describe('each part of a rule that is wrong', () => {
  test.each([
    [
      'who: [S0ENGINEERS]\ncommands: [stop]\nallow: true',
      '3:5 rules[0].name: is missing; it should be a name for the rule, unique in the file; it is shown when the rule decides',
    ],
    [
      'name: a\ncommands: [stop]\nallow: true',
      '3:5 rules[0].who: is missing; it should be a list of whom the rule is for: member ids (U…), user group ids (S…), terminal; anyone has to be written out',
    ],
    [
      'name: a\nwho: []\ncommands: [stop]\nallow: true',
      '4:5 rules[0].who: should be a list of whom the rule is for: member ids (U…), user group ids (S…), terminal; anyone has to be written out, at least one',
    ],
    ...['"@ana"', 'ana', 'oncall', '"<@U0ANA000>"', 'u0ana000'].map((name) => [
      `name: a\nwho: [S0ENGINEERS, ${name}]\ncommands: [stop]\nallow: true`,
      `4:24 rules[0].who[1]: should be a member id (U…), a user group id (S…), terminal or anyone, but is "${name.replaceAll('"', '')}". ${names}`,
    ]),
    [
      'name: a\nwho: [S0ENGINEERS, S0ENGINEERS]\ncommands: [stop]\nallow: true',
      '4:5 rules[0].who: should be a list of whom the rule is for: member ids (U…), user group ids (S…), terminal; anyone has to be written out, each only once',
    ],
    [
      'name: a\nwho: [S0ENGINEERS]\nallow: true',
      '3:5 rules[0].commands: is missing; it should be a list of command names, queries, changes or controls; "*" for all has to be written out',
    ],
    [
      'name: a\nwho: [S0ENGINEERS]\ncommands: [Stop it]\nallow: true',
      '5:16 rules[0].commands[0]: should be a command name, queries, changes, controls or "*", but is "Stop it"',
    ],
    [right, '3:5 rules[0]: should be given exactly one of allow: true, deny: true or ask: {…}'],
    [
      `${right}allow: true\ndeny: true`,
      '3:5 rules[0]: should be given exactly one of allow: true, deny: true or ask: {…}',
    ],
    [`${right}allow: false`, '6:5 rules[0].allow: should be true, or left out, but is false'],
    [`${right}deny: because`, '6:5 rules[0].deny: should be true, or left out, but is "because"'],
    [
      `${right}allow: true\nbecause: I say so`,
      '7:5 rules[0].because: should be left out: only a deny is given a reason, but is "I say so"',
    ],
    [`${right}alow: true\nallow: true`, '6:5 rules[0].alow: is not a setting; did you mean allow?'],
    [
      `${right}allow: true\nwhere: { channels: ["#ops"] }`,
      '7:25 rules[0].where.channels[0]: should be a channel id such as C012AB3CD, or terminal, but is "#ops". The id stands at the bottom of the channel’s details in Slack',
    ],
    [
      `${right}allow: true\nwhere: { tags: [env] }`,
      '7:14 rules[0].where.tags: should be a mapping of tag keys to values, such as {env: dev}',
    ],
    [
      `${right}allow: true\nwhere: { tags: { env: 1 } }`,
      '7:22 rules[0].where.tags.env: should be a text or a list of texts, but is 1. Numbers, true and false have to stand in quotes',
    ],
    [
      `${right}allow: true\nwhere: { tags: { env: [] } }`,
      '7:22 rules[0].where.tags.env: should be a text or a list of texts. Numbers, true and false have to stand in quotes',
    ],
    [
      `${right}allow: true\nwhere: { compartments: ["*"] }`,
      '7:29 rules[0].where.compartments[0]: should be a compartment path such as shop/dev, shop/* for those below it, or an OCID, but is "*"',
    ],
    [
      `${right}allow: true\nwhere: { regions: [fra] }`,
      '7:24 rules[0].where.regions[0]: should be a region name such as eu-frankfurt-1, but is "fra"',
    ],
    [
      `${right}allow: true\nwhere: { kinds: [instances] }`,
      '7:22 rules[0].where.kinds[0]: should be one of instance, container-instance, autonomous-database, but is "instances"; did you mean instance?',
    ],
    [
      `${right}allow: true\nwhere: { atMost: 0 }`,
      '7:14 rules[0].where.atMost: should be a whole number from 1 to 1000, but is 0',
    ],
    [
      `${right}allow: true\nwhere: { tag: {} }`,
      '7:14 rules[0].where.tag: is not a setting; did you mean tags?',
    ],
    [
      `${right}allow: true\narguments: { force: true }`,
      '7:18 rules[0].arguments.force: should be a text or a list of texts, but is true. Numbers, true and false have to stand in quotes',
    ],
    [
      `${right}allow: true\narguments: { forse: "true" }`,
      '7:18 rules[0].arguments.forse: is not an argument or flag of stop; did you mean force?',
    ],
    [`${right}ask: {}`, '6:5 rules[0].ask.from: is missing; it should be a list of those who may approve'],
    [`${right}ask: true`, '6:5 rules[0].ask: should be a mapping of keys to values, but is true'],
    [
      `${right}ask: { from: [anyone] }`,
      `6:19 rules[0].ask.from[0]: should be a member id (U…), a user group id (S…) or terminal, but is "anyone". ${names}`,
    ],
    [
      `${right}ask: { from: [S0ONCALL], count: 0 }`,
      '6:30 rules[0].ask.count: should be a whole number from 1 to 10, but is 0',
    ],
    [
      `${right}ask: { from: [S0ONCALL], within: 3 hours }`,
      '6:30 rules[0].ask.within: should be a duration such as 15m or 1h30m, from 1 min to 7 d, but is "3 hours"',
    ],
    [
      `${right}ask: { from: [S0ONCALL], requesterMayApprove: no }`,
      '6:30 rules[0].ask.requesterMayApprove: should be true or false, but is "no"',
    ],
    [
      'name: a\nwho: [S0ENGINEERS]\ncommands: [list]\nask: { from: [S0ONCALL] }',
      '5:16 rules[0].commands[0]: list cannot be asked for: only changes of the cloud have a plan to approve; give it a rule with allow',
    ],
    [
      'name: a\nwho: [S0ENGINEERS]\ncommands: [controls]\nask: { from: [S0ONCALL] }',
      '5:16 rules[0].commands[0]: controls cannot be asked for: only changes of the cloud have a plan to approve; give it a rule with allow',
    ],
    [
      'name: a\nwho: [S0ENGINEERS]\ncommands: [list, history]\nallow: true\nwhere: { tags: { env: dev } }',
      '5:22 rules[0].commands[1]: history takes no targets, so the conditions on targets in where can never hold; give it a rule of its own',
    ],
    [
      'name: a\nwho: [S0ENGINEERS]\ncommands: [stopp]\ndeny: true',
      '5:16 rules[0].commands[0]: "stopp" is not a command; did you mean stop?',
    ],
  ])('%s', (rule, expected) => {
    expect(wrong(ruled(rule))).toEqual([`lamplighter.yml:${expected}`]);
  });

  test('two rules of one name', () => {
    const rule = (name: string, command: string) =>
      `  - { name: ${name}, who: [S0ENGINEERS], commands: [${command}], allow: true }\n`;
    expect(wrong(`version: 1\nrules:\n${rule('a', 'stop')}${rule('a', 'start')}`)).toEqual([
      'lamplighter.yml:4:7 rules[1].name: "a" is also the name of rules[0]; a name says which rule decided, so give each its own',
    ]);
  });
});

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

describe('YAML itself', () => {
  test('every mistake is told at once, in the order of the file', () => {
    const text =
      'version: 2\nrules:\n  - name: a\n    who: [ana]\n    commands: [stop]\nlogs: {}\nhttp: { port: -1 }\n';
    expect(wrong(text).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'lamplighter.yml:1:1 version:',
      'lamplighter.yml:3:5 rules[0]:',
      'lamplighter.yml:4:11 rules[0].who[0]:',
      'lamplighter.yml:6:1 logs:',
      'lamplighter.yml:7:9 http.port:',
    ]);
  });

  test.each([
    ['version: 1\nversion: 1\n', 'lamplighter.yml:2:1 map keys must be unique'],
    ['version: [1\n', /^lamplighter\.yml:2:1 flow sequence/],
    ['\tversion: 1\n', /^lamplighter\.yml:1:1 /],
    ['version: !!js/function "x"\n', /^lamplighter\.yml:1:10 unresolved tag/],
    ['version: 1\n---\nversion: 1\n', /^lamplighter\.yml:2:1 /],
    ['version: *nowhere\n', /nowhere/],
    ['- version\n', 'lamplighter.yml:1:1 should be a mapping of keys to values'],
    ['just text', 'lamplighter.yml:1:1 should be a mapping of keys to values, but is "just text"'],
  ])('%j', (text, expected) => {
    const [first] = wrong(text);
    if (typeof expected === 'string') expect(first).toBe(expected);
    else expect(first).toMatch(expected);
  });

  test('aliases that multiply without end are refused', () => {
    const layers = Array.from({ length: 9 }, (_, at) =>
      at === 0
        ? 'x-0: &a0 [lol, lol]'
        : `x-${at}: &a${at} [${Array(9)
            .fill(`*a${at - 1}`)
            .join(', ')}]`,
    );
    expect(wrong(file(layers.join('\n'))).join()).toMatch(/alias/);
  });

  test('anchors, merge keys and x- keys are for the person who writes the file', () => {
    const text = `version: 1
x-oncall: &oncall [S0ONCALL]
x-common: &common
  who: [S0ENGINEERS]
  x-note: with on-call
  ask: { from: *oncall, x-why: nights }
rules:
  - { <<: *common, name: stop, commands: [stop] }
  - <<: *common
    name: start
    commands: [start]
`;
    const { contents, violations } = readContents(readYaml(text, 'lamplighter.yml'), commands);
    expect(violations).toEqual([]);
    expect(contents?.rules.map(({ name, effect }) => [name, effect])).toEqual([
      ['stop', { from: ['S0ONCALL'], count: 1, within: 3_600_000, requesterMayApprove: false }],
      ['start', { from: ['S0ONCALL'], count: 1, within: 3_600_000, requesterMayApprove: false }],
    ]);
  });

  test('a tag may begin with x-, and be called like what every object has', () => {
    const text = ruled(`${right}allow: true\nwhere: { tags: { x-env: dev, constructor: a, __proto__: b } }`);
    const { contents } = readContents(readYaml(text, 'lamplighter.yml'), commands);
    expect(Object.keys(contents?.rules[0]?.where?.tags ?? {})).toEqual(
      expect.arrayContaining(['x-env', 'constructor']),
    );
  });
});

describe('a valid rule', () => {
  const judged = (text: string) => {
    const { contents, violations } = readContents(readYaml(ruled(text), 'lamplighter.yml'), commands);
    expect(violations.map(String)).toEqual([]);
    return contents?.rules[0];
  };

  test('groups stand for the commands of their type', () => {
    const group = (name: string) =>
      judged(`name: a\nwho: [S0ENGINEERS]\ncommands: [${name}]\nallow: true`)?.commands;
    expect(group('queries')).toEqual(['help', 'history', 'list', 'policy']);
    expect(group('changes')).toEqual(['restart', 'start', 'stop']);
    expect(group('controls')).toEqual(['cancel']);
    expect(group('"*"')).toEqual(['*']);
    expect(group('changes, stop, list')).toEqual(['restart', 'start', 'stop', 'list']);
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
    expect(
      readContents(readYaml(text, 'lamplighter.yml'), commands).contents?.rules[0]?.effect,
    ).toMatchObject({
      within: 20 * 60_000,
    });
  });
});
