import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../../../src/core/schedule/calendar.ts';
import { dailyTimetable, type LocalDate, type Mark } from '../../../../src/core/schedule/language/daily.ts';
import { showEdges } from '../reading.ts';

const hours = (day: (date: LocalDate) => readonly Mark[], zone = 'UTC', calendars: Calendar[] = []) =>
  dailyTimetable({ text: 'a tag', zone, calendars, day });
const mark = (hour: number, want: Mark['want']): Mark => ({
  minute: hour * 60,
  want,
  because: `hour ${hour}`,
});

describe('a timetable of marks', () => {
  test('turns where something else is wanted, and nowhere else', () => {
    const tag = hours(() =>
      Array.from({ length: 24 }, (_, hour) => mark(hour, hour >= 8 && hour < 18 ? { size: '2' } : 'down')),
    );
    expect(showEdges(tag, '2026-11-25T00:00Z', '2026-11-26T00:00Z')).toEqual([
      'Wed 25 Nov 08:00 size 2',
      'Wed 25 Nov 18:00 down',
    ]);
    expect(tag.at(Date.parse('2026-11-25T12:30Z'))).toMatchObject({
      want: { size: '2' },
      because: 'hour 12',
      since: Date.parse('2026-11-25T08:00Z'),
    });
  });

  test('wants what the last mark wants, of whichever day it is', () => {
    const monday = hours(({ weekday }) => (weekday === 1 ? [mark(8, 'up'), mark(18, 'any')] : []));
    expect(showEdges(monday, '2026-11-20T00:00Z', '2026-12-01T00:00Z')).toEqual([
      'Mon 23 Nov 08:00 up',
      'Mon 23 Nov 18:00 any',
      'Mon 30 Nov 08:00 up',
      'Mon 30 Nov 18:00 any',
    ]);
    expect(monday.at(Date.parse('2026-11-29T00:00Z')).want).toBe('any');
  });

  test('of marks that the clocks skip the last one counts', () => {
    const gap = hours(
      () => [
        mark(1, 'down'),
        { minute: 130, want: 'up', because: '' },
        { minute: 150, want: { size: '3' }, because: '' },
      ],
      'Europe/Amsterdam',
    );
    expect(showEdges(gap, '2026-03-29T00:00Z', '2026-03-29T12:00Z')).toEqual(['Sun 29 Mar 03:00 size 3']);
  });

  test.each([
    [
      'closed',
      ['Tue 24 Nov 08:00 up', 'Tue 24 Nov 18:00 down', 'Thu 26 Nov 08:00 up', 'Thu 26 Nov 18:00 down'],
    ],
    [
      'freeze',
      ['Tue 24 Nov 08:00 up', 'Tue 24 Nov 18:00 down', 'Thu 26 Nov 08:00 up', 'Thu 26 Nov 18:00 down'],
    ],
    [
      'open',
      [
        'Tue 24 Nov 08:00 up',
        'Tue 24 Nov 18:00 down',
        'Wed 25 Nov 00:00 up',
        'Thu 26 Nov 00:00 down',
        'Thu 26 Nov 08:00 up',
        'Thu 26 Nov 18:00 down',
      ],
    ],
  ] as const)('a day that is %s', (mode, edges) => {
    const day = hours(() => [mark(8, 'up'), mark(18, 'down')], 'UTC', [
      { name: 'days', mode, days: new Map([['2026-11-25', 'Inventory']]) },
    ]);
    expect(showEdges(day, '2026-11-24T00:00Z', '2026-11-27T00:00Z')).toEqual(edges);
  });
});
