import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../../../src/core/schedule/calendar.ts';
import { nextChange } from '../../../../src/core/schedule/clock/offsets.ts';
import { readTimetable } from '../../../../src/core/schedule/language/timetable.ts';
import type { Timetable, Want } from '../../../../src/core/schedule/model.ts';
import { shownMinute, zones } from '../clock.ts';
import { type Made, onces, reached, wanted, windows } from '../oracle.ts';
import { problems, timetable } from '../reading.ts';

const day = 86_400_000;
const start = Date.UTC(2024, 0, 1);
const zone = fc.constantFrom(...zones);
const made = (each: fc.Arbitrary<Made>, most = 4) => fc.array(each, { minLength: 1, maxLength: most });
const anyMade = made(fc.oneof(windows, windows, onces));
const moment = fc.integer({ min: 0, max: 4 * 365 * 1440 }).map((minutes) => start + minutes * 60_000);

/** Moments near the settings of a zone's clocks more often than others. */
const places = fc
  .tuple(zone, moment, fc.boolean(), fc.integer({ min: -2000, max: 2000 }))
  .map(([zone, at, near, off]) => {
    const set = near ? nextChange(zone, at, at + 400 * day) : undefined;
    return { zone, at: set === undefined ? at : set + off * 60_000 };
  });

const shown = (want: Want) => (typeof want === 'object' ? `size ${want.size}` : want);
const textsOf = (all: readonly Made[]) => all.map(({ text }) => text);
const timetableOf = (all: readonly Made[], zone: string, calendars: readonly Calendar[] = []) =>
  timetable(textsOf(all), calendars, { defaultZone: zone });

const calendars = fc.array(
  fc.record({
    name: fc.constant('days'),
    mode: fc.constantFrom('closed' as const, 'open' as const, 'freeze' as const),
    days: fc
      .array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 })
      .map(
        (all) =>
          new Map(all.map((each) => [new Date(start + each * day).toISOString().slice(0, 10), 'a day'])),
      ),
  }),
  { maxLength: 2 },
);

describe('what is wanted', () => {
  test('is what the platform’s clocks and a plain reading say', () => {
    fc.assert(
      fc.property(made(windows), places, (all, { zone, at }) => {
        const plain = wanted(all, reached(zone, at));
        fc.pre(plain !== 'any of some sizes');
        expect(shown(timetableOf(all, zone).at(at).want)).toBe(plain);
      }),
      { numRuns: 600 },
    );
  });

  test('turns where they say that it turns, minute by minute', () => {
    fc.assert(
      fc.property(made(windows, 3), places, (all, { zone, at }) => {
        const from = at - 600 * 60_000;
        let clocks = reached(zone, from);
        let want = wanted(all, clocks);
        const turns: string[] = [];
        for (let minute = from + 60_000; minute <= at; minute += 60_000) {
          clocks = Math.max(clocks, shownMinute(zone, minute));
          const next = wanted(all, clocks);
          fc.pre(next !== 'any of some sizes');
          if (next !== want) turns.push(`${new Date(minute).toISOString()} ${next}`);
          want = next;
        }
        const edges = timetableOf(all, zone).edges(from, at);
        expect(edges.map((edge) => `${new Date(edge.at).toISOString()} ${shown(edge.want)}`)).toEqual(turns);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a union', () => {
  const want = (written: readonly string[], zone: string, at: number) =>
    shown(timetable(written, [], { defaultZone: zone }).at(at).want);

  test('is the same in whatever order, however put together, and however often', () => {
    fc.assert(
      fc.property(anyMade, places, (all, { zone, at }) => {
        const texts = textsOf(all.filter(({ size }) => size === undefined));
        fc.pre(texts.length > 0);
        const once = want(texts, zone, at);
        expect(want(texts.toReversed(), zone, at)).toBe(once);
        expect(want([...texts, ...texts], zone, at)).toBe(once);
        expect(want([texts.join(', ')], zone, at)).toBe(once);
        expect(want([texts.slice(0, 1).join(', '), ...texts.slice(1)], zone, at)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });

  test('of what knows equally much of a day is up where one of them is', () => {
    fc.assert(
      fc.property(windows, windows, places, (one, other, { zone, at }) => {
        fc.pre(one.rank === other.rank);
        const isUp = (...each: Made[]) => timetableOf(each, zone).at(at).want !== 'down';
        expect(isUp(one, other)).toBe(isUp(one) || isUp(other));
      }),
      { numRuns: 500 },
    );
  });

  test('over zones is up where one of them is', () => {
    fc.assert(
      fc.property(windows, windows, zone, places, (one, other, elsewhere, { zone, at }) => {
        fc.pre(zone !== elsewhere);
        const both = timetable([`${one.text} ${zone}`, `${other.text} ${elsewhere}`]);
        const isUp = ({ at: wanted }: Timetable) => wanted(at).want !== 'down';
        expect(isUp(both)).toBe(isUp(timetableOf([one], zone)) || isUp(timetableOf([other], elsewhere)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('edges', () => {
  const span = fc.tuple(
    places,
    fc.integer({ min: 0, max: 90 * 1440 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );

  test('of two stretches are those of both in one: how often one looks makes no difference', () => {
    fc.assert(
      fc.property(anyMade, calendars, span, (all, kept, [{ zone, at }, minutes, share]) => {
        const until = at + minutes * 60_000;
        const between = Math.round(at + (until - at) * share);
        const whole = timetableOf(all, zone, kept).edges(at, until);
        const parts = timetableOf(all, zone, kept);
        expect([...parts.edges(at, between), ...parts.edges(between, until)]).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  test('stand in order, no two at one instant, each within its stretch', () => {
    fc.assert(
      fc.property(anyMade, calendars, span, (all, kept, [{ zone, at }, minutes]) => {
        const until = at + minutes * 60_000;
        const moments = timetableOf(all, zone, kept)
          .edges(at, until)
          .map((edge) => edge.at);
        expect(moments).toEqual([...new Set(moments)].toSorted((a, b) => a - b));
        for (const each of moments) expect(each > at && each <= until).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  test('bring about what is wanted: it is what the last one wants, one-sided times and freezes apart', () => {
    fc.assert(
      fc.property(made(windows), calendars, places, (all, kept, { zone, at }) => {
        const table = timetableOf(all, zone, kept);
        const now = table.at(at);
        fc.pre(!now.because.startsWith('frozen'));
        const last = table.edges(at - 400 * day, at).at(-1);
        fc.pre(last !== undefined);
        expect(shown(now.want)).toBe(shown(last?.want ?? 'any'));
        expect(now.since).toBe(last?.at);
        expect(now.until).toBe(table.edges(at, at + 400 * day).at(0)?.at);
      }),
      { numRuns: 200 },
    );
  });

  test('change something, unless they are one-sided', () => {
    fc.assert(
      fc.property(made(windows), calendars, places, (all, kept, { zone, at }) => {
        const wants = timetableOf(all, zone, kept)
          .edges(at, at + 60 * day)
          .map(({ want }) => shown(want));
        for (const [index, want] of wants.entries()) expect(want).not.toBe(wants[index - 1]);
      }),
      { numRuns: 100 },
    );
  });

  test('fall on the minute that is written, but for those that the clocks skip', () => {
    fc.assert(
      fc.property(anyMade, places, (all, { zone, at }) => {
        const written = new Set(
          all.flatMap(({ from, until }) => [from, ...(until === undefined ? [] : [until % 1440])]),
        );
        for (const edge of timetableOf(all, zone).edges(at - 2 * day, at + 2 * day)) {
          const set = nextChange(zone, edge.at - 1, edge.at + 1) !== undefined;
          const minute = shownMinute(zone, edge.at) % 1440;
          if (!set) expect([...written]).toContain(minute);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('of one-sided times are there every day that they are written for, even when the clocks are set', () => {
    fc.assert(
      fc.property(onces, places, (once, { zone, at }) => {
        const days = Array.from({ length: 20 }, (_, index) => Math.floor(at / day) + index);
        const found = timetableOf([once], zone).edges(
          (days[0] ?? 0) * day - 2 * day,
          (days.at(-1) ?? 0) * day + 3 * day,
        );
        const first = shownMinute(zone, (days[0] ?? 0) * day - 2 * day) / 1440;
        const last = shownMinute(zone, (days.at(-1) ?? 0) * day + 3 * day) / 1440;
        const meant = Array.from({ length: 30 }, (_, index) => Math.floor(first) + index).filter(
          (each) => once.on(each) && each + once.from / 1440 > first && each + once.from / 1440 <= last,
        );
        expect(found).toHaveLength(meant.length);
      }),
      { numRuns: 300 },
    );
  });
});

test('a frozen day has no edges, and afterwards all is as if it had not been', () => {
  fc.assert(
    fc.property(made(windows), zone, calendars, (all, zone, kept) => {
      const frozen = kept.filter(({ mode }) => mode === 'freeze');
      const table = timetableOf(all, zone, frozen);
      const free = timetableOf(all, zone);
      for (let at = start; at < start + 45 * day; at += 7 * 3_600_000) {
        const now = table.at(at);
        if (!now.because.startsWith('frozen')) expect(now.want).toEqual(free.at(at).want);
        else expect(table.edges(now.since ?? 0, (now.until ?? 0) - 1)).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
});

describe('whatever is written', () => {
  const word = fc.oneof(
    fc.constantFrom(
      ...'Mon Fri-Mon weekdays daily 1st last day on 31 28-30 start stop 07:30 20:00 24:00 7:3 25:00'.split(
        ' ',
      ),
    ),
    fc.constantFrom(
      ...'07:30-20:00 22:00-06:00 08:00-08:00 closed open freeze always never size 3 , ; and to - ..'.split(
        ' ',
      ),
    ),
    fc.constantFrom(
      ...'cron(0 7 * * 1-5)|cron(|2026-12-24|2026-12-24..2027-01-02|2026-12-01T08:00..2026-12-01T18:00'.split(
        '|',
      ),
    ),
    fc.constantFrom('UTC', 'Europe/Amsterdam', 'Europe/Nowhere', 'CET', '+01:00', '\u2013', '\u2026'),
    fc.string({ maxLength: 6 }),
  );

  test('is read or told of, and what is read works', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        const read = readTimetable(words.join(' '), [], { defaultZone: 'Europe/Amsterdam' });
        if ('problems' in read) {
          expect(read.problems.length).toBeGreaterThan(0);
          for (const { sentence, hint } of read.problems)
            expect(`${sentence} ${hint}`).not.toMatch(/undefined|NaN/);
        } else {
          const { until } = read.value.at(start);
          const [first] = read.value.edges(start, start + 400 * day);
          if (first) expect(until).toBe(first.at);
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('however long it is', () => {
    for (const long of ['x'.repeat(200_000), 'Mon '.repeat(20_000), ', '.repeat(50_000), '-'.repeat(100_000)])
      expect(problems(`${long} 08:00-09:00 Nowhere/${long.slice(0, 100_000)}`).length).toBeGreaterThan(0);
  });
});
