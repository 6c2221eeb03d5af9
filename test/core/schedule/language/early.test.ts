import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { early } from '../../../../src/core/schedule/language/early.ts';
import { readTimetable } from '../../../../src/core/schedule/language/timetable.ts';
import type { Timetable } from '../../../../src/core/schedule/model.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

function timetable(written: string): Timetable {
  const read = readTimetable(written);
  if (!('value' in read)) throw new Error(read.problems.map(({ sentence }) => sentence).join(' '));
  return read.value;
}

const thursday = Date.parse('2026-11-26T00:00:00+01:00');
const times = (table: Timetable, days = 1) =>
  table
    .edges(thursday, thursday + days * day)
    .map(({ at, want }) => `${new Date(at + hour).toISOString().slice(11, 16)} ${String(want)}`);

describe('a window that is begun early', () => {
  test('begins before its time and ends at it', () => {
    const table = early(timetable('Mon-Fri 07:30-19:00 Europe/Amsterdam'), 10 * minute);
    expect(times(table)).toEqual(['07:20 up', '19:00 down']);
    expect(table.edges(thursday, thursday + day)[0]?.because).toBe(
      'the window Mon-Fri 07:30-19:00 begins at 07:30',
    );
  });

  test('says at each moment what its edges say', () => {
    const table = early(timetable('Mon-Fri 07:30-19:00 Europe/Amsterdam'), 10 * minute);
    const at = (time: string) => table.at(Date.parse(`2026-11-26T${time}:00+01:00`));
    const iso = (moment: number | undefined) =>
      moment ? new Date(moment + hour).toISOString().slice(5, 16) : '';
    expect(at('07:19')).toMatchObject({ want: 'down' });
    expect(iso(at('07:19').until)).toBe('11-26T07:20');
    expect(at('07:20')).toMatchObject({
      want: 'up',
      because: 'the window Mon-Fri 07:30-19:00 begins at 07:30',
    });
    expect(iso(at('07:25').since)).toBe('11-26T07:20');
    expect(iso(at('07:25').until)).toBe('11-26T19:00');
    expect(iso(at('12:00').since)).toBe('11-26T07:20');
    expect(iso(at('20:00').until)).toBe('11-27T07:20');
  });

  test('knows when it was meant to begin', () => {
    const table = early(timetable('Mon-Fri 07:30-19:00 Europe/Amsterdam'), 10 * minute);
    const [up, down] = table.edges(thursday, thursday + day);
    expect(table.meant?.(up?.at ?? 0)).toBe((up?.at ?? 0) + 10 * minute);
    expect(table.meant?.(down?.at ?? 0)).toBe(down?.at);
  });

  test.each([
    [
      'a one-sided start is taken at its word',
      'start 07:00, stop 20:00 Europe/Amsterdam',
      ['07:00 up', '20:00 down'],
    ],
    [
      'a window so shortly after another keeps its time',
      '07:00-12:00, 12:05-18:00 Europe/Amsterdam',
      ['06:50 up', '12:00 down', '12:05 up', '18:00 down'],
    ],
    [
      'a window as far behind another as it would be early keeps its time',
      '07:00-12:00, 12:10-18:00 Europe/Amsterdam',
      ['06:50 up', '12:00 down', '12:10 up', '18:00 down'],
    ],
    [
      'a change of size is none',
      '07:00-19:00, 12:00-13:00 size 4 Europe/Amsterdam',
      ['06:50 up', '12:00 [object Object]', '13:00 up', '19:00 down'],
    ],
  ])('%s', (_name, written, expected) => {
    expect(times(early(timetable(written), 10 * minute))).toEqual(expected);
  });

  test('a freeze is not ended early', () => {
    const table = early(timetable('Mon-Fri 07:30-19:00, 2026-11-26 freeze Europe/Amsterdam'), 24 * hour);
    const frozenUntil = thursday + day;
    expect(table.edges(thursday, frozenUntil + day).every(({ at }) => at >= frozenUntil)).toBe(true);
  });
});

describe('whatever is written', () => {
  const written = fc.constantFrom(
    'Mon-Fri 07:30-19:00 Europe/Amsterdam',
    '22:00-02:30 Australia/Lord_Howe',
    'Mon-Fri 08:00-12:00 13:00-17:00 Africa/Casablanca',
    'start 07:00, stop 20:00 America/New_York',
    'Mon 09:00-09:20, Mon 09:25-10:00 UTC',
    '1st Mon 06:00-18:00, Sat 10:00-12:00 size 2 Europe/London',
  );

  test('no edge is lost, none moves but from dark, and a moment agrees with the edges', () => {
    fc.assert(
      fc.property(
        written,
        fc.integer({ min: 1, max: 180 }),
        fc.integer({ min: 0, max: 700 }),
        (text, lead, start) => {
          const plain = timetable(text);
          const table = early(plain, lead * minute);
          const from = Date.parse('2026-01-01T00:00:00Z') + start * 12 * hour;
          const to = from + 9 * day;
          const edges = table.edges(from, to);
          const meant = edges.map(({ at }) => table.meant?.(at) ?? at);
          const same = plain.edges(from + 180 * minute, to - 180 * minute).map(({ at }) => at);
          expect(meant.filter((at) => at > from + 180 * minute && at <= to - 180 * minute)).toEqual(same);
          for (const [n, edge] of edges.entries()) {
            expect(edge.at).toBeGreaterThan(edges[n - 1]?.at ?? 0);
            const moment = table.at(edge.at);
            if (moment.want === 'any') continue;
            expect(moment.want).toEqual(edge.want);
            expect(moment.since).toBe(edge.at);
            expect(table.at(edge.at - 1).until).toBe(edge.at);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
