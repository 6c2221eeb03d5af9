import { describe, expect, test } from 'vitest';
import type { Target } from '../../../../src/core/target.ts';
import { showEdges } from '../reading.ts';
import { day, problemsOf, theirs, timetableOf } from './reading.ts';

const edges = (
  values: Readonly<Record<string, string>>,
  from: string,
  to: string,
  other: Partial<Target> = {},
) =>
  showEdges(
    timetableOf(theirs(values), { region: 'uk-london-1', ...other }),
    `${from}T00:00Z`,
    `${to}T00:00Z`,
  );

describe('what the README of OCI-AutoScale says', () => {
  test('a wildcard leaves the resource to people by day, and the evening switches it off', () => {
    const anyDay = '0,0,0,0,0,0,0,0,*,*,*,*,*,*,*,*,0,0,0,0,0,0,0,0';
    expect(edges({ AnyDay: anyDay }, '2026-11-25', '2026-11-27')).toEqual([
      'Wed 25 Nov 08:00 any',
      'Wed 25 Nov 16:00 down',
      'Thu 26 Nov 08:00 any',
      'Thu 26 Nov 16:00 down',
    ]);
  });

  test('0 is off, and any number above it on', () => {
    expect(edges({ AnyDay: day('0x8 1x10 0x6') }, '2026-11-25', '2026-11-26')).toEqual([
      'Wed 25 Nov 08:00 up',
      'Wed 25 Nov 18:00 down',
    ]);
    expect(edges({ AnyDay: day('0x8 3x10 0x6') }, '2026-11-25', '2026-11-26')).toEqual([
      'Wed 25 Nov 08:00 up',
      'Wed 25 Nov 18:00 down',
    ]);
  });

  test('where a service can be scaled, the number is the size', () => {
    const values = { AnyDay: day('0x8 2x4 4x6 2x2 0x4') };
    const sizes = [
      'Wed 25 Nov 08:00 size 2',
      'Wed 25 Nov 12:00 size 4',
      'Wed 25 Nov 18:00 size 2',
      'Wed 25 Nov 20:00 down',
    ];
    for (const kind of ['instance-pool', 'autonomous-database', 'analytics', 'vm-cluster'] as const)
      expect(edges(values, '2026-11-25', '2026-11-26', { kind })).toEqual(sizes);
    for (const kind of ['mysql', 'integration', 'db-system', 'node-pool', 'container-instance'] as const)
      expect(edges(values, '2026-11-25', '2026-11-26', { kind })).toEqual([
        'Wed 25 Nov 08:00 up',
        'Wed 25 Nov 20:00 down',
      ]);
    expect(
      edges(values, '2026-11-25', '2026-11-26', { kind: 'db-system', refuses: { stop: 'bare' } }),
    ).toEqual(sizes);
    const bands = { AnyDay: day('10x8 400x12 10x4') };
    expect(edges(bands, '2026-11-25', '2026-11-26', { kind: 'load-balancer' })).toEqual([
      'Wed 25 Nov 08:00 size 400-400',
      'Wed 25 Nov 20:00 size 10-10',
    ]);
  });

  test('a flexible instance takes OCPUs and memory', () => {
    expect(edges({ AnyDay: day('0x8 (4:32)x10 (2.0:16)x2 0x4') }, '2026-11-25', '2026-11-26')).toEqual([
      'Wed 25 Nov 08:00 size 4:32',
      'Wed 25 Nov 18:00 size 2:16',
      'Wed 25 Nov 20:00 down',
    ]);
  });

  test('a weekend or weekday goes before any day, and a day of the week before both', () => {
    const values = {
      AnyDay: day('1x24'),
      WeekDay: day('0x8 1x10 0x6'),
      Weekend: day('0x24'),
      Wednesday: day('0x9 1x3 0x12'),
      Sunday: day('0x23 1'),
    };
    expect(edges(values, '2026-11-24', '2026-12-01')).toEqual([
      'Tue 24 Nov 08:00 up',
      'Tue 24 Nov 18:00 down',
      'Wed 25 Nov 09:00 up',
      'Wed 25 Nov 12:00 down',
      'Thu 26 Nov 08:00 up',
      'Thu 26 Nov 18:00 down',
      'Fri 27 Nov 08:00 up',
      'Fri 27 Nov 18:00 down',
      'Sun 29 Nov 23:00 up',
      'Mon 30 Nov 00:00 down',
      'Mon 30 Nov 08:00 up',
      'Mon 30 Nov 18:00 down',
    ]);
  });

  test('the Nth weekday goes before the weekday, and a day of the month before all', () => {
    const values = {
      Saturday: day('0x24'),
      Saturday1: day('0x10 1x4 0x10'),
      DayOfMonth: '1:1,14:1,31:0',
      AnyDay: day('0x24'),
    };
    // 1 August 2026 is a Saturday
    expect(edges(values, '2026-07-31', '2026-09-06')).toEqual([
      'Sat 1 Aug 00:00 up',
      'Sun 2 Aug 00:00 down',
      'Fri 14 Aug 00:00 up',
      'Sat 15 Aug 00:00 down',
      'Tue 1 Sep 00:00 up',
      'Wed 2 Sep 00:00 down',
      'Sat 5 Sep 10:00 up',
      'Sat 5 Sep 14:00 down',
    ]);
  });

  test('a day of the month has one value for all of its hours', () => {
    const values = { DayOfMonth: '1:4,3:2,28:4' };
    expect(edges(values, '2026-11-01', '2026-11-30', { kind: 'instance-pool' })).toEqual([
      'Mon 2 Nov 00:00 any',
      'Tue 3 Nov 00:00 size 2',
      'Wed 4 Nov 00:00 any',
      'Sat 28 Nov 00:00 size 4',
      'Sun 29 Nov 00:00 any',
    ]);
  });

  test('a day of which no tag says anything is left as it is', () => {
    expect(edges({ WeekDay: day('0x8 1x10 0x6') }, '2026-11-27', '2026-12-01')).toEqual([
      'Fri 27 Nov 08:00 up',
      'Fri 27 Nov 18:00 down',
      'Sat 28 Nov 00:00 any',
      'Mon 30 Nov 00:00 down',
      'Mon 30 Nov 08:00 up',
      'Mon 30 Nov 18:00 down',
    ]);
  });

  test('what follows # is a comment, and blanks are none of the values', () => {
    const written = `${day('0x8 1x10 0x6').replaceAll(',', ' , ')} # office hours, 9 to 5`;
    expect(edges({ AnyDay: written, DayOfMonth: '26:0 #audit' }, '2026-11-25', '2026-11-28')).toEqual([
      'Wed 25 Nov 08:00 up',
      'Wed 25 Nov 18:00 down',
      'Fri 27 Nov 08:00 up',
      'Fri 27 Nov 18:00 down',
    ]);
  });

  test('times are those of the region, summer and winter', () => {
    const tags = theirs({ AnyDay: day('0x8 1x10 0x6') });
    const frankfurt = timetableOf(tags);
    expect(frankfurt.zone).toBe('Europe/Berlin');
    const instants = (from: string, to: string) =>
      frankfurt
        .edges(Date.parse(from), Date.parse(to))
        .map(({ at }) => new Date(at).toISOString().slice(0, 16));
    expect(instants('2026-07-01T00:00Z', '2026-07-02T00:00Z')).toEqual([
      '2026-07-01T06:00',
      '2026-07-01T16:00',
    ]);
    expect(instants('2026-12-01T00:00Z', '2026-12-02T00:00Z')).toEqual([
      '2026-12-01T07:00',
      '2026-12-01T17:00',
    ]);
    const nowhere = timetableOf(tags, { region: 'xx-nowhere-1' });
    expect(nowhere.zone).toBe('UTC');
    expect(nowhere.text).toMatch(/^Schedule\.AnyDay: 0,.*,0 \(UTC, since I know no zone of xx-nowhere-1\)$/);
  });

  test('an edge names the tag that wants it', () => {
    const tags = theirs({ AnyDay: day('0x8 1x10 *x6'), DayOfMonth: '26:0' });
    expect(
      timetableOf(tags)
        .edges(Date.parse('2026-11-25T00:00Z'), Date.parse('2026-11-27T00:00Z'))
        .map(({ because }) => because),
    ).toEqual(['Schedule.AnyDay says on', 'Schedule.AnyDay says *', 'Schedule.DayOfMonth 26 says off']);
  });
});

describe('what cannot be read', () => {
  test.each<[Readonly<Record<string, string>>, string, Partial<Target>?]>([
    [
      { AnyDay: day('0x25') },
      'Schedule.AnyDay has 25 values, and a day has 24 hours. Write 24 values with commas between them, the first for 00:00.',
    ],
    [
      { Monday: day('0x23') },
      'Schedule.Monday has 23 values, and a day has 24 hours. Write 24 values with commas between them, the first for 00:00.',
    ],
    [
      { AnyDay: '0' },
      'Schedule.AnyDay has 1 value, and a day has 24 hours. Write 24 values with commas between them, the first for 00:00.',
    ],
    [
      { AnyDay: `${day('0x24')},` },
      'Schedule.AnyDay has 25 values, and a day has 24 hours. Write 24 values with commas between them, the first for 00:00.',
    ],
    [
      { AnyDay: ' ' },
      'Schedule.AnyDay is empty. Write 24 values with commas between them, the first for 00:00.',
    ],
    [
      { AnyDay: '#1,1' },
      'Schedule.AnyDay is empty. Write 24 values with commas between them, the first for 00:00.',
    ],
    [
      { AnyDay: day('0x7 x 0x16') },
      'Schedule.AnyDay for 07:00 says "x", which is no value. Write 0 for off, a number for on or for a size, (ocpus:memory), or * to leave it as it is.',
    ],
    [
      { AnyDay: day('0x7 -1 0x16') },
      'Schedule.AnyDay for 07:00 says "-1", which is no value. Write 0 for off, a number for on or for a size, (ocpus:memory), or * to leave it as it is.',
    ],
    [
      { WeekDay: `${day('0x23')},` },
      'Schedule.WeekDay for 23:00 says nothing. Write 0 for off, a number for on or for a size, (ocpus:memory), or * to leave it as it is.',
    ],
    [
      { AnyDay: day('0x23 5000') },
      'Schedule.AnyDay for 23:00 says 5000, which no instance pool can have. Write instances, such as 3.',
      { kind: 'instance-pool' },
    ],
    [
      { AnyDay: day('0x23 (2:16)') },
      'Schedule.AnyDay for 23:00 says (2:16), and only compute instances have such sizes. Write whole numbers of OCPUs and GB of memory, such as (2:16), and elsewhere one number.',
      { kind: 'mysql' },
    ],
    [
      { AnyDay: day('1x23 (0:16)') },
      'Schedule.AnyDay for 23:00 says (0:16), which no compute instance can have. Write whole numbers of OCPUs and GB of memory, such as (2:16), and elsewhere one number.',
    ],
    [
      { AnyDay: day('10x23 0') },
      'Schedule.AnyDay for 23:00 says 0, and no load balancer can be switched off. Write * to leave it as it is then.',
      { kind: 'load-balancer' },
    ],
    [
      { DayOfMonth: '1,2' },
      'Schedule.DayOfMonth says "1", which is no day with its value. Write days with their values, such as 1:4,28:0.',
    ],
    [
      { DayOfMonth: '32:1' },
      'Schedule.DayOfMonth says 32, and no month has such a day. Write days with their values, such as 1:4,28:0.',
    ],
    [
      { DayOfMonth: '3:x' },
      'Schedule.DayOfMonth for day 3 says "x", which is no value. Write 0 for off, a number for on or for a size, (ocpus:memory), or * to leave it as it is.',
    ],
    [{ DayOfMonth: '' }, 'Schedule.DayOfMonth is empty. Write days with their values, such as 1:4,28:0.'],
    [
      { Weekday: day('0x24') },
      'Schedule.Weekday is no key of OCI-AutoScale, which heeds capitals too. Did you mean Schedule.WeekDay?',
    ],
    [
      { anyday: day('0x24') },
      'Schedule.anyday is no key of OCI-AutoScale, which heeds capitals too. Did you mean Schedule.AnyDay?',
    ],
    [
      { Mondy: day('0x24') },
      'Schedule.Mondy is no key of OCI-AutoScale, which heeds capitals too. Did you mean Schedule.Monday?',
    ],
    [
      { Monday6: day('0x24') },
      'Schedule.Monday6 is no key of OCI-AutoScale, which heeds capitals too. No month has such a day; Schedule.Monday5 is the last.',
    ],
    [
      { saturday2: day('0x24') },
      'Schedule.saturday2 is no key of OCI-AutoScale, which heeds capitals too. Did you mean Schedule.Saturday2?',
    ],
    [{}, 'nothing'],
    [{ Override: 'blue' }, 'nothing'],
    [{ Owner: 'ana', Team: 'shop' }, 'nothing'],
  ])('%j', (values, problem, other = {}) => {
    expect(problemsOf(theirs(values), other)[0]).toBe(problem);
  });

  test('everything wrong is told at once, and nothing is followed by halves', () => {
    const values = { AnyDay: day('0x24'), Monday: day('x 0x22 y'), DayOfMonth: '40:1,z', Wekend: '1' };
    expect(problemsOf(theirs(values))).toHaveLength(5);
  });

  test('keys that were not meant for it count for nothing', () => {
    expect(problemsOf(theirs({ AnyDay: day('0x24'), Owner: 'ana', Override: 'x' }))).toEqual([]);
  });
});
