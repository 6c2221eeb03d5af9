import type { Calendar } from '../../../../src/core/schedule/calendar.ts';
import type { Group, Policy } from '../../../../src/core/schedule/model.ts';
import { parseSelector } from '../../../../src/core/selector.ts';
import { policy } from '../policies.ts';
import { timetable } from '../reading.ts';
import { type Days, daily, dates, dayOf, last, nth, ofWeek, onThe, weekdays, weekends } from './days.ts';
import type { Meaning } from './timetables.ts';

/** A policy as the bot gets it, and what it means, told a second time. */
export interface Told {
  readonly policy: Policy;
  /** Up in one of them is up. */
  readonly meanings: readonly Meaning[];
}

type Window = Meaning['windows'][number];
type Time = Meaning['times'][number];

const clock = (text: string) => {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
};

function window(days: Days, hours: string, size?: string): Window {
  const [from = 0, to = 0] = hours.split('-').map(clock);
  return { days, from, to: to < from ? to + 1440 : to, ...(size === undefined ? {} : { size }) };
}

const time = (days: Days, act: Time['act'], at: string): Time => ({ days, act, at: clock(at) });
const closed = (days: Days): Window => ({ days, from: 0, to: 0 });

const holidays = named(
  'holidays',
  'closed',
  '2026-01-01',
  '2026-04-06',
  '2026-04-27',
  '2026-05-14',
  '2026-12-25',
);
/** Over the days on which the clocks of Amsterdam are set. */
const books = named(
  'books',
  'freeze',
  '2026-03-28',
  '2026-03-29',
  '2026-03-30',
  '2026-06-30',
  '2026-07-01',
  '2026-10-24',
  '2026-10-25',
  '2026-12-31',
);
const sales = named('sales', 'open', '2026-11-27', '2026-11-28', '2026-11-29', '2026-04-27', '2026-02-14');

function named(name: string, mode: Calendar['mode'], ...days: readonly string[]): Calendar {
  return { name, mode, days: new Map(days.map((day) => [day, name])) };
}

/** What is open goes before what is frozen, and that before what is closed. */
function specialOf(calendars: readonly Calendar[]): Meaning['special'] {
  const modes = new Map<number, Calendar['mode']>();
  for (const mode of ['closed', 'freeze', 'open'] as const)
    for (const calendar of calendars.filter((each) => each.mode === mode))
      for (const day of calendar.days.keys()) modes.set(dayOf(day), mode);
  return (day) => modes.get(day);
}

export const amsterdam = 'Europe/Amsterdam';
const newYork = 'America/New_York';
const lordHowe = 'Australia/Lord_Howe';
const casablanca = 'Africa/Casablanca';

interface Other {
  readonly windows?: readonly Window[];
  readonly times?: readonly Time[];
  readonly calendars?: readonly Calendar[];
  readonly also?: Partial<Policy>;
}

function tell(
  name: string,
  when: string | readonly string[],
  zone: string | readonly string[],
  other: Other,
): Told {
  const { windows = [], times = [], calendars = [], also = {} } = other;
  const zones = [zone].flat();
  return {
    policy: policy(name, [`${name}=yes`], {
      timetable: timetable(typeof when === 'string' ? `${when} ${zones[0]}` : when, calendars),
      ...also,
    }),
    meanings: zones.map((each) => ({ zone: each, windows, times, special: specialOf(calendars) })),
  };
}

const minutes = (count: number) => count * 60_000;
const everything = [parseSelector([])];
const stopping: Group = { name: 'rest', what: everything, dimming: { act: 'stop' } };
const dimmed: readonly Group[] = [
  { name: 'pools', what: [parseSelector(['kind:instance-pool'])], dimming: { act: 'scale', size: '1' } },
  { name: 'edge', what: [parseSelector(['kind:load-balancer'])], dimming: { act: 'scale', size: '10-10' } },
  stopping,
];
const ordered: readonly Group[] = [
  { name: 'database', what: [parseSelector(['kind:adb'])], dimming: { act: 'stop' } },
  stopping,
];

/** Twenty, in the ways that the language has of saying when. */
export const policies: readonly Told[] = [
  tell('office', 'Mon-Fri 07:30-20:00', amsterdam, {
    windows: [window(weekdays, '07:30-20:00')],
    calendars: [holidays],
    also: { groups: ordered, settleIn: minutes(30) },
  }),
  tell('states', 'Mon-Fri 08:00-18:30', newYork, { windows: [window(weekdays, '08:00-18:30')] }),
  tell('island', 'daily 22:00-02:15', lordHowe, { windows: [window(daily, '22:00-02:15')] }),
  tell('souk', 'Mon-Sat 02:30-12:00 13:00-18:00', casablanca, {
    windows: [
      window(ofWeek(1, 2, 3, 4, 5, 6), '02:30-12:00'),
      window(ofWeek(1, 2, 3, 4, 5, 6), '13:00-18:00'),
    ],
  }),
  tell('evening', 'stop 20:00', amsterdam, { times: [time(daily, 'stop', '20:00')] }),
  tell('twosided', 'weekdays start 07:00, daily stop 20:00, Fri stop 18:00', amsterdam, {
    times: [time(weekdays, 'start', '07:00'), time(daily, 'stop', '20:00'), time(ofWeek(5), 'stop', '18:00')],
    calendars: [holidays],
  }),
  tell('cron', 'start cron(0 7 * * 1-5), stop cron(30 1,19 * * *)', newYork, {
    times: [time(weekdays, 'start', '07:00'), time(daily, 'stop', '01:30'), time(daily, 'stop', '19:30')],
  }),
  tell('monthly', '1st Mon 06:00-22:00, last Fri 08:00-12:00, on 15,31 09:00-10:00', amsterdam, {
    windows: [
      window(nth(1, 1), '06:00-22:00'),
      window(last(5), '08:00-12:00'),
      window(onThe(15, 31), '09:00-10:00'),
    ],
  }),
  tell('books', 'daily 08:00-18:00, Fri 22:00-06:00', amsterdam, {
    windows: [window(daily, '08:00-18:00'), window(ofWeek(5), '22:00-06:00')],
    calendars: [books],
  }),
  tell('shops', 'Mon-Fri 09:00-17:00', newYork, {
    windows: [window(weekdays, '09:00-17:00')],
    calendars: [sales, holidays],
  }),
  tell('strict', 'Mon-Fri 07:00-19:00', amsterdam, {
    windows: [window(weekdays, '07:00-19:00')],
    calendars: [books],
    also: { enforced: true, settleIn: minutes(45) },
  }),
  tell('nightly', 'Mon-Fri 21:00-05:00', newYork, {
    windows: [window(weekdays, '21:00-05:00')],
    also: { enforced: true, settleIn: minutes(45) },
  }),
  tell('weekdays', 'always, Sat,Sun closed', casablanca, {
    windows: [window(daily, '00:00-24:00'), closed(weekends)],
  }),
  tell('audit', 'never, 2026-03-27..2026-04-02 08:00-20:00, 2026-10-23..2026-10-26 22:00-03:00', lordHowe, {
    windows: [
      window(dates('2026-03-27', '2026-04-02'), '08:00-20:00'),
      window(dates('2026-10-23', '2026-10-26'), '22:00-03:00'),
    ],
  }),
  tell('spared', 'always', 'UTC', { windows: [window(daily, '00:00-24:00')], also: { protects: true } }),
  tell('vital', 'always', 'UTC', {
    windows: [window(daily, '00:00-24:00')],
    also: { protects: true, enforced: true },
  }),
  tell('sized', 'weekdays 08:00-18:00 size 3, weekdays 12:00-14:00 size 5, Sat 10:00-12:00', lordHowe, {
    windows: [
      window(weekdays, '08:00-18:00', '3'),
      window(weekdays, '12:00-14:00', '5'),
      window(ofWeek(6), '10:00-12:00'),
    ],
  }),
  tell('dimmed', 'daily 06:30-23:00, Fri stop 21:00', casablanca, {
    windows: [window(daily, '06:30-23:00')],
    times: [time(ofWeek(5), 'stop', '21:00')],
    also: { groups: dimmed },
  }),
  tell('nodes', 'Mon-Fri 07:00-19:00, Sun 23:00-01:30', amsterdam, {
    windows: [window(weekdays, '07:00-19:00'), window(ofWeek(7), '23:00-01:30')],
  }),
  tell(
    'both',
    ['daily 08:00-12:00 Europe/Amsterdam', 'daily 08:00-12:00 America/New_York'],
    [amsterdam, newYork],
    {
      windows: [window(daily, '08:00-12:00')],
    },
  ),
];

/** Those that freeze at midnight in Amsterdam. */
export const freezing: ReadonlySet<string> = new Set(['books', 'strict']);

/** Which of them a resource has, by their names: most have one, some several. */
export const mixes: readonly (readonly string[])[] = [
  ...policies.map(({ policy: { name } }) => [name]),
  ['office', 'states'],
  ['office', 'evening'],
  ['states', 'cron'],
  ['island', 'books'],
  ['books', 'office'],
  ['monthly', 'weekdays'],
  ['twosided', 'office'],
  ['shops', 'souk', 'island'],
  ['office', 'spared'],
  ['strict', 'vital'],
  ['strict', 'nightly'],
  ['both', 'audit'],
];
