import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { ConfigError } from '../../../src/config/reading/violation.ts';
import { commands } from '../commands.ts';
import { file, now, readAll } from '../reading.ts';

const holidays = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'UID:1',
  'DTSTART;VALUE=DATE:20261225',
  'SUMMARY:Christmas',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

const main = file(
  `slack: { announce: C0OPS000 }
schedules: { zone: Europe/Amsterdam }
calendars:
  public: { file: holidays.ics }
policies:
  ops-nights: { what: env=shared, when: Mon-Fri 06:00-22:00 }`,
);

const shop = `team: shop
channel: C0SHOP00
calendars:
  sale: { open: [2026-11-28 Black Friday weekend] }
policies:
  shop-dev: { what: app=shop env=dev, when: Mon-Fri 07:30-20:00, calendars: [public, sale] }
  shop-test: { what: app=shop env=test, when: Mon-Fri 08:00-18:00 UTC, channel: C0TEST00 }
`;

const data = `team: data
zone: Europe/Lisbon
policies:
  warehouse-dev: { what: compartment:data env=dev, when: Mon-Fri 08:00-18:00 }
`;

describe('policies of several files', () => {
  const { contents, violations } = readAll({
    'lamplighter.yml': main,
    'policies/data.yml': data,
    'policies/shop.yml': shop,
    'holidays.ics': holidays,
  });

  test('are one list, each of its team and place', () => {
    expect(violations.map(String)).toEqual([]);
    expect(
      contents?.schedules.policies.map(({ name, team, channel, place, timetable }) => [
        name,
        team,
        channel,
        place,
        timetable.zone,
      ]),
    ).toEqual([
      ['ops-nights', undefined, 'C0OPS000', 'lamplighter.yml:13', 'Europe/Amsterdam'],
      ['warehouse-dev', 'data', 'C0OPS000', 'policies/data.yml:4', 'Europe/Lisbon'],
      ['shop-dev', 'shop', 'C0SHOP00', 'policies/shop.yml:6', 'Europe/Amsterdam'],
      ['shop-test', 'shop', 'C0TEST00', 'policies/shop.yml:7', expect.any(String)],
    ]);
  });

  test('share their calendars', () => {
    expect(contents?.schedules.calendars.map(({ name, mode, place }) => [name, mode, place])).toEqual([
      ['public', 'closed', 'lamplighter.yml:11'],
      ['sale', 'open', 'policies/shop.yml:4'],
    ]);
    expect(Object.fromEntries(contents?.schedules.calendars[0]?.days ?? [])).toEqual({
      '2026-12-25': 'Christmas',
    });
  });

  test('are warned of in the order of the files', () => {
    expect(contents?.warnings.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'lamplighter.yml:13',
      'policies/data.yml:4',
      'policies/shop.yml:6',
      'policies/shop.yml:7',
    ]);
  });
});

test('all that is wrong in two files is told at once, file by file', () => {
  const { contents, violations } = readAll({
    'lamplighter.yml': `version: 1
slak: {}
rules:
  - { name: a, who: [schedule:shop-deb, schedule:tools], commands: [stop], allow: true }
policies:
  shop-dev: { what: env=dev, when: Mon-Fri 07:30-20:00 }
  tools: { what: "*", when: Mon-Fri 07:30-20:00 UTC, calendars: [public, broken] }
calendars:
  public: { closed: [2026-02-30 Never], file: holidays.ics }
  broken: { file: nowhere.ics, mode: shut }
  worse: { file: bad.ics }
  odd: { closed: [2026-02-30 Never, {2026-12-25: Christmas}], mode: closed }
  gone: { file: nowhere.ics }
rates: { currency: EUR, perHour: { vm: { ocpu: 1 } } }
`,
    'policies/shop.yml': `tam: shop
policies:
  shop-dev: { what: env=dev, when: Mon-Fri 07:30-20:00 UTC }
  shop-test: { what: "region:", when: Mon-Fri 07:30-20:00, calendars: [publik], how: sleep }
  shop-ci: { what: tier=, when: Mon-Fri 07:30-20:00, calendars: [publik] }
calendars:
  odd: { open: [2026-02-28] }
`,
    'bad.ics': '<html>',
  });
  expect(contents).toBeUndefined();
  expect(violations.map(String)).toMatchInlineSnapshot(`
    [
      "lamplighter.yml:2:1 slak: is not a setting; did you mean slack?",
      "lamplighter.yml:4:22 rules[0].who[0]: "shop-deb" is not a policy; did you mean schedule:shop-dev?",
      "lamplighter.yml:6:30 policies.shop-dev.when: "Mon-Fri 07:30-20:00" has no zone: write one after it, as in "Mon-Fri 07:30-20:00 Europe/Amsterdam", or as schedules.zone for all of this file",
      "lamplighter.yml:7:12 policies.tools.what: means every resource there is; narrow it with a tag, a compartment, a kind or a name. Only a policy with protect: true may mean everything",
      "lamplighter.yml:9:3 calendars.public: should have one of closed, open, freeze or file",
      "lamplighter.yml:10:32 calendars.broken.mode: should be one of closed, open, freeze, but is "shut"",
      "lamplighter.yml:11:12 calendars.worse.file: "bad.ics" is not a calendar that can be read: invalid line (no token ";" or ":") "<html>"",
      "lamplighter.yml:12:19 calendars.odd.closed[0]: "2026-02-30 Never" says 2026-02-30, which is not a day of the calendar",
      "lamplighter.yml:12:63 calendars.odd.mode: should be left out: the days are closed already",
      "lamplighter.yml:13:11 calendars.gone.file: "nowhere.ics" is not there; it is looked for beside this file",
      "lamplighter.yml:14:36 rates.perHour.vm: is not a kind of resource; did you mean instance?",
      "policies/shop.yml:1:1 team: is missing; it should be the name of the team that owns these policies",
      "policies/shop.yml:1:1 tam: is not a setting; did you mean team?",
      "policies/shop.yml:3:3 policies.shop-dev: "shop-dev" is also the name of a policy at lamplighter.yml:6; give each its own",
      "policies/shop.yml:4:16 policies.shop-test.what: "region:" has no value. Write region:… with a value after the colon",
      "policies/shop.yml:4:33 policies.shop-test.when: "Mon-Fri 07:30-20:00" has no zone: write one after it, as in "Mon-Fri 07:30-20:00 Europe/Amsterdam", or as zone for all of this file",
      "policies/shop.yml:4:72 policies.shop-test.calendars[0]: "publik" is not a calendar; did you mean public?",
      "policies/shop.yml:4:81 policies.shop-test.how: should be stop, stop hard, scale to <size> or pause, but is "sleep"",
      "policies/shop.yml:5:14 policies.shop-ci.what: "tier=" has no value. Write a tag as key=value, for example env=dev",
      "policies/shop.yml:5:27 policies.shop-ci.when: "Mon-Fri 07:30-20:00" has no zone: write one after it, as in "Mon-Fri 07:30-20:00 Europe/Amsterdam", or as zone for all of this file",
      "policies/shop.yml:5:66 policies.shop-ci.calendars[0]: "publik" is not a calendar; did you mean public?",
      "policies/shop.yml:7:3 calendars.odd: "odd" is also the name of a calendar at lamplighter.yml:12; give each its own",
    ]
  `);
});

test('a zone that is none is told once', () => {
  const { violations } = readAll({
    'lamplighter.yml': main.replace('zone: Europe/Amsterdam', 'zone: Amsterdam, warn: 15'),
    'holidays.ics': holidays,
    'policies/data.yml': data.replace('zone: Europe/Lisbon', 'zone: Lisbon'),
  });
  expect(violations.map(String)).toEqual([
    'lamplighter.yml:9:14 schedules.zone: should be an IANA time zone such as Europe/Amsterdam, but is "Amsterdam". Did you mean Europe/Amsterdam?',
    'lamplighter.yml:9:31 schedules.warn: should be a duration such as 15m or 1h30m, from 0 s to 12 h, but is 15',
    'policies/data.yml:2:1 zone: should be an IANA time zone such as Europe/Amsterdam, but is "Lisbon". Did you mean Europe/Lisbon?',
  ]);
});

describe('a calendar', () => {
  const told = (calendars: string, files = {}) =>
    readAll({ 'lamplighter.yml': file(`calendars:\n${calendars}`), ...files }).violations.map((each) =>
      String(each).replace('lamplighter.yml:', ''),
    );

  test.each([
    ['  a: {}', '9:3 calendars.a: should have one of closed, open, freeze or file'],
    ['  a: { closed: [], open: [12-25] }', '9:8 calendars.a.closed: should be a list of days, at least one'],
    [
      '  a: { closed: 12-25 }',
      '9:8 calendars.a.closed: should be a list of days such as 2026-12-25 Christmas, 2026-12-24..2027-01-02 or 12-25 for every year, but is "12-25"',
    ],
    [
      '  a: { closed: [20261225] }',
      '9:17 calendars.a.closed[0]: should be a day such as 2026-12-25 Christmas, 2026-12-24..2027-01-02 or 12-25 for every year, but is 20261225',
    ],
    [
      '  a: { freeze: [12-32 Never] }',
      '9:17 calendars.a.freeze[0]: "12-32 Never" says 12-32, which is not a day of the calendar',
    ],
    [
      '  a: { open: [12-25], mode: open }',
      '9:23 calendars.a.mode: should be left out: the days are open already',
    ],
    [
      '  a: { file: holidays.csv }',
      '9:8 calendars.a.file: should be the path of an .ics file, but is "holidays.csv"',
    ],
    [
      '  a: { file: holidays.ics }',
      '9:8 calendars.a.file: "holidays.ics" is not there; it is looked for beside this file',
    ],
    ['  a: { file: holidays.ics, mod: open }', '9:28 calendars.a.mod: is not a setting; did you mean mode?'],
  ])('%s', (calendars, expected) => {
    expect(told(calendars)).toEqual([expected]);
  });

  test('that is broken is told with the reason', () => {
    expect(told('  a: { file: a.ics }', { 'a.ics': 'BEGIN:VCARD\r\nEND:VCARD' })).toEqual([
      '9:8 calendars.a.file: "a.ics" is not a calendar that can be read: it holds no VCALENDAR',
    ]);
  });

  test('of a file is closed, unless its mode says otherwise', () => {
    const modes = (text: string) =>
      readAll({ 'lamplighter.yml': file(`calendars: { a: ${text} }`), 'a.ics': holidays }).contents?.schedules
        .calendars[0]?.mode;
    expect(modes('{ file: a.ics }')).toBe('closed');
    expect(modes('{ file: a.ics, mode: freeze }')).toBe('freeze');
  });
});

describe('on disk', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'lamplighter-policies-'));
  afterAll(() => rmSync(cwd, { recursive: true }));
  const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
  const load = () => loadSettings({ env: {}, cwd, commands, now, slack: false });

  const refusal = () => {
    try {
      load();
    } catch (error) {
      if (error instanceof ConfigError) return error.violations.map(String);
    }
    return [];
  };

  test('files are found beside lamplighter.yml, and what they name beside them', () => {
    write('lamplighter.yml', main);
    write('holidays.ics', holidays);
    expect(load().settings.schedules.policies.map(({ name }) => name)).toEqual(['ops-nights']);
    mkdirSync(join(cwd, 'policies'));
    write('policies/b.yaml', shop);
    write('policies/a.yml', data);
    write('policies/README.md', 'ours');
    write('policies/.hidden.yml', '[');
    expect(load().settings.schedules.policies.map(({ place }) => place)).toEqual([
      'lamplighter.yml:13',
      'policies/a.yml:4',
      'policies/b.yaml:6',
      'policies/b.yaml:7',
    ]);
    write('policies/holidays.ics', holidays.replace('SUMMARY:Christmas', 'SUMMARY:Ours'));
    write('policies/c.yml', 'team: c\npolicies: {}\ncalendars: { ours: { file: holidays.ics } }');
    expect(Object.fromEntries(load().settings.schedules.calendars[2]?.days ?? [])).toEqual({
      '2026-12-25': 'Ours',
    });
  });

  test('a file that cannot be read, and one that is no YAML', () => {
    mkdirSync(join(cwd, 'policies/d.yml'));
    write('policies/e.yml', 'team: [');
    expect(refusal()).toEqual([
      expect.stringMatching(/^policies\/e\.yml:1:8 flow sequence/),
      expect.stringMatching(/^policies\/d\.yml cannot be read: EISDIR/),
    ]);
  });
});
