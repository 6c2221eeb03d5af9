import { describe, expect, test } from 'vitest';
import { doubtful, file, read, wrong } from '../reading.ts';

/** A file with one policy `dev`, whose lines begin on line 10. */
const policy = (lines: string) => file(`policies:\n  dev:\n${lines.replace(/^/gm, '    ')}`);

const when = 'when: Mon-Fri 07:30-20:00 Europe/Amsterdam';

function only(lines: string) {
  const { contents, violations } = read(policy(lines));
  expect(violations.map(String)).toEqual([]);
  return contents?.schedules.policies[0];
}

const minute = 60_000;

describe('a policy that says little', () => {
  test('has what the schedules have', () => {
    expect(only(`what: env=dev\n${when}`)).toMatchObject({
      name: 'dev',
      place: 'lamplighter.yml:9',
      what: [{ tags: [{ key: 'env', values: ['dev'] }] }],
      except: [],
      groups: [{ name: 'rest', dimming: { act: 'stop' } }],
      enforced: false,
      protects: false,
      warning: 15 * minute,
      atMost: 50,
      longestKeep: 960 * minute,
      settleIn: 15 * minute,
    });
    expect(only(`what: env=dev\n${when}`)).not.toHaveProperty('channel');
    expect(only(`what: env=dev\n${when}`)).not.toHaveProperty('team');
  });

  test('takes its defaults, its zone and its channel from the file', () => {
    const text = file(
      'slack: { announce: C0OPS000 }\nschedules: { zone: Europe/Amsterdam, warn: 30m, atMost: 5, longestKeep: 1h, settleIn: 0m }\npolicies: { dev: { what: env=dev, when: Mon-Fri 07:30-20:00 } }',
    );
    const { contents, violations } = read(text);
    expect(violations.map(String)).toEqual([]);
    expect(contents?.schedules.policies).toMatchObject([
      { channel: 'C0OPS000', warning: 30 * minute, atMost: 5, longestKeep: 60 * minute, settleIn: 0 },
    ]);
    expect(contents?.schedules.policies[0]?.timetable.zone).toBe('Europe/Amsterdam');
  });
});

describe('a policy that says much', () => {
  test('is what it says', () => {
    expect(
      only(
        `what: [app=shop env=dev, "kind:vm web-*"]\nexcept: tier=cache\n${when}\nhow: stop hard\nenforced: true\nwarn: 0m\natMost: 3\nlongestKeep: 6h\nsettleIn: 1h\nchannel: C0SHOP00`,
      ),
    ).toMatchObject({
      what: [
        {
          tags: [
            { key: 'app', values: ['shop'] },
            { key: 'env', values: ['dev'] },
          ],
        },
        { kinds: ['instance'], names: ['web-*'] },
      ],
      except: [{ tags: [{ key: 'tier', values: ['cache'] }] }],
      groups: [{ name: 'rest', dimming: { act: 'stop', force: true } }],
      enforced: true,
      warning: 0,
      atMost: 3,
      longestKeep: 360 * minute,
      settleIn: 60 * minute,
      channel: 'C0SHOP00',
    });
  });

  test('groups keep their order, and what they leave over comes last', () => {
    const groups = `what: env=dev\n${when}\nhow: pause\ngroups:\n  - database: kind:adb\n  - app: [tier=api, tier=worker]\n  - { name: edge, what: tier=web, how: stop hard }`;
    expect(only(groups)?.groups).toMatchObject([
      { name: 'database', what: [{ kinds: ['autonomous-database'] }], dimming: { act: 'stop' } },
      { name: 'app', what: [{}, {}], dimming: { act: 'stop' } },
      { name: 'edge', dimming: { act: 'stop', force: true } },
      { name: 'rest', what: [{ names: [], kinds: [], tags: [] }], dimming: { act: 'stop' } },
    ]);
  });

  test('a last group that takes everything is the last', () => {
    const groups = `what: env=dev\n${when}\ngroups: [{ database: kind:adb }, { others: "*" }]`;
    expect(only(groups)?.groups.map(({ name }) => name)).toEqual(['database', 'others']);
  });

  test('what protects is always up, and may mean everything', () => {
    const protecting = only('what: "*"\nprotect: true');
    expect(protecting).toMatchObject({ protects: true });
    expect(protecting?.timetable.at(0).want).toBe('up');
  });
});

describe('each part of a policy that is wrong is told with its place', () => {
  test.each([
    [
      when,
      '9:3 policies.dev.what: is missing; it should be a selector such as app=shop env=dev, or a list of them',
    ],
    [
      `what: []\n${when}`,
      '10:5 policies.dev.what: should be a selector such as app=shop env=dev, or a list of them',
    ],
    [
      `what: [env=dev, env=]\n${when}`,
      '10:21 policies.dev.what[1]: "env=" has no value. Write a tag as key=value, for example env=dev',
    ],
    [
      `what: kind:vmm\n${when}`,
      /^10:5 policies\.dev\.what: "vmm" is not a kind of resource I know\. Kinds: instance, .*[^.]$/,
    ],
    [
      `what: "app='shop"\nexcept: "'a"\n${when}`,
      "11:5 policies.dev.except: A quote (') is not closed. Close it, or leave it out",
    ],
    [
      `what: "*"\n${when}`,
      '10:5 policies.dev.what: means every resource there is; narrow it with a tag, a compartment, a kind or a name. Only a policy with protect: true may mean everything',
    ],
    [
      `what: [env=dev, "**"]\n${when}`,
      '10:21 policies.dev.what[1]: means every resource there is; narrow it with a tag, a compartment, a kind or a name. Only a policy with protect: true may mean everything',
    ],
    [
      `what: env=dev\nexcept: "*"\n${when}`,
      '11:5 policies.dev.except: leaves out everything, so that the policy means nothing',
    ],
    [
      'what: env=dev',
      '9:3 policies.dev.when: is missing; it should be a time such as Mon-Fri 07:30-20:00 Europe/Amsterdam, or protect: true in its place',
    ],
    [
      'what: env=dev\nwhen: Mon-Fri 07:30-20:00',
      '11:5 policies.dev.when: "Mon-Fri 07:30-20:00" has no zone: write one after it, as in "Mon-Fri 07:30-20:00 Europe/Amsterdam", or as schedules.zone for all of this file',
    ],
    [
      'what: env=dev\nwhen: [Mon-Thu 07:30-20:00 Europe/Amsterdam, Fri 07:30-17:00]',
      '11:50 policies.dev.when[1]: "Fri 07:30-17:00" has no zone: write one after it, as in "Fri 07:30-17:00 Europe/Amsterdam", or as schedules.zone for all of this file',
    ],
    ['what: env=dev\nwhen: Mon 25:00-26:00 Europe/Amsterdam', /^11:5 policies\.dev\.when: .*25:00.*[^.]$/],
    [
      `what: env=dev\n${when}\nhow: stopp`,
      '12:5 policies.dev.how: should be stop, stop hard, scale to <size> or pause, but is "stopp"',
    ],
    [
      `what: kind:container-instance\n${when}\nhow: scale to 1`,
      '12:5 policies.dev.how: says scale, which no container instance can do',
    ],
    [
      `what: env=dev\n${when}\ngroups: []`,
      '12:5 policies.dev.groups: should be a list of groups such as {database: kind:adb}, at least one',
    ],
    [
      `what: env=dev\n${when}\ngroups: [database]`,
      '12:14 policies.dev.groups[0]: should be a group: {database: kind:adb}, or {name: database, what: kind:adb, how: stop}, but is "database"',
    ],
    [
      `what: env=dev\n${when}\ngroups: [{ a: tier=a, b: tier=b }]`,
      [
        '12:14 policies.dev.groups[0]: should be one group, as {database: kind:adb} or {name: database, what: kind:adb, how: stop}',
        '12:16 policies.dev.groups[0].a: is not a setting of a group; each group is an item of the list of its own',
        '12:27 policies.dev.groups[0].b: is not a setting of a group; each group is an item of the list of its own',
      ],
    ],
    [
      `what: env=dev\n${when}\ngroups: [{ name: a, what: tier=a, hwo: stop }]`,
      '12:39 policies.dev.groups[0].hwo: is not a setting; known here: name, what, how',
    ],
    [
      `what: env=dev\n${when}\ngroups: [{ name: a, what: tier=a, how: sleep }]`,
      '12:39 policies.dev.groups[0].how: should be stop, stop hard, scale to <size> or pause, but is "sleep"',
    ],
    [
      `what: env=dev\n${when}\ngroups: [{ a: kind:container }, { a: tier=a }]`,
      '12:37 policies.dev.groups[1]: a is the name of two groups; give each its own',
    ],
    [
      `what: env=dev\n${when}\ngroups: [{ a: tier= }]`,
      '12:16 policies.dev.groups[0].a: "tier=" has no value. Write a tag as key=value, for example env=dev',
    ],
    [
      `what: env=dev\n${when}\ncalendars: [holydays]`,
      '12:17 policies.dev.calendars[0]: "holydays" is not a calendar; calendars stand under calendars:',
    ],
    [
      `what: env=dev\nprotect: true\n${when}\nhow: stop`,
      [
        '12:5 policies.dev.when: should be left out: what protect: true holds for is never stopped',
        '13:5 policies.dev.how: should be left out: what protect: true holds for is never stopped',
      ],
    ],
    [
      'what: env=dev\nprotect: true\nenforced: true',
      '12:5 policies.dev.enforced: should be left out: protect keeps a policy from stopping, and starts nothing',
    ],
    [
      'what: env=dev\nenforced: true\nwhen: never Europe/Amsterdam',
      /^11:5 policies\.dev\.enforced: needs a window in when, such as Mon-Fri 07:30-20:00: never.* never wants it up, and what somebody starts by hand would be stopped again at once, at any hour$/,
    ],
    [
      'what: env=dev\nenforced: true\nwhen: always Europe/Amsterdam',
      /^11:5 policies\.dev\.enforced: needs a window in when, such as Mon-Fri 07:30-20:00: always.* never wants it down, and what somebody stops by hand would be started again at once, at any hour$/,
    ],
    [
      `what: env=dev\n${when}\nwhat-else: a`,
      /^12:5 policies\.dev\.what-else: is not a setting; did you mean what\?$/,
    ],
    [
      `what: env=dev\n${when}\nwarn: 2d`,
      '12:5 policies.dev.warn: should be a duration such as 15m or 1h30m, from 0 s to 12 h, but is "2d"',
    ],
    [
      `what: env=dev\n${when}\natMost: 0`,
      '12:5 policies.dev.atMost: should be a whole number from 1 to 10000, but is 0',
    ],
    [
      `what: env=dev\n${when}\nchannel: "#dev"`,
      '12:5 policies.dev.channel: should be a channel id such as C012AB3CD, but is "#dev". It stands at the bottom of the channel’s details in Slack',
    ],
  ])('%s', (lines, expected) => {
    const told = wrong(policy(lines)).map((line) => line.replace(/^lamplighter\.yml:/, ''));
    if (expected instanceof RegExp) {
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(expected);
    } else expect(told).toEqual([expected].flat());
  });

  test('a name', () => {
    expect(wrong(file(`policies:\n  dev shop:\n    what: env=dev\n    ${when}`))).toEqual([
      'lamplighter.yml:9:3 policies."dev shop": should have a name of letters, digits and hyphens, but is "dev shop"',
    ]);
  });

  test('what surrounds policies', () => {
    const told = (added: string) => wrong(file(added)).map((line) => line.replace('lamplighter.yml:', ''));
    expect(told('policies: [dev]')).toEqual(['8:1 policies: should be a mapping of names to policies']);
    expect(told('schedules: { zone: "+01:00" }')).toEqual([
      '8:14 schedules.zone: should be an IANA time zone such as Europe/Amsterdam, but is "+01:00"',
    ]);
    expect(told('schedules: { zone: Europe/Amstrdam, tags: yes }')).toEqual([
      '8:14 schedules.zone: should be an IANA time zone such as Europe/Amsterdam, but is "Europe/Amstrdam". Did you mean Europe/Amsterdam?',
      '8:37 schedules.tags: should be true or false, but is "yes"',
    ]);
    expect(
      told(`schedules: { tags: true, tagPolicy: dev }\npolicies:\n  dev: { what: env=dev, ${when} }`),
    ).toEqual([
      '8:26 schedules.tagPolicy: "dev" is also the name of a policy at lamplighter.yml:10; give each its own',
    ]);
  });
});

describe('who a schedule is to rules', () => {
  const ruled = (who: string, command = 'stop') =>
    `version: 1\nslack: { announce: C0OPS000 }\nrules:\n  - { name: dev, who: [${who}], commands: [start, ${command}], where: { tags: { env: dev }, atMost: 20 }, allow: true }\npolicies:\n  dev-evenings: { what: env=dev, ${when}, atMost: 20 }\n`;

  test.each(['schedule', 'schedule:dev-evenings'])('%s lets it', (who) => {
    expect(doubtful(ruled(who))).toEqual([]);
  });

  test('anyone does not', () => {
    expect(doubtful(ruled('anyone'))).toEqual([
      'lamplighter.yml:6:3 policies.dev-evenings: nothing will start or stop: no rule lets it. Name schedule or schedule:dev-evenings in who of a rule with commands: [start, stop]',
    ]);
  });

  test('one act alone is half of it', () => {
    expect(doubtful(ruled('schedule', 'restart'))).toEqual([
      'lamplighter.yml:6:3 policies.dev-evenings: nothing will stop: no rule lets it. Name schedule or schedule:dev-evenings in who of a rule with commands: [stop]',
    ]);
  });

  test('a policy that is not there', () => {
    expect(wrong(ruled('schedule:dev-evening'))).toEqual([
      'lamplighter.yml:4:24 rules[0].who[0]: "dev-evening" is not a policy; did you mean schedule:dev-evenings?',
    ]);
    expect(wrong(ruled('schedule:nothing'))).toEqual([
      'lamplighter.yml:4:24 rules[0].who[0]: "nothing" is not a policy; schedule alone means every policy',
    ]);
    expect(wrong(ruled('schedule:dev-evenings, schedule:tags'))).toEqual([]);
  });

  test('more than the rule lets it', () => {
    expect(doubtful(ruled('schedule').replace(', atMost: 20 }\n', ' }\n'))).toEqual([
      'lamplighter.yml:6:3 policies.dev-evenings.atMost: goes up to 50 resources at once, but the rule "dev" lets a schedule have at most 20: more are refused, and nothing happens. Give the policy atMost: 20, or the rule more',
    ]);
  });

  test('no channel at all', () => {
    expect(doubtful(ruled('schedule').replace('slack: { announce: C0OPS000 }\n', ''))).toEqual([
      'lamplighter.yml:5:3 policies.dev-evenings.channel: is missing, and so is slack.announce: nobody will be warned of its stops or read what it did. Give the id of a channel',
    ]);
  });

  test('groups after one that takes everything', () => {
    const grouped = ruled('schedule').replace(
      'atMost: 20 }\n',
      'atMost: 20, groups: [{ all: "*" }, { db: kind:adb }] }\n',
    );
    expect(doubtful(grouped)).toEqual([
      expect.stringMatching(
        /policies\.dev-evenings\.groups\[0\]: all takes everything, so that nothing is left for the groups after it$/,
      ),
    ]);
  });

  test.each([
    [
      '[always, never]',
      'says never, which never counts: always says the opposite of the same days, and up goes before down',
    ],
    [
      '[start 07:00, stop 07:00]',
      'says stop 07:00, which never counts: start 07:00 is at the same moment, and up goes before down',
    ],
    [
      '[Mon-Fri 07:30-15:00, Mon-Fri 14:00-22:00]',
      'says Mon-Fri 07:30-15:00 and Mon-Fri 14:00-22:00, which overlap: they are one window then, up 07:30-22:00',
    ],
  ])('times that contradict themselves, or say the same: %s', (times, sentence) => {
    const written = ruled('schedule').replace(when, `when: ${times}`);
    const zoned = `${written}schedules: { zone: Europe/Amsterdam }\n`;
    const column = zoned.split('\n')[5]?.indexOf('when:') ?? 0;
    expect(doubtful(zoned)).toEqual([
      `lamplighter.yml:6:${column + 1} policies.dev-evenings.when: ${sentence}`,
    ]);
  });

  test('tags that are followed need the right too', () => {
    expect(doubtful(`${ruled('schedule:dev-evenings')}schedules: { tags: true }\n`)).toEqual([
      'lamplighter.yml:7:14 schedules.tags: nothing will start or stop: no rule lets it. Name schedule or schedule:tags in who of a rule with commands: [start, stop]',
    ]);
  });
});

describe('rates', () => {
  const rated = (rates: string) => read(file(`rates: ${rates}`));

  test('are by kind and unit', () => {
    expect(
      rated('{ currency: EUR, perHour: { instance: { ocpu: 0.03 } }, usageApi: true }').contents?.schedules
        .rates,
    ).toEqual({ currency: 'EUR', perHour: { instance: { ocpu: 0.03 } }, usage: true });
    expect(rated('{ currency: EUR }').contents?.schedules.rates).toEqual({
      currency: 'EUR',
      perHour: {},
      usage: false,
    });
    expect(read(file('')).contents?.schedules).not.toHaveProperty('rates');
  });

  test.each([
    ['{}', '8:1 rates.currency: is missing; it should be a currency of three letters such as EUR'],
    [
      '{ currency: euro }',
      '8:10 rates.currency: should be a currency of three letters such as EUR, but is "euro"',
    ],
    [
      '{ currency: EUR, perHour: { vm: { ocpu: 1 } } }',
      '8:36 rates.perHour.vm: is not a kind of resource; did you mean instance?',
    ],
    [
      '{ currency: EUR, perHour: { instance: { ocpu: -1 } } }',
      '8:48 rates.perHour.instance.ocpu: should be a price, a number from 0, but is -1',
    ],
    [
      '{ currency: EUR, perHour: { instance: 1 } }',
      '8:36 rates.perHour.instance: should be a mapping of units to prices, such as {ocpu: 0.03}, but is 1',
    ],
  ])('%s', (rates, expected) => {
    expect(rated(rates).violations.map(String)).toEqual([`lamplighter.yml:${expected}`]);
  });
});
