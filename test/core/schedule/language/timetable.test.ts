import { describe, expect, test } from 'vitest';
import { problems, showEdges, showProblem, timetable } from '../reading.ts';

/** Monday to Sunday, and the Monday after. */
const week = ['2026-11-23T00:00Z', '2026-11-30T12:00Z'] as const;
const weekOf = (written: string | readonly string[]) => showEdges(timetable(written), ...week);

const workdays = ['Mon 23', 'Tue 24', 'Wed 25', 'Thu 26', 'Fri 27'].flatMap((day) => [
  `${day} Nov 07:30 up`,
  `${day} Nov 20:00 down`,
]);

describe('windows', () => {
  test.each([
    'Mon-Fri 07:30-20:00 UTC',
    'mon-fri 7:30-20:00 utc',
    'Mon–Fri 07:30–20:00 UTC',
    '  Mon - Fri   07:30 - 20:00  UTC ',
    'Monday to Friday 07:30 to 20:00 UTC',
    'weekdays 07:30-20:00 UTC',
    'weekdays from 07:30 until 20:00 (UTC)',
    'Mon,Tue,Wed,Thu,Fri 07:30-20:00 UTC',
    'Mon, Tue, Wed and Thu, Fri 07:30-20:00 UTC',
    'mondays-thursdays 07:30-20:00, fr 07:30-20:00 UTC',
    'daily 07:30-20:00, weekends closed UTC',
    'Mon-Fri 07:30-12:00 12:00-20:00 UTC',
    'Mon-Fri 07:30-13:00, Mon-Fri 12:00-20:00 UTC',
    'never, Mon-Fri 07:30-20:00 UTC',
    'every Monday, every Tuesday, each Wednesday, every Thu, Fri 07:30-20:00 UTC',
    'every weekday 07:30-20:00 UTC',
    'every day 07:30-20:00, weekends closed UTC',
    'each day 07:30-20:00, weekends closed UTC',
    'everyday 07:30-20:00, weekends closed UTC',
  ])('%j is every workday from 07:30 to 20:00', (written) => {
    expect(weekOf(written)).toEqual([...workdays, 'Mon 30 Nov 07:30 up']);
  });

  test('in a list', () => {
    expect(weekOf(['Mon-Fri 07:30-20:00 UTC', 'Sat 10:00-14:00 UTC'])).toEqual([
      ...workdays,
      'Sat 28 Nov 10:00 up',
      'Sat 28 Nov 14:00 down',
      'Mon 30 Nov 07:30 up',
    ]);
  });

  test('that go over midnight belong to the day they begin on', () => {
    expect(weekOf('Fri 22:00-06:00 UTC')).toEqual(['Fri 27 Nov 22:00 up', 'Sat 28 Nov 06:00 down']);
  });

  test('that touch have no edge where they do', () => {
    expect(weekOf('Fri 18:00-24:00, Sat 00:00-09:00 UTC')).toEqual([
      'Fri 27 Nov 18:00 up',
      'Sat 28 Nov 09:00 down',
    ]);
  });

  test('over a weekend that wraps', () => {
    expect(weekOf('Fri-Mon 10:00-11:00 UTC').filter((edge) => edge.endsWith('up'))).toEqual([
      'Mon 23 Nov 10:00 up',
      'Fri 27 Nov 10:00 up',
      'Sat 28 Nov 10:00 up',
      'Sun 29 Nov 10:00 up',
      'Mon 30 Nov 10:00 up',
    ]);
  });

  test('with sizes: the one that began last decides, and the other goes on when it ends', () => {
    expect(weekOf('Mon 08:00-18:00 size 3, Mon 12:00-14:00 size 5, Mon 07:00-20:00 UTC')).toEqual([
      'Mon 23 Nov 07:00 up',
      'Mon 23 Nov 08:00 size 3',
      'Mon 23 Nov 12:00 size 5',
      'Mon 23 Nov 14:00 size 3',
      'Mon 23 Nov 18:00 up',
      'Mon 23 Nov 20:00 down',
      'Mon 30 Nov 07:00 up',
      'Mon 30 Nov 08:00 size 3',
      'Mon 30 Nov 12:00 size 5',
    ]);
  });

  test('of whole days', () => {
    expect(weekOf('Sat,Sun UTC')).toEqual(['Sat 28 Nov 00:00 up', 'Mon 30 Nov 00:00 down']);
  });
});

describe('days by other names', () => {
  const year = (written: string) => showEdges(timetable(written), '2026-01-01T00:00Z', '2027-01-01T00:00Z');
  const days = (written: string) =>
    year(written)
      .filter((edge) => edge.endsWith('up'))
      .map((edge) => edge.slice(0, -' 08:00 up'.length));

  test('Nth weekdays', () => {
    expect(days('1st Mon 08:00-09:00 UTC').slice(0, 3)).toEqual(['Mon 5 Jan', 'Mon 2 Feb', 'Mon 2 Mar']);
    expect(days('2nd Tue 08:00-09:00 UTC').slice(0, 3)).toEqual(['Tue 13 Jan', 'Tue 10 Feb', 'Tue 10 Mar']);
    expect(days('last Fri 08:00-09:00 UTC').slice(0, 3)).toEqual(['Fri 30 Jan', 'Fri 27 Feb', 'Fri 27 Mar']);
    expect(days('5th Mon 08:00-09:00 UTC')).toEqual(['Mon 30 Mar', 'Mon 29 Jun', 'Mon 31 Aug', 'Mon 30 Nov']);
    expect(days('1st Mon, last Fri 08:00-09:00 UTC').slice(0, 2)).toEqual(['Mon 5 Jan', 'Fri 30 Jan']);
  });

  test('days of the month', () => {
    expect(days('on 1 08:00-09:00 UTC').slice(0, 3)).toEqual(['Thu 1 Jan', 'Sun 1 Feb', 'Sun 1 Mar']);
    expect(days('on 1, 15 08:00-09:00 UTC').slice(0, 2)).toEqual(['Thu 1 Jan', 'Thu 15 Jan']);
    expect(days('on 28-30 08:00-09:00 UTC').slice(0, 4)).toEqual([
      'Wed 28 Jan',
      'Thu 29 Jan',
      'Fri 30 Jan',
      'Sat 28 Feb',
    ]);
    expect(days('on 31 08:00-09:00 UTC')).toHaveLength(7);
    expect(days('last day 08:00-09:00 UTC').slice(0, 3)).toEqual(['Sat 31 Jan', 'Sat 28 Feb', 'Tue 31 Mar']);
  });

  test('dates', () => {
    expect(year('2026-12-24 UTC')).toEqual(['Thu 24 Dec 00:00 up', 'Fri 25 Dec 00:00 down']);
    expect(days('2026-02-27..2026-03-01 08:00-09:00 UTC')).toEqual(['Fri 27 Feb', 'Sat 28 Feb', 'Sun 1 Mar']);
    for (const written of [
      '2026-12-01T08:00..2026-12-03T18:00 UTC',
      '2026-12-01 08:00 .. 2026-12-03 18:00 UTC',
      '2026-12-01T08:00 – 2026-12-03T18:00 UTC',
    ])
      expect(year(written)).toEqual(['Tue 1 Dec 08:00 up', 'Thu 3 Dec 18:00 down']);
  });
});

describe('what knows more of a day goes before what knows less', () => {
  const on = (written: string, day: string) =>
    showEdges(timetable(written), `${day}T00:00Z`, `${day}T23:59Z`).map((edge) =>
      edge.replace(/^.*?(?=\d\d:)/, ''),
    );

  test.each([
    ['daily 08:00-09:00, weekdays 10:00-11:00 UTC', '2026-11-24', '10:00'],
    ['daily 08:00-09:00, weekdays 10:00-11:00 UTC', '2026-11-28', '08:00'],
    ['weekdays 08:00-09:00, Tue 10:00-11:00 UTC', '2026-11-24', '10:00'],
    ['Mon-Fri 08:00-09:00, Tue 10:00-11:00 UTC', '2026-11-25', '08:00'],
    ['Tue 08:00-09:00, 4th Tue 10:00-11:00 UTC', '2026-11-24', '10:00'],
    ['4th Tue 08:00-09:00, on 24 10:00-11:00 UTC', '2026-11-24', '10:00'],
    ['on 24 08:00-09:00, 2026-11-24 10:00-11:00 UTC', '2026-11-24', '10:00'],
    ['2026-11-24 10:00-11:00, on 24 08:00-09:00 UTC', '2026-11-24', '10:00'],
  ])('%s on %s begins at %s', (written, day, begins) => {
    expect(on(written, day)[0]).toBe(`${begins} up`);
    expect(on(written, day)).toHaveLength(2);
  });

  test('but a time between two moments is added', () => {
    expect(on('Tue 08:00-09:00, 2026-11-24T20:00..2026-11-24T21:00 UTC', '2026-11-24')).toEqual([
      '08:00 up',
      '09:00 down',
      '20:00 up',
      '21:00 down',
    ]);
  });

  test('a date opens what is closed, and days are closed by a date', () => {
    expect(on('daily 08:00-09:00, 2026-11-20..2026-11-30 closed UTC', '2026-11-24')).toEqual([]);
    expect(on('weekends closed, daily 08:00-09:00 UTC', '2026-11-28')).toEqual([]);
    expect(on('weekends closed, daily 08:00-09:00, 2026-11-28 10:00-11:00 UTC', '2026-11-28')).toEqual([
      '10:00 up',
      '11:00 down',
    ]);
  });
});

describe('one-sided times', () => {
  const stops = timetable('stop 20:00, Fri stop 18:00 Europe/Amsterdam');

  test('act every day, and of each direction what knows most of the day', () => {
    expect(showEdges(stops, ...week)).toEqual([
      'Mon 23 Nov 20:00 down',
      'Tue 24 Nov 20:00 down',
      'Wed 25 Nov 20:00 down',
      'Thu 26 Nov 20:00 down',
      'Fri 27 Nov 18:00 down',
      'Sat 28 Nov 20:00 down',
      'Sun 29 Nov 20:00 down',
    ]);
  });

  test('want nothing in between', () => {
    expect(stops.at(Date.parse('2026-11-25T21:00Z'))).toEqual({
      want: 'any',
      because: 'stop 20:00',
      since: Date.parse('2026-11-25T19:00Z'),
      until: Date.parse('2026-11-26T19:00Z'),
    });
  });

  test.each([
    'start 07:00, stop 20:00 UTC',
    'stop at 20:00; start at 7:00 UTC',
    'daily start 07:00, daily stop 20:00 UTC',
  ])('%j starts and stops', (written) => {
    expect(weekOf(written).slice(0, 3)).toEqual([
      'Mon 23 Nov 07:00 up',
      'Mon 23 Nov 20:00 down',
      'Tue 24 Nov 07:00 up',
    ]);
  });

  test('with days, with a size, and at the end of a day', () => {
    expect(weekOf('Fri stop 24:00, stop Sat 18:00, start Mon 07:00 size 3 UTC')).toEqual([
      'Mon 23 Nov 07:00 size 3',
      'Sat 28 Nov 00:00 down',
      'Sat 28 Nov 18:00 down',
      'Mon 30 Nov 07:00 size 3',
    ]);
  });

  test('a stop within a window ends what it wants until the window says something again', () => {
    const both = timetable('Mon-Fri 07:30-20:00, Fri stop 18:00 UTC');
    expect(showEdges(both, '2026-11-27T00:00Z', '2026-11-28T00:00Z')).toEqual([
      'Fri 27 Nov 07:30 up',
      'Fri 27 Nov 18:00 down',
      'Fri 27 Nov 20:00 down',
    ]);
    expect(both.at(Date.parse('2026-11-27T17:00Z')).want).toBe('up');
    expect(both.at(Date.parse('2026-11-27T19:00Z'))).toMatchObject({
      want: 'any',
      because: 'Fri stop 18:00',
    });
    expect(both.at(Date.parse('2026-11-27T21:00Z')).want).toBe('down');
  });

  test('a start outside windows likewise, and what a window wants already it goes on wanting', () => {
    const both = timetable('Mon-Fri 07:30-20:00, daily start 22:00, daily start 12:00, daily stop 23:00 UTC');
    expect(both.at(Date.parse('2026-11-25T13:00Z')).want).toBe('up');
    expect(both.at(Date.parse('2026-11-25T22:30Z')).want).toBe('any');
    expect(both.at(Date.parse('2026-11-25T23:30Z')).want).toBe('down');
    expect(showEdges(both, '2026-11-25T00:00Z', '2026-11-25T23:59Z')).toEqual([
      'Wed 25 Nov 07:30 up',
      'Wed 25 Nov 12:00 up',
      'Wed 25 Nov 20:00 down',
      'Wed 25 Nov 22:00 up',
      'Wed 25 Nov 23:00 down',
    ]);
  });

  test('up goes before down where both fall on one moment', () => {
    expect(weekOf('Mon 20:00-22:00, Mon stop 20:00 UTC').slice(0, 2)).toEqual([
      'Mon 23 Nov 20:00 up',
      'Mon 23 Nov 22:00 down',
    ]);
    expect(weekOf('Mon 18:00-20:00, Mon start 20:00 UTC').slice(0, 2)).toEqual([
      'Mon 23 Nov 18:00 up',
      'Mon 23 Nov 20:00 up',
    ]);
    expect(weekOf('start 20:00, stop 20:00 UTC')[0]).toBe('Mon 23 Nov 20:00 up');
  });
});

describe('zones', () => {
  test('one at the end holds for all of a string', () => {
    expect(weekOf('Mon 07:30-08:00, Tue 07:30-08:00 Asia/Kolkata')[0]).toBe('Mon 23 Nov 07:30 up');
    expect(timetable('Mon 07:30-08:00 Asia/Kolkata, Tue 07:30-08:00').zone).toBe('Asia/Kolkata');
    expect(timetable('Mon 07:30-08:00', [], { defaultZone: 'Asia/Kolkata' }).zone).toBe('Asia/Kolkata');
  });

  test('each entry of a list may have its own, and up in one of them is up', () => {
    const both = timetable(['daily 08:00-18:00 Europe/Amsterdam', 'daily 08:00-18:00 America/New_York']);
    expect(showEdges(both, '2026-11-25T00:00Z', '2026-11-26T00:00Z')).toEqual([
      'Wed 25 Nov 08:00 up',
      'Thu 26 Nov 00:00 down',
    ]);
    const stop = timetable(['daily 08:00-18:00 Europe/Amsterdam', 'stop 22:00 UTC']);
    expect(showEdges(stop, '2026-11-25T00:00Z', '2026-11-26T00:00Z')).toEqual([
      'Wed 25 Nov 08:00 up',
      'Wed 25 Nov 18:00 down',
      'Wed 25 Nov 23:00 down',
    ]);
  });
});

describe('always and never', () => {
  test('have no edges, need no zone, and have always been so', () => {
    for (const [word, want] of [
      ['always', 'up'],
      ['never', 'down'],
    ] as const) {
      const constant = timetable(word.toUpperCase());
      expect(constant.edges(0, Date.parse('2030-01-01T00:00Z'))).toEqual([]);
      expect(constant.at(Date.parse('2026-11-25T00:00Z'))).toEqual({ want, because: word });
    }
  });

  test('give way to days that are named', () => {
    expect(weekOf('always, Sat,Sun closed UTC')).toEqual(['Sat 28 Nov 00:00 down', 'Mon 30 Nov 00:00 up']);
    expect(weekOf('never, Sat open UTC')).toEqual(['Sat 28 Nov 00:00 up', 'Sun 29 Nov 00:00 down']);
  });
});

test('a moment says why, since when and until when', () => {
  const shop = timetable('Mon-Fri 07:30-20:00 Europe/Amsterdam');
  expect(shop.text).toBe('Mon-Fri 07:30-20:00 Europe/Amsterdam');
  expect(shop.at(Date.parse('2026-11-25T12:00Z'))).toEqual({
    want: 'up',
    because: 'in the window Mon-Fri 07:30-20:00',
    since: Date.parse('2026-11-25T06:30Z'),
    until: Date.parse('2026-11-25T19:00Z'),
  });
  expect(shop.at(Date.parse('2026-11-28T12:00Z'))).toEqual({
    want: 'down',
    because: 'outside Mon-Fri 07:30-20:00',
    since: Date.parse('2026-11-27T19:00Z'),
    until: Date.parse('2026-11-30T06:30Z'),
  });
  expect(shop.edges(Date.parse('2026-11-25T06:29Z'), Date.parse('2026-11-25T19:00Z'))).toEqual([
    { at: Date.parse('2026-11-25T06:30Z'), want: 'up', because: 'the window Mon-Fri 07:30-20:00 begins' },
    { at: Date.parse('2026-11-25T19:00Z'), want: 'down', because: 'the window Mon-Fri 07:30-20:00 ends' },
  ]);
});

describe('what cannot be read', () => {
  test.each([
    ['25:00-20:00 UTC', ['25:00'], /There is no time 25:00/],
    ['25:00-26:00 UTC', ['25:00-26:00'], /There are no times 25:00 and 26:00/],
    ['7:3-20:00 UTC', ['7:3'], /"7:3" is not a time.*two digits/],
    ['08:60-20:00 UTC', ['08:60'], /There is no time 08:60/],
    ['24:00-08:00 UTC', ['24:00'], /A day does not begin at 24:00/],
    ['08:00-08:00 UTC', ['08:00-08:00'], /is empty.*00:00-24:00/],
    ['Mon 7am-8pm UTC', ['7am-8pm'], /Write 07:00-20:00/],
    ['Mon 07:30-8pm UTC', ['8pm'], /Write 20:00/],
    ['Mon 07.30-20:00 UTC', ['07.30'], /Write 07:30/],
    ['Mon 8-20 UTC', ['8-20'], /Write 08:00-20:00/],
    ['07:30 UTC', ['07:30'], /whether to start or to stop/],
    ['Mon-Fri 07:30-20:00', ['Mon-Fri 07:30-20:00'], /no time zone.*Mon-Fri 07:30-20:00 Europe\/Amsterdam/],
    ['Mon-Fri 07:30-20:00 Europe/Amsterdm', ['Europe/Amsterdm'], /Did you mean Europe\/Amsterdam/],
    ['Mon-Fri 07:30-20:00 Amsterdam', ['Amsterdam'], /Did you mean Europe\/Amsterdam/],
    ['Mon-Fri 07:30-20:00 New York', ['New York'], /Did you mean America\/New_York/],
    ['Mon-Fri 07:30-20:00 Amsterdam.', ['Amsterdam.'], /Did you mean Europe\/Amsterdam\?/],
    ['Mon-Fri 07:30-20:00 Europe/Amsterdam.', ['Europe/Amsterdam.'], /Did you mean Europe\/Amsterdam\?/],
    ['Mon-Fri 07:30-20:00 CET', ['CET'], /abbreviation.*Europe\/Amsterdam/],
    ['Mon-Fri 07:30-20:00 EST', ['EST'], /abbreviation.*America\/New_York/],
    ['Mon-Fri 07:30-20:00 +01:00', ['+01:00'], /offset/],
    ['Mon-Fri 07:30-20:00 Etc/GMT+5', ['Etc/GMT+5'], /offset/],
    ['Mon-Fry 07:30-20:00 UTC', ['Fry'], /Did you mean Fri/],
    ['Moonday 07:30-20:00 UTC', ['Moonday'], /Did you mean Monday/],
    ['Mon-Fri 07:30-20:00 twice UTC', ['twice'], /neither a day nor a time/],
    ['2026-04-31 UTC', ['2026-04-31'], /That month has 30 days/],
    ['2026-13-01 UTC', ['2026-13-01'], /There is no day/],
    ['2027-01-02..2026-12-24 closed, always UTC', ['2027-01-02..2026-12-24'], /ends before it begins/],
    ['2026-12-01T08:00..2026-12-01T08:00 UTC', ['2026-12-01T08:00..2026-12-01T08:00'], /empty/],
    ['on 32 08:00-09:00 UTC', ['32'], /not a day of the month/],
    ['on 0 08:00-09:00 UTC', ['0'], /not a day of the month/],
    ['1st 08:00-09:00 UTC', ['1st'], /which day of the week.*1st Mon, or on 1/],
    [
      '6th Monday 08:00-18:00 UTC',
      ['6th Monday'],
      /No month has a 6th Monday. Write 1st to 5th, or last Monday/,
    ],
    ['22nd mon 08:00-18:00 UTC', ['22nd mon'], /No month has a 22nd Mon/],
    ['sixth Mon 08:00-18:00 UTC', ['sixth Mon'], /No month has a sixth Mon/],
    ['6th 08:00-18:00 UTC', ['6th'], /which day of the week.*on 6 for the day of the month/],
    ['1st Mnday 08:00-09:00 UTC', ['Mnday'], /Did you mean Monday/],
    [
      'Mon-Fri 08:00-12:00, 13:00-17:00 UTC',
      ['13:00-17:00'],
      /Write Mon-Fri 13:00-17:00, or daily 13:00-17:00/,
    ],
    ['Sat, 1st Mon 08:00-10:00 UTC', ['Sat'], /at what hours/],
    ['Mon 1st Tue 08:00-10:00 UTC', ['Mon 1st Tue 08:00-10:00'], /in two ways/],
    ['stop UTC', ['stop'], /does not say when/],
    ['start 07:00 stop 20:00 UTC', ['start 07:00 stop 20:00'], /Put a comma/],
    ['stop 08:00-20:00 UTC', ['stop 08:00-20:00'], /several things/],
    ['start 24:00 UTC', ['start 24:00'], /does not begin at 24:00/],
    ['stop 20:00 size 3 UTC', ['stop 20:00 size 3'], /has no size/],
    ['08:00-20:00 size 3 Amsterdam', ['Amsterdam'], /Did you mean Europe\/Amsterdam/],
    ['08:00-20:00 size UTC', ['08:00-20:00 size'], /no size after/],
    ['closed UTC', ['closed'], /on which days/],
    ['Sat closed UTC', ['Sat closed UTC'], /only when it is not up/],
    ['always Mon UTC', ['always Mon'], /by itself/],
    ['weekends never UTC', ['weekends never'], /Write weekends closed/],
    ['Mon-Fri 8-6 UTC', ['8-6'], /Write 08:00-18:00/],
    ['Mon-Fri 22-6 UTC', ['22-6'], /Write 22:00-06:00/],
    ['cron(0 7 * * *) UTC', ['cron(0 7 * * *)'], /whether to start or to stop/],
    ['start cron(0 7 * * * UTC', ['cron(0 7 * * * UTC'], /parentheses/],
    ['Mon start cron(0 7 * * *) UTC', ['Mon start cron(0 7 * * *)'], /itself/],
    ['start cron(0 0 31 4 *) UTC', ['0 0 31 4 *'], /has a day 31/],
    ['start cron(0 7 * *) UTC', ['0 7 * *'], /has five fields, and this has 4/],
    ['start cron(30 0 7 * * 1) UTC', ['30'], /seconds can only be 0/],
    ['start cron(0 25 * * *) UTC', ['25'], /not an hour that cron knows/],
    ['start cron(* * * * *) UTC', ['* * * * *'], /1440 times a day/],
    ['', [''], /says no times/],
    [' , ; ', [', ;'], /says no times/],
    ['UTC', ['UTC'], /says no times/],
  ])('%j', (written, texts, told) => {
    const found = problems(written);
    expect(found.map(({ text }) => text)).toEqual(texts);
    expect(found.map(showProblem).join('\n')).toMatch(told);
    for (const { sentence, hint } of found) {
      expect(sentence).toMatch(/[.]$/);
      expect(hint).toMatch(/[.?]$/);
    }
  });

  test('is told all at once, with the entries it is in', () => {
    const found = problems(['Mon-Fri 25:00-20:00 UTC', 'daily 08:00-18:00 UTC', 'Sut 10:00-8:0', 'stop']);
    expect(found.map(({ entry, text }) => [entry, text])).toEqual([
      [0, '25:00'],
      [2, '8:0'],
      [2, 'Sut'],
      [2, 'Sut 10:00-8:0'],
      [3, 'stop'],
      [3, 'stop'],
    ]);
  });

  test('an empty list', () => expect(problems([])).toHaveLength(1));
});
