import { describe, expect, test } from 'vitest';
import type { Calendar, Mode } from '../../../src/core/schedule/calendar.ts';
import { showEdges, timetable } from './reading.ts';

/** Wednesday the 25th of November 2026 has a name, and perhaps the days after it. */
function calendar(mode: Mode, ...days: string[]): Calendar {
  const named = (days.length > 0 ? days : ['2026-11-25']).map((day) => [day, "King's Day"] as const);
  return { name: mode, mode, days: new Map(named) };
}

const from = '2026-11-24T00:00Z';
const until = '2026-11-27T00:00Z';
const edges = (written: string, ...calendars: Calendar[]) =>
  showEdges(timetable(written, calendars), from, until);
const at = (written: string, moment: string, ...calendars: Calendar[]) =>
  timetable(written, calendars).at(Date.parse(moment));

const tuesday = ['Tue 24 Nov 08:00 up', 'Tue 24 Nov 18:00 down'];
const wednesday = ['Wed 25 Nov 08:00 up', 'Wed 25 Nov 18:00 down'];
const thursday = ['Thu 26 Nov 08:00 up', 'Thu 26 Nov 18:00 down'];

describe('a closed day', () => {
  test('has no window', () => {
    expect(edges('daily 08:00-18:00 UTC', calendar('closed'))).toEqual([...tuesday, ...thursday]);
    expect(at('daily 08:00-18:00 UTC', '2026-11-25T12:00Z', calendar('closed'))).toMatchObject({
      want: 'down',
      because: "closed: King's Day",
      since: Date.parse('2026-11-24T18:00Z'),
      until: Date.parse('2026-11-26T08:00Z'),
    });
  });

  test('lets the window of the evening before end, and has none in its own evening', () => {
    expect(edges('daily 22:00-06:00 UTC', calendar('closed'))).toEqual([
      'Tue 24 Nov 06:00 down',
      'Tue 24 Nov 22:00 up',
      'Wed 25 Nov 06:00 down',
      'Thu 26 Nov 22:00 up',
    ]);
  });

  test('closes always, and says why', () => {
    const always = timetable('always Europe/Amsterdam', [calendar('closed')]);
    expect(always.edges(Date.parse(from), Date.parse(until))).toEqual([
      { at: Date.parse('2026-11-24T23:00Z'), want: 'down', because: "closed: King's Day" },
      { at: Date.parse('2026-11-25T23:00Z'), want: 'up', because: 'always' },
    ]);
  });

  test('has no start, but stops', () => {
    expect(edges('start 08:00, stop 18:00 UTC', calendar('closed'))).toEqual([
      ...tuesday,
      'Wed 25 Nov 18:00 down',
      ...thursday,
    ]);
    expect(edges('start cron(0 8 * * *), stop cron(0 18 * * *) UTC', calendar('closed'))).toEqual([
      ...tuesday,
      'Wed 25 Nov 18:00 down',
      ...thursday,
    ]);
  });

  test('is opened by its date', () => {
    expect(edges('daily 08:00-18:00, 2026-11-25 10:00-12:00 UTC', calendar('closed'))).toEqual([
      ...tuesday,
      'Wed 25 Nov 10:00 up',
      'Wed 25 Nov 12:00 down',
      ...thursday,
    ]);
  });
});

describe('an open day', () => {
  test('is up from midnight to midnight', () => {
    expect(edges('daily 08:00-18:00 UTC', calendar('open'))).toEqual([
      ...tuesday,
      'Wed 25 Nov 00:00 up',
      'Thu 26 Nov 00:00 down',
      ...thursday,
    ]);
    const [begins, ends] = timetable('never UTC', [calendar('open')]).edges(
      Date.parse(from),
      Date.parse(until),
    );
    expect(begins?.because).toBe("open: King's Day");
    expect(ends?.because).toBe("the open day King's Day ends");
  });

  test('goes before a closed one', () => {
    expect(edges('never UTC', calendar('closed'), calendar('open'))).toHaveLength(2);
  });

  test('has no one-sided times', () => {
    expect(edges('stop 18:00 UTC', calendar('open'))).toEqual([
      'Tue 24 Nov 18:00 down',
      'Wed 25 Nov 00:00 up',
      'Thu 26 Nov 00:00 down',
      'Thu 26 Nov 18:00 down',
    ]);
  });
});

describe('a frozen day', () => {
  test('has no edges, and everything is as it was before and after', () => {
    expect(edges('daily 08:00-18:00 UTC', calendar('freeze'))).toEqual([...tuesday, ...thursday]);
    expect(at('daily 08:00-18:00 UTC', '2026-11-25T12:00Z', calendar('freeze'))).toEqual({
      want: 'any',
      because: "frozen: King's Day",
      since: Date.parse('2026-11-25T00:00Z'),
      until: Date.parse('2026-11-26T00:00Z'),
      frozen: true,
    });
    expect(at('daily 08:00-18:00 UTC', '2026-11-26T00:00Z', calendar('freeze'))).toMatchObject({
      want: 'down',
      since: Date.parse('2026-11-24T18:00Z'),
    });
  });

  test('what is wanted by its end is taken up then', () => {
    const night = timetable('Tue 22:00-24:00, Wed 00:00-06:00 UTC', [calendar('freeze')]);
    expect(night.edges(Date.parse(from), Date.parse(until))).toEqual([
      { at: Date.parse('2026-11-24T22:00Z'), want: 'up', because: 'the window Tue 22:00-24:00 begins' },
      { at: Date.parse('2026-11-26T00:00Z'), want: 'down', because: "the freeze King's Day ends" },
    ]);
    expect(edges('Wed 22:00-06:00 UTC', calendar('freeze'))).toEqual([
      'Thu 26 Nov 00:00 up',
      'Thu 26 Nov 06:00 down',
    ]);
    expect(edges('Thu 00:00-06:00 UTC', calendar('freeze'))).toEqual([
      'Thu 26 Nov 00:00 up',
      'Thu 26 Nov 06:00 down',
    ]);
  });

  test('in a run of them there is one end', () => {
    expect(
      edges('Wed 08:00-18:00, Thu 08:00-18:00 UTC', calendar('freeze', '2026-11-25', '2026-11-26')),
    ).toEqual([]);
    const long = timetable('Mon 08:00-18:00 UTC', [
      calendar(
        'freeze',
        ...Array.from({ length: 28 }, (_, day) => `2026-02-${String(day + 1).padStart(2, '0')}`),
      ),
    ]);
    expect(showEdges(long, '2026-01-26T00:00Z', '2026-03-03T00:00Z')).toEqual([
      'Mon 26 Jan 08:00 up',
      'Mon 26 Jan 18:00 down',
      'Mon 2 Mar 08:00 up',
      'Mon 2 Mar 18:00 down',
    ]);
  });

  test('has no one-sided times, but that at its very end', () => {
    expect(edges('start 08:00, stop 18:00 UTC', calendar('freeze'))).toEqual([...tuesday, ...thursday]);
    const through = 'Tue 08:00-24:00, Wed 00:00-24:00, Thu 00:00-12:00';
    expect(edges(`${through}, Wed stop 18:00 UTC`, calendar('freeze'))).toEqual([
      'Tue 24 Nov 08:00 up',
      'Thu 26 Nov 12:00 down',
    ]);
    expect(edges('stop 00:00 UTC', calendar('freeze'))).toEqual([
      'Thu 26 Nov 00:00 down',
      'Fri 27 Nov 00:00 down',
    ]);
  });

  test('is not frozen where the date itself is named, and may be written among the times', () => {
    expect(edges('daily 08:00-18:00, 2026-11-25 08:00-18:00 UTC', calendar('freeze'))).toEqual([
      ...tuesday,
      ...wednesday,
      ...thursday,
    ]);
    expect(edges('daily 08:00-18:00, Wed freeze UTC')).toEqual([...tuesday, ...thursday]);
    expect(at('daily 08:00-18:00, Wed freeze UTC', '2026-11-25T12:00Z').because).toBe('frozen: Wed');
  });
});
