import { daysInMonth, type LocalDate, showMinute } from '../clock/civil.ts';
import type { Wrong } from './problem.ts';

/** When a cron expression acts: on which days, and at which minutes of them. */
export interface Cron {
  has(date: LocalDate): boolean;
  readonly minutes: readonly number[];
}

/** More often than this in a day is not a schedule that anybody means. */
const most = 24;

const nicknames: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

interface Field {
  /** With its article. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
  /** What else than numbers a list of this field may hold. */
  special?(token: string): Special | undefined;
}

type Special = (date: LocalDate) => boolean;

const months = 'january february march april may june july august september october november december'.split(
  ' ',
);
const weekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

const fields: readonly Field[] = [
  { name: 'a minute', least: 0, most: 59 },
  { name: 'an hour', least: 0, most: 23 },
  { name: 'a day of the month', least: 1, most: 31, special: ofTheMonth },
  { name: 'a month', least: 1, most: 12, names: ['', ...months] },
  { name: 'a day of the week', least: 0, most: 7, names: weekdays, special: ofTheWeek },
];

/**
 * Five fields, or six of which the first, the seconds, is 0; what each may hold and means is as node-cron 4.6 has it:
 * lists, ranges that may wrap (`22-4`), steps of a range or of `*`, names, `?`, 7 for Sunday; `L`, `L-3`, `15W` and `LW` for
 * days of the month, `1#2` and `5L` for days of the week. Day of the month AND day of the week have to fit.
 */
export function readCron(text: string): Cron | readonly Wrong[] {
  const written = text.trim();
  const words = (nicknames[written.toLowerCase()] ?? written).split(/\s+/);
  if (words.length !== 5 && words.length !== 6)
    return [
      wrong(text, `A cron expression has five fields, and this has ${written ? words.length : 'none'}.`),
    ];
  const [second, ...five] = words.length === 6 ? words : ['0', ...words];
  const read = five.map((word, at) => readField(word, fields[at] as Field));
  const found = read.flatMap((field) => ('problem' in field ? [field.problem] : []));
  if (!/^0+$/.test(second ?? ''))
    found.unshift({
      text: second ?? '',
      sentence: `Times are to the minute, so that cron's seconds can only be 0, not ${second}.`,
      hint: 'Leave the first of the six fields out, or write 0.',
    });
  const [minutes, hours, ofMonth, ofYear, ofWeek] = read.map((field) => ('problem' in field ? none : field));
  if (found.length > 0 || !minutes || !hours || !ofMonth || !ofYear || !ofWeek) return found;
  return (
    impossible(written, ofMonth, ofYear) ??
    tooOften(written, minutes, hours) ?? {
      has: (date) =>
        ofYear.numbers.has(date.month) &&
        fits(ofMonth, date.day, date) &&
        fits(ofWeek, date.weekday % 7, date),
      minutes: [...hours.numbers]
        .flatMap((hour) => [...minutes.numbers].map((minute) => hour * 60 + minute))
        .toSorted((a, b) => a - b),
    }
  );
}

interface Read {
  readonly numbers: ReadonlySet<number>;
  readonly specials: readonly Special[];
}

const none: Read = { numbers: new Set(), specials: [] };

function fits({ numbers, specials }: Read, number: number, date: LocalDate): boolean {
  return numbers.has(number) || specials.some((special) => special(date));
}

function readField(word: string, field: Field): Read | { readonly problem: Wrong } {
  const numbers = new Set<number>();
  const specials: Special[] = [];
  const any = word === '?' && field.special;
  for (const token of any ? ['*'] : word.split(',')) {
    const special = field.special?.(named(token, field));
    const range = special ? [] : numbersOf(named(token, field), field);
    if (!range) return { problem: wrongField(word, field) };
    if (special) specials.push(special);
    for (const number of range) numbers.add(field.most === 7 ? number % 7 : number);
  }
  return { numbers, specials };
}

/** With numbers for names: `mon-fri` is `1-5`, and so is `Monday-Friday`. */
function named(token: string, { names = [] }: Field): string {
  let plain = token.toLowerCase();
  for (const [number, name] of names.entries())
    if (name) plain = plain.replace(new RegExp(`${name}|${name.slice(0, 3)}`, 'g'), String(number));
  return plain;
}

function numbersOf(token: string, { least, most }: Field): readonly number[] | undefined {
  const size = most === 7 ? 7 : most - least + 1;
  const [, range = '', step] = /^(\*|\d+(?:-\d+)?)(?:\/(\d+))?$/.exec(token) ?? [];
  const by = Number(step ?? 1);
  if (range === '' || by < 1) return undefined;
  if (range === '*') return steps(least, size, by, { least, size });
  const [first = least, last] = range.split('-').map(Number);
  if (last === undefined && step !== undefined) return undefined;
  const end = last ?? first;
  if (first < least || first > most || end < least || end > most) return undefined;
  if (end >= first)
    return Array.from({ length: Math.ceil((end - first + 1) / by) }, (_, at) => first + at * by);
  return steps(first, ((end - first + size) % size) + 1, by, { least, size });
}

function steps(first: number, count: number, step: number, round: { least: number; size: number }): number[] {
  return Array.from({ length: Math.ceil(count / step) }, (_, at) => {
    const number = first + at * step;
    return number >= round.least + round.size ? number - round.size : number;
  });
}

function ofTheMonth(token: string): Special | undefined {
  if (token === 'l') return ({ year, month, day }) => day === daysInMonth(year, month);
  const before = Number(/^l-(\d{1,2})$/.exec(token)?.[1]);
  if (before >= 1 && before <= 30) return ({ year, month, day }) => day === daysInMonth(year, month) - before;
  if (token === 'lw') return (date) => date.day === workdayNear(daysInMonth(date.year, date.month), date);
  const near = Number(/^(\d{1,2})w$/.exec(token)?.[1]);
  return near >= 1 && near <= 31 ? (date) => date.day === workdayNear(near, date) : undefined;
}

/** The Monday to Friday that is nearest to a day of the month, within the month. */
function workdayNear(wanted: number, { year, month, day, weekday }: LocalDate): number | undefined {
  const last = daysInMonth(year, month);
  if (wanted > last) return undefined;
  const on = ((((weekday - 1 + wanted - day) % 7) + 7) % 7) + 1;
  if (on === 6) return wanted === 1 ? 3 : wanted - 1;
  if (on === 7) return wanted === last ? wanted - 2 : wanted + 1;
  return wanted;
}

function ofTheWeek(token: string): Special | undefined {
  const [, weekday, nth, last] = /^([0-7])(?:#([1-5])|(l))$/.exec(token) ?? [];
  if (weekday === undefined) return undefined;
  const on = (date: LocalDate) => date.weekday % 7 === Number(weekday) % 7;
  if (last) return (date) => on(date) && date.day + 7 > daysInMonth(date.year, date.month);
  return (date) => on(date) && Math.ceil(date.day / 7) === Number(nth);
}

function impossible(text: string, days: Read, ofYear: Read): readonly Wrong[] | undefined {
  if (days.specials.length > 0) return undefined;
  const longest = Math.max(...[...ofYear.numbers].map((month) => daysInMonth(2024, month)));
  const first = Math.min(...days.numbers);
  if (first <= longest) return undefined;
  return [
    {
      text,
      sentence: `No month that cron(${text}) names has a day ${first}.`,
      hint: 'Write L for the last day of a month.',
    },
  ];
}

function tooOften(text: string, minutes: Read, hours: Read): readonly Wrong[] | undefined {
  const count = minutes.numbers.size * hours.numbers.size;
  if (count <= most) return undefined;
  return [
    {
      text,
      sentence: `cron(${text}) acts ${count} times a day, and ${most} are the most.`,
      hint: `Name a minute and an hour: cron(0 7 * * *) acts once a day, at ${showMinute(420)}.`,
    },
  ];
}

function wrongField(word: string, field: Field): Wrong {
  const names = field.names ? `, or names such as ${field.names.at(-1)?.slice(0, 3)}` : '';
  return {
    text: word,
    sentence: `"${word}" is not ${field.name} that cron knows.`,
    hint: `Write numbers from ${field.least} to ${field.most}${names}: 5, 1-5, 1,3 or */2.`,
  };
}

function wrong(text: string, sentence: string): Wrong {
  return {
    text,
    sentence,
    hint: 'Write minute, hour, day of the month, month and day of the week: cron(0 7 * * 1-5).',
  };
}
