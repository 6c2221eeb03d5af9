import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownSpan, readDays } from '../../../src/config/schedules/days.ts';
import { now } from '../reading.ts';

const span = knownSpan(now);

function days(entry: string): Record<string, string> {
  const read = readDays(entry, span);
  return 'days' in read ? Object.fromEntries(read.days) : { wrong: read.wrong };
}

test('what comes back is known from last year on for the next five', () => {
  expect(span).toEqual({ from: '2025-01-01', to: '2031-12-31' });
});

describe('a day', () => {
  test.each([
    ['2026-12-25 Christmas', { '2026-12-25': 'Christmas' }],
    ['2026-12-25: Christmas', { '2026-12-25': 'Christmas' }],
    ['2026-12-25', { '2026-12-25': '' }],
    [
      '2026-04-27..2026-04-28: a long weekend',
      { '2026-04-27': 'a long weekend', '2026-04-28': 'a long weekend' },
    ],
    ['2026-12-31 .. 2027-01-01 Turn', { '2026-12-31': 'Turn', '2027-01-01': 'Turn' }],
    ['2024-02-29 Leap day', { '2024-02-29': 'Leap day' }],
    ['02-29 Leap day', { '2028-02-29': 'Leap day' }],
  ])('%s', (entry, expected) => {
    expect(days(entry)).toEqual(expected);
  });

  test('of every year', () => {
    const found = days('12-25 Christmas');
    expect(Object.keys(found)).toEqual(
      [2025, 2026, 2027, 2028, 2029, 2030, 2031].map((year) => `${year}-12-25`),
    );
  });

  test('of every year over its end', () => {
    const found = Object.keys(days('12-31..01-01 Turn'));
    expect(found).toContain('2026-12-31');
    expect(found).toContain('2027-01-01');
    expect(found).toHaveLength(14);
  });

  test.each([
    ['Christmas', 'does not begin with a day such as 2026-12-25 or, for every year, 12-25'],
    ['', 'does not begin with a day such as 2026-12-25 or, for every year, 12-25'],
    ['2026-02-29 no leap day', 'says 2026-02-29, which is not a day of the calendar'],
    ['2026-13-01', 'says 2026-13-01, which is not a day of the calendar'],
    ['02-30', 'says 02-30, which is not a day of the calendar'],
    ['2026-1-1', 'says 2026-1-1, which is not a day of the calendar'],
    ['25', 'says 25, which is not a day of the calendar'],
    ['2026-12-25..12-26', 'begins and ends in different ways: give both days a year, or none'],
    ['2026-12-25..2026-12-24', 'ends before it begins'],
    ['2026-01-01..2027-06-01', 'is longer than a year'],
    ['2026-12-25..', 'does not begin with a day such as 2026-12-25 or, for every year, 12-25'],
  ])('%j is none', (entry, wrong) => {
    expect(days(entry)).toEqual({ wrong });
  });

  test('any text is days or a reason', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d.: -]{1,24}$/)), (entry) => {
        const found = days(entry);
        for (const day of Object.keys(found)) expect(day).toMatch(/^(wrong|\d{4}-\d\d-\d\d)$/);
      }),
    );
  });
});
