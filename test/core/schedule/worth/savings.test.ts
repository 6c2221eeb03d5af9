import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  beginningOfMonth,
  type Dark,
  type Night,
  savedOf,
} from '../../../../src/core/schedule/worth/savings.ts';

const utc = (text: string) => Date.parse(`${text}:00Z`);
const prices = { currency: 'EUR', source: 'configuration' } as const;
const evening = utc('2026-11-25T19:00');
const morning = utc('2026-11-26T07:00');
const night: Night = { darks: [], from: evening, to: morning, now: evening, zone: 'UTC', prices };
const off = (from: string, to?: string, perHour: number | undefined = 1, ocid = 'web'): Dark => ({
  ocid,
  from: utc(from),
  ...(to ? { to: utc(to) } : {}),
  ...(perHour === undefined ? {} : { perHour }),
});
const saved = (darks: readonly Dark[], more: Partial<Night> = {}) => savedOf({ ...night, ...more, darks });

describe('tonight', () => {
  test.each<[string, readonly Dark[], Partial<Night>, number]>([
    ['of nothing is worth nothing', [], {}, 0],
    ['lasts to the next edge up', [off('2026-11-25T19:00')], {}, 12],
    ['of what stopped later is shorter', [off('2026-11-25T22:00')], {}, 9],
    ['of what was off before begins at its edge', [off('2026-11-25T12:00')], {}, 12],
    ['ends where it was started again', [off('2026-11-25T19:00', '2026-11-25T21:30')], {}, 2.5],
    ['adds resources', [off('2026-11-25T19:00'), off('2026-11-25T19:00', undefined, 2, 'api')], {}, 36],
    ['adds stretches', [off('2026-11-25T19:00', '2026-11-25T20:00'), off('2026-11-25T22:00')], {}, 10],
    ['counts once what two stretches say', [off('2026-11-25T19:00'), off('2026-11-25T20:00')], {}, 12],
    [
      'takes the dearer of two that overlap',
      [off('2026-11-25T19:00'), off('2026-11-25T20:00', '2026-11-25T21:00', 3)],
      {},
      14,
    ],
    ['of the day after is not tonight', [off('2026-11-26T19:00')], {}, 0],
    [
      'over the end of summer time is an hour longer',
      [off('2026-10-24T17:00')],
      {
        from: utc('2026-10-24T17:00'),
        to: utc('2026-10-25T06:00'),
        zone: 'Europe/Amsterdam',
      },
      13,
    ],
  ])('%s', (_, darks, more, expected) => expect(saved(darks, more).tonight).toBeCloseTo(expected, 9));
});

test('a night that has no end counts to now', () => {
  const { to: _, ...endless } = night;
  const now = utc('2026-11-25T20:00');
  expect(savedOf({ ...endless, now, darks: [off('2026-11-25T19:00')] }).tonight).toBe(1);
});

describe('the month so far', () => {
  test.each<[string, readonly Dark[], Partial<Night>, number]>([
    ['counts what is off up to now', [off('2026-11-25T19:00')], { now: utc('2026-11-25T20:00') }, 1],
    ['begins at its first midnight', [off('2026-10-31T20:00', '2026-11-01T07:00')], {}, 7],
    [
      'begins when the zone says so',
      [off('2026-10-31T20:00', '2026-11-01T07:00')],
      { zone: 'Europe/Amsterdam' },
      8,
    ],
    [
      'begins when the zone says so, west of it',
      [off('2026-11-01T00:00', '2026-11-01T07:00')],
      { zone: 'America/Los_Angeles' },
      0,
    ],
    [
      'of a month in which the clocks were set back is an hour longer',
      [off('2026-09-30T22:00', '2026-10-31T23:00')],
      { zone: 'Europe/Amsterdam', now: utc('2026-10-31T22:30') },
      31 * 24 + 0.5,
    ],
    ['of what was over before is nothing', [off('2026-10-01T00:00', '2026-10-30T00:00')], {}, 0],
    ['is the new one right after midnight', [off('2026-11-30T19:00')], { now: utc('2026-12-01T00:30') }, 0.5],
    ['does not count what is to come', [off('2026-11-25T19:00', '2026-11-26T07:00')], {}, 0],
  ])('%s', (_, darks, more, expected) => expect(saved(darks, more).monthToDate).toBeCloseTo(expected, 9));

  test.each([
    ['UTC', '2026-03-31T23:59', '2026-03-01T00:00'],
    ['Australia/Lord_Howe', '2026-04-05T12:00', '2026-03-31T13:00'],
    // The clocks were set forward at midnight: the first moment of that month was 01:00.
    ['America/Asuncion', '2023-10-08T12:00', '2023-10-01T04:00'],
    ['Africa/Casablanca', '2026-03-20T12:00', '2026-03-01T00:00'],
    ['Pacific/Kiritimati', '2026-01-31T10:00', '2026-01-31T10:00'],
  ])('in %s at %s began at %s', (zone, now, began) => {
    expect(new Date(beginningOfMonth(zone, utc(now))).toISOString().slice(0, 16)).toBe(began);
  });
});

describe('what has no price', () => {
  const unpriced = (from: string, ocid: string, to?: string) => ({
    ocid,
    from: utc(from),
    ...(to ? { to: utc(to) } : {}),
  });

  test('is counted, each resource once', () => {
    const darks = [
      unpriced('2026-11-24T19:00', 'db', '2026-11-25T07:00'),
      unpriced('2026-11-25T19:00', 'db'),
      unpriced('2026-11-25T19:00', 'pool'),
      off('2026-11-25T19:00'),
    ];
    expect(saved(darks)).toEqual({ ...prices, tonight: 12, monthToDate: 0, unpriced: 2 });
  });

  test('is not counted where it has one by now, nor where it was off in other months only', () => {
    const darks = [
      unpriced('2026-11-24T19:00', 'web', '2026-11-25T07:00'),
      off('2026-11-25T19:00'),
      unpriced('2026-08-01T19:00', 'gone', '2026-08-02T07:00'),
    ];
    expect(saved(darks).unpriced).toBe(0);
  });

  test('is not what saves nothing', () => {
    expect(saved([off('2026-11-25T19:00', undefined, 0)])).toMatchObject({ tonight: 0, unpriced: 0 });
  });
});

describe('savings', () => {
  const hour = 3_600_000;
  const dark = fc
    .record({
      ocid: fc.constantFrom('a', 'b', 'c'),
      from: fc.integer({ min: -900, max: 24 }),
      hours: fc.option(fc.integer({ min: 0, max: 48 }), { nil: undefined }),
      perHour: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
    })
    .map(
      ({ ocid, from, hours, perHour }): Dark => ({
        ocid,
        from: evening + from * hour,
        ...(hours === undefined ? {} : { to: evening + (from + hours) * hour }),
        ...(perHour === undefined ? {} : { perHour }),
      }),
    );
  const zone = fc.constantFrom('UTC', 'Europe/Amsterdam', 'Australia/Lord_Howe', 'America/Havana');

  test('are those of one resource and of another, added up', () => {
    fc.assert(
      fc.property(fc.array(dark), zone, (darks, zone) => {
        const all = saved(darks, { zone });
        const parts = ['a', 'b', 'c'].map((each) =>
          saved(
            darks.filter(({ ocid }) => ocid === each),
            { zone },
          ),
        );
        const total = (key: 'tonight' | 'monthToDate' | 'unpriced') =>
          parts.reduce((sum, part) => sum + part[key], 0);
        expect(all.tonight).toBeCloseTo(total('tonight'), 6);
        expect(all.monthToDate).toBeCloseTo(total('monthToDate'), 6);
        expect(all.unpriced).toBe(total('unpriced'));
      }),
    );
  });

  test('are never negative, do not depend on the order and do not grow by repetition', () => {
    fc.assert(
      fc.property(fc.array(dark), zone, (darks, zone) => {
        const all = saved(darks, { zone });
        expect(Math.min(all.tonight, all.monthToDate)).toBeGreaterThanOrEqual(0);
        for (const others of [darks.toReversed(), [...darks, ...darks]]) {
          const again = saved(others, { zone });
          expect(again.tonight).toBeCloseTo(all.tonight, 6);
          expect(again.monthToDate).toBeCloseTo(all.monthToDate, 6);
          expect(again.unpriced).toBe(all.unpriced);
        }
      }),
    );
  });

  test('do not shrink while time goes by within a month', () => {
    fc.assert(
      fc.property(fc.array(dark), fc.nat(24 * 5), (darks, hours) => {
        const later = saved(darks, { now: evening + hours * hour }).monthToDate;
        expect(later).toBeGreaterThanOrEqual(saved(darks).monthToDate - 1e-6);
      }),
    );
  });
});
