import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../../../src/core/schedule/calendar.ts';
import { courseFrom, firstClash } from '../../../../src/core/schedule/checking/clash.ts';
import { survey } from '../../../../src/core/schedule/checking/survey.ts';
import { standingOf } from '../../../../src/core/schedule/deciding/standing.ts';
import { together } from '../../../../src/core/schedule/deciding/together.ts';
import type { Dimming, Policy } from '../../../../src/core/schedule/model.ts';
import { everything } from '../../../../src/core/selector.ts';
import { policy, resource } from '../policies.ts';
import { timetable } from '../reading.ts';

/** A Wednesday, 18:40 in Amsterdam. */
const now = Date.parse('2026-11-25T17:40:00Z');
const web = resource('web-1', { env: 'dev' });
const others = resource('other', { env: 'prod' });

const read = (written: string, calendars: readonly Calendar[] = []) =>
  timetable(written, calendars, { defaultZone: 'Europe/Amsterdam' });

function pair(one: string, other: string, more: Partial<Policy> = {}): readonly Policy[] {
  return [
    policy('dev', ['env=dev'], { place: 'policies/dev.yml:4', timetable: read(one) }),
    policy('shop', ['web-*'], { place: 'policies/shop.yml:9', timetable: read(other), ...more }),
  ];
}

const both = 'dev and shop are both about web-1';

describe('two policies of one resource', () => {
  test.each<[string, string, string, string]>([
    [
      'of which one stops while the other wants it up',
      'Mon-Fri 07:30-20:00',
      'Mon-Fri 07:30-22:00',
      ': dev wants down at Wed 25 Nov 20:00 Europe/Amsterdam, when shop wants up; shop wins, since up goes before down, and it stays up',
    ],
    [
      'of which the second stops while the first wants it up',
      'Mon-Fri 07:30-22:00',
      'Mon-Fri 07:30-20:00',
      ': shop wants down at Wed 25 Nov 20:00 Europe/Amsterdam, when dev wants up; dev wins, since up goes before down, and it stays up',
    ],
    [
      'of which one is always up',
      'stop 20:00',
      'always',
      ': dev wants down at Wed 25 Nov 20:00 Europe/Amsterdam, when shop wants up; shop wins, since up goes before down, and it stays up',
    ],
    [
      'of which one never is up',
      'never',
      'Mon-Fri 07:30-20:00',
      ': dev wants down at Wed 25 Nov 18:40 Europe/Amsterdam, when shop wants up; shop wins, since up goes before down, and it stays up',
    ],
    [
      'of which one never is up, and the other is up later',
      'Sat 10:00-14:00',
      'never',
      ': dev wants up at Sat 28 Nov 10:00 Europe/Amsterdam, when shop wants down; dev wins, since up goes before down, and it is up then',
    ],
    [
      'of which one only starts, so that the other never stops',
      'stop 20:00',
      'Mon start 07:00',
      ': dev wants down at Wed 25 Nov 20:00 Europe/Amsterdam, when shop leaves it as it is; shop wins, since that goes before down, and it is not stopped',
    ],
    [
      'of which one ends at an instant at which the other begins',
      'daily 08:00-20:00',
      'daily 20:00-08:00',
      ': dev wants down at Wed 25 Nov 20:00 Europe/Amsterdam, when shop wants up; shop wins, since up goes before down, and it stays up',
    ],
    [
      'in different zones',
      '07:30-20:00 Europe/Amsterdam',
      '07:30-20:00 Europe/London',
      ': dev wants down at Wed 25 Nov 20:00 Europe/Amsterdam, when shop wants up; shop wins, since up goes before down, and it stays up',
    ],
    [
      'that disagree on one day of the year only',
      'Mon-Fri 07:30-20:00',
      'Mon-Fri 07:30-20:00, 2027-05-05 closed',
      ': dev wants up at Wed 5 May 07:30 Europe/Amsterdam, when shop wants down; dev wins, since up goes before down, and it is up then',
    ],
    [
      'that want different sizes',
      'daily 08:00-20:00 size 3',
      'daily 09:00-20:00 size 5',
      ': shop wants size 5 at Thu 26 Nov 09:00 Europe/Amsterdam, when dev wants size 3; shop wins, since its size began last, and it gets size 5',
    ],
    [
      'of which the first has the size that begins last',
      'daily 09:00-20:00 size 3',
      'daily 08:00-20:00 size 5',
      ': dev wants size 3 at Thu 26 Nov 09:00 Europe/Amsterdam, when shop wants size 5; dev wins, since its size began last, and it gets size 3',
    ],
    [
      'that want the same',
      'Mon-Fri 07:30-20:00',
      'weekdays 07:30 to 20:00',
      ' and want the same, so that one of them is enough',
    ],
    [
      'of which one begins earlier',
      'Mon-Fri 08:00-20:00',
      'Mon-Fri 07:30-20:00',
      ': shop wants up at Thu 26 Nov 07:30 Europe/Amsterdam, when dev wants down; shop wins, since up goes before down, and it is up then',
    ],
    [
      'of which one is always up and one never',
      'never',
      'always',
      ': dev wants down at Wed 25 Nov 18:40 Europe/Amsterdam, when shop wants up; shop wins, since up goes before down, and it stays up',
    ],
    [
      'that stop and start by turns',
      'stop 20:00',
      'stop 21:00',
      ' and do not get in each other’s way, so that both are followed',
    ],
    [
      'of which one has a size of its own',
      'daily 08:00-20:00',
      'daily 08:00-20:00 size 3',
      ' and do not get in each other’s way, so that both are followed',
    ],
  ])('%s', (_, one, other, verdict) => {
    expect(survey(pair(one, other), [web, others], now)).toEqual([
      { places: ['policies/dev.yml:4', 'policies/shop.yml:9'], sentence: `${both}${verdict}.` },
    ]);
  });
});

test('a freeze gets in nobody’s way', () => {
  const days = new Map(Array.from({ length: 5 }, (_, n) => [`2026-11-${26 + n}`, 'the peak'] as const));
  const peak: Calendar = { name: 'peak', mode: 'freeze', days };
  const [dev, shop] = pair('Thu-Mon 08:00-19:00', 'never');
  const [first, second] = [dev, shop].map((each, at) => ({
    ...(each as Policy),
    timetable: read(at === 0 ? 'daily 08:00-20:00' : 'daily 08:00-22:00', at === 0 ? [] : [peak]),
  }));
  const [odd] = survey(
    [first as Policy, second as Policy],
    [web, others],
    Date.parse('2026-11-25T22:00:00Z'),
  );
  expect(odd?.sentence).toContain(': dev wants down at Tue 1 Dec 20:00 Europe/Amsterdam, when shop wants up');
});

describe('what protects', () => {
  test('wins over another policy and says so, with both places', () => {
    expect(survey(pair('Mon-Fri 07:30-20:00', 'always', { protects: true }), [web, others], now)).toEqual([
      {
        places: ['policies/dev.yml:4', 'policies/shop.yml:9'],
        sentence: `${both}; shop wins, since it never stops what it is about, and dev does not stop it.`,
      },
    ]);
  });

  test('has nothing against what protects too', () => {
    const two = pair('always', 'always').map((each) => ({ ...each, protects: true }));
    expect(survey(two, [web, others], now)).toEqual([]);
  });
});

describe('two ways of bringing it down', () => {
  const group = (name: string, dimming: Dimming, what = everything) => ({ name, what: [what], dimming });

  test.each<[Dimming, Dimming, string]>([
    [{ act: 'stop' }, { act: 'scale', size: '1' }, 'dev says stop of web-1, and shop says scale to 1'],
    [
      { act: 'scale', size: '2' },
      { act: 'scale', size: '1' },
      'dev says scale to 2 of web-1, and shop says scale to 1',
    ],
    [{ act: 'stop', force: true }, { act: 'stop' }, 'dev says stop hard of web-1, and shop says stop'],
  ])('%j and %j', (one, other, sentence) => {
    const [dev, shop] = pair('daily 08:00-20:00', 'daily 08:00-20:00') as [Policy, Policy];
    const odd = survey(
      [
        { ...dev, groups: [group('all', one)] },
        { ...shop, groups: [group('all', other)] },
      ],
      [resource('web-1', { env: 'dev' }, { size: '2:16' }), others],
      now,
    );
    expect(odd.map((each) => each.sentence)).toEqual([
      `${both} and want the same, so that one of them is enough.`,
      `${sentence}: dev, which comes first, decides how.`,
    ]);
    expect(odd[1]?.places).toEqual(['policies/dev.yml:4', 'policies/shop.yml:9']);
  });
});

test('of many resources some are named, and each pair is told of once', () => {
  const many = Array.from({ length: 9 }, (_, n) => resource(`web-${n}`, { env: 'dev' }));
  const third = policy('all-web', ['web-*'], { place: 'policies/web.yml:2', timetable: read('always') });
  const told = survey([...pair('Mon-Fri 07:30-20:00', 'Mon-Fri 07:30-20:00'), third], [...many, others], now);
  expect(told.map(({ sentence }) => sentence.split(/ and want|: /)[0])).toEqual([
    'dev and shop are both about web-0, web-1, web-2 and 6 more',
    'dev and all-web are both about web-0, web-1, web-2 and 6 more',
    'shop and all-web are both about web-0, web-1, web-2 and 6 more',
  ]);
});

describe('a clash', () => {
  const quarter = 15 * 60_000;
  const days = fc.constantFrom('Mon-Fri', 'daily', 'Sat,Sun', 'Wed', 'Mon-Thu');
  const time = fc
    .integer({ min: 0, max: 95 })
    .map((n) => `${String(n >> 2).padStart(2, '0')}:${(n % 4) * 15 || '00'}`);
  const zone = fc.constantFrom('Europe/Amsterdam', 'Asia/Tokyo', 'Australia/Lord_Howe', 'UTC');
  const windows = fc
    .record({ days, from: time, until: time, zone })
    .filter(({ from, until }) => from !== until)
    .map(({ days, from, until, zone }) => read(`${days} ${from}-${until} ${zone}`));

  test('is there where one ever is up while the other is down, and then one of them says so', () => {
    fc.assert(
      fc.property(windows, windows, (one, other) => {
        const apart = Array.from({ length: 15 * 96 }, (_, n) => now + n * quarter).some(
          (at) => one.at(at).want !== other.at(at).want,
        );
        const [dev, shop] = [one, other].map((timetable, n) => policy(`p${n}`, [], { timetable })) as [
          Policy,
          Policy,
        ];
        const clash = firstClash(courseFrom(dev, now), courseFrom(shop, now));
        if (apart) expect(clash).toBeDefined();
        if (!clash) return;
        expect([clash.policy.timetable.at(clash.at).want, clash.other.timetable.at(clash.at).want]).toEqual([
          clash.want,
          clash.against,
        ]);
        expect(clash.want).not.toBe(clash.against);
        const standings = [dev, shop].map((each) => standingOf(each, undefined, clash.at));
        expect(together(standings, clash.at).want).toBe('up');
      }),
      { numRuns: 60 },
    );
  });
});

test('of too many pairs the first are compared, and the others counted', () => {
  const many = Array.from({ length: 47 }, (_, n) =>
    policy(`p${n}`, ['env=dev'], { timetable: read('always') }),
  );
  const told = survey(many, [web, others], now);
  expect(told).toHaveLength(1001);
  expect(told.at(-1)).toEqual({
    places: [],
    sentence: '81 more pairs of policies are about the same resources.',
  });
});

test('what is asked about is told of, with those that it has to do with', () => {
  const [dev, shop] = pair('always', 'always') as [Policy, Policy];
  const old = policy('old', ['env=test']);
  const apart = policy('prod', ['other'], { timetable: read('always') });
  const twin = policy('twin', ['other'], { timetable: read('always') });
  const told = survey([dev, shop, old, apart, twin], [web, others], now, [dev, old]);
  expect(told.map(({ sentence }) => sentence)).toEqual([
    'old means nothing that I can see.',
    `${both} and want the same, so that one of them is enough.`,
  ]);
});
