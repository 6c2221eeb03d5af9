import { expect, test } from 'vitest';
import { timetable } from '../reading.ts';

/** What timetables do when clocks are set, worked out by hand, from 21:00 UTC of the day before for 22 hours. */
test.each([
  ['skipped: the first moment after the gap', 'stop 02:30 Europe/Amsterdam', '2026-03-29', ['29T01:00 down']],
  ['a window within the gap vanishes', '02:10-02:40 Europe/Amsterdam', '2026-03-29', []],
  [
    'one that begins in it is shorter',
    '02:10-04:00 Europe/Amsterdam',
    '2026-03-29',
    ['29T01:00 up', '29T02:00 down'],
  ],
  [
    'one that ends in it ends after it',
    '00:30-02:40 Europe/Amsterdam',
    '2026-03-29',
    ['28T23:30 up', '29T01:00 down'],
  ],
  [
    'two that meet in it',
    '01:00-02:15, 02:45-04:00 Europe/Amsterdam',
    '2026-03-29',
    ['29T00:00 up', '29T02:00 down'],
  ],
  [
    'a night is an hour shorter',
    '22:00-06:00 Europe/Amsterdam',
    '2026-03-29',
    ['28T21:00 up', '29T04:00 down'],
  ],
  ['repeated: once, and the first', 'stop 02:30 Europe/Amsterdam', '2026-10-25', ['25T00:30 down']],
  [
    'an hour that comes twice is two',
    '02:00-03:00 Europe/Amsterdam',
    '2026-10-25',
    ['25T00:00 up', '25T02:00 down'],
  ],
  [
    'within it, the first only',
    '02:15-02:45 Europe/Amsterdam',
    '2026-10-25',
    ['25T00:15 up', '25T00:45 down'],
  ],
  ['New York, skipped', 'start 02:30 America/New_York', '2026-03-08', ['08T07:00 up']],
  ['New York, repeated', 'start 01:30 America/New_York', '2026-11-01', ['01T05:30 up']],
  [
    'Lord Howe skips half an hour',
    '02:05-02:35 Australia/Lord_Howe',
    '2026-10-03',
    ['03T15:30 up', '03T15:35 down'],
  ],
  [
    'Lord Howe the day before',
    '02:05-02:35 Australia/Lord_Howe',
    '2026-10-02',
    ['02T15:35 up', '02T16:05 down'],
  ],
  ['Lord Howe repeats half an hour', 'stop 01:45 Australia/Lord_Howe', '2026-04-04', ['04T14:45 down']],
  [
    'Casablanca before Ramadan',
    '07:00-18:00 Africa/Casablanca',
    '2026-02-14',
    ['14T06:00 up', '14T17:00 down'],
  ],
  ['Casablanca in Ramadan', '07:00-18:00 Africa/Casablanca', '2026-02-15', ['15T07:00 up', '15T18:00 down']],
  ['Casablanca after it', 'start 02:30 Africa/Casablanca', '2026-03-22', ['22T02:00 up']],
  ['Chatham, skipped', 'stop 03:00 Pacific/Chatham', '2026-09-26', ['26T14:00 down']],
  ['Troll skips two hours', 'stop 02:30 Antarctica/Troll', '2026-03-29', ['29T01:00 down']],
  ['Dublin, repeated', 'stop 01:30 Europe/Dublin', '2026-10-25', ['25T00:30 down']],
  ['Cairo has no midnight', 'stop 00:00 Africa/Cairo', '2026-04-24', ['23T22:00 down']],
  ['Cairo has a day of 25 hours, its end', 'Thu Africa/Cairo', '2026-10-30', ['29T22:00 down']],
  ['Cairo has a day of 25 hours, its beginning', 'Thu Africa/Cairo', '2026-10-29', ['28T21:00 up']],
  [
    'Asunción had no midnight',
    '00:00-08:00 America/Asuncion',
    '2024-10-06',
    ['06T04:00 up', '06T11:00 down'],
  ],
  [
    'Beirut has no midnight',
    'Sun 00:00-00:30, Sun 02:00-03:00 Asia/Beirut',
    '2026-03-29',
    ['28T23:00 up', '29T00:00 down'],
  ],
  [
    'Apia skipped a day, and stopped at its end',
    'stop 18:00 Pacific/Apia',
    '2011-12-30',
    ['30T04:00 down', '30T10:00 down'],
  ],
  ['Kolkata sets no clocks', '07:30-20:00 Asia/Kolkata', '2026-03-29', ['29T02:00 up', '29T14:30 down']],
] as const)('%s: %s', (_what, written, day, edges) => {
  const from = Date.parse(`${day}T00:00Z`) - 181 * 60_000;
  const found = timetable(written)
    .edges(from, from + 22 * 3_600_000)
    .map(({ at, want }) => `${new Date(at).toISOString().slice(8, 16)} ${want}`);
  expect(found).toEqual(edges);
});
