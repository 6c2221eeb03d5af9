import { describe, expect, test } from 'vitest';
import { kinds } from '../../src/core/kinds/all.ts';
import { file, right, ruled, wrong } from './reading.ts';

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
      '8:1 botToken: is not a setting; known here: version, slack, oci, rules, policies, calendars, schedules, rates, apps, interpolate, breakGlass, approvals, operations, retention, http, log',
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
      `4:24 rules[0].who[1]: should be a member id (U…), a user group id (S…), terminal, schedule or anyone, but is "${name.replaceAll('"', '')}". ${names}`,
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
      `7:22 rules[0].where.kinds[0]: should be one of ${Object.keys(kinds).join(', ')}, but is "instances"; did you mean instance?`,
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
