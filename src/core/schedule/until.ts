import { parseDuration, showDuration } from '../duration.ts';
import { Refusal } from '../refusal.ts';
import { dateOf, dayNumber } from './clock/civil.ts';
import { instantOfDay, localOf, showLocal } from './clock/zone.ts';
import { likelyTime } from './language/clock-times.ts';
import { capital } from './wording.ts';

/**
 * Until when, as people type it: `until 22:00`, `until tomorrow 07:00`, `until Fri 18:00`,
 * `until 2026-12-01 08:00`, `for 2h`. Read without a zone, since that is of what the line turns out to be
 * about; `momentOf` brings it to a clock.
 */
export type Until =
  | { readonly type: 'span'; readonly ms: number }
  | { readonly type: 'instant'; readonly at: number }
  | { readonly type: 'time'; readonly day: Day; readonly time: TimeOfDay };

type Day =
  | 'next'
  | 'today'
  | 'tomorrow'
  /** 1 is Monday. */
  | { readonly weekday: number }
  | { readonly year: number; readonly month: number; readonly day: number };

interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/** No word holds for longer than this, in milliseconds. */
export const longestUntil = 366 * 86_400_000;

const examples =
  'Write until 22:00, until tomorrow 07:00, until Fri 18:00, until 2026-12-01 08:00 or for 2h.';

export function isUntilWord(word: string | undefined): boolean {
  return /^(until|till?|for)$/i.test(word ?? '');
}

/**
 * Reads the words from `until`, `till`, `til` or `for` on. After `until` a length of time counts from now (`until 2h`),
 * but for what only a clock shows: `until 22h`. Throws a Refusal for what is no time.
 */
export function readUntil(words: readonly string[]): Until {
  const [first = '', ...rest] = words.map((word) => word.toLowerCase().replace(/,$/, ''));
  const said = rest.join(' ');
  if (said === '') throw new Refusal(`There is no time behind ${first}.`, examples);
  const isClock = first !== 'for' && /^(1[3-9]|2[0-3])h$/.test(said);
  if (first === 'for' || (parseDuration(rest.join('')) !== undefined && !isClock))
    return span(rest.join(''), said);
  return instant(said) ?? timeOfDay(said);
}

function span(text: string, said: string): Until {
  const ms = parseDuration(
    text
      .replace(/h(ou)?rs?/g, 'h')
      .replace(/min(ute)?s?/g, 'm')
      .replace(/days?/g, 'd'),
  );
  if (ms === undefined || ms < 60_000)
    throw new Refusal(
      `"${said}" is not a length of time of a minute or more.`,
      'Write for 45m, for 2h or for 1d.',
    );
  return { type: 'span', ms };
}

/** `2026-12-01t22:00z`, `2026-12-01t22:00:00.000+01:00`: a moment that needs no zone. */
function instant(said: string): Until | undefined {
  const iso = /^\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d+)?)?(z|[+-]\d\d:\d\d)$/;
  if (!iso.test(said)) return undefined;
  const at = Date.parse(said.toUpperCase().replace(' ', 'T'));
  if (Number.isNaN(at)) throw new Refusal(`There is no moment ${said}.`, examples);
  return { type: 'instant', at };
}

function timeOfDay(said: string): Until {
  const parts =
    /^(?:(?:on )?(?<day>[a-z]+|\d{4}-\d{1,2}-\d{1,2})(?: at |t| ))?(?:at )?(?<time>noon|midnight|\d[\d:.h]*(?: ?[ap]\.?m\.?)?)$/.exec(
      said,
    )?.groups;
  if (!parts?.time) throw timeless(said) ?? new Refusal(`I cannot read "${said}" as a time.`, examples);
  const time = clockTime(parts.time);
  if (time) return { type: 'time', day: dayOf(parts.day), time };
  const [likely, day] = [likelyTime(parts.time), parts.day === undefined ? '' : `${spelled(parts.day)} `];
  throw new Refusal(
    `I cannot read "${said}" as a time.`,
    likely ? `Write until ${day}${likely}, with the minutes.` : examples,
  );
}

const named: Readonly<Record<string, TimeOfDay>> = {
  noon: { hour: 12, minute: 0 },
  midnight: { hour: 24, minute: 0 },
};

/** `22:00`, `24:00`, `10pm`, `10:30 pm`, `22h`, `22h30`, `noon`; undefined for what is not a whole time. */
function clockTime(text: string): TimeOfDay | undefined {
  const [, hours, minutes, half] =
    /^(\d{1,2})(?:[:h](\d{2})|h(?=$)|(?= ?[ap]))(?: ?([ap])\.?m\.?)?$/.exec(text) ?? [];
  if (hours === undefined) return named[text];
  const [hour, minute] = [Number(hours), Number(minutes ?? 0)];
  const isThere = half ? hour >= 1 && hour <= 12 : hour < 24 || (hour === 24 && minute === 0);
  if (!isThere || minute > 59)
    throw new Refusal(
      `There is no time ${text}.`,
      half ? 'Hours before am and pm go from 1 to 12.' : 'Times go from 00:00 to 24:00.',
    );
  return { hour: half ? (hour % 12) + (half === 'p' ? 12 : 0) : hour, minute };
}

/** A day has many moments, and nobody can tell which of them was meant. */
function timeless(said: string): Refusal | undefined {
  const day = said.replace(/^on /, '');
  if (dayNamed(day) === undefined) return undefined;
  const example = day === 'tonight' ? '22:00' : '18:00';
  return new Refusal(
    `"${spelled(day)}" is a day without a time.`,
    `Write the time too: until ${spelled(day)} ${example}, or until ${spelled(day)} 24:00 for its end.`,
  );
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** As people write it: `Fri`, but `tomorrow`. */
function spelled(day: string): string {
  const isWeekday = typeof dayNamed(day) === 'object' && /^[a-z]/.test(day);
  return isWeekday ? capital(day) : day;
}

function dayOf(word: string | undefined): Day {
  if (word === undefined) return 'next';
  const day = dayNamed(word);
  if (day === undefined) throw new Refusal(`I do not know the day "${word}".`, examples);
  return day;
}

/** Throws a Refusal for a date that there is not. */
function dayNamed(word: string): Day | undefined {
  if (word === 'today' || word === 'tomorrow') return word;
  if (word === 'tonight') return 'today';
  const [, ...numbers] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(word) ?? [];
  const [year = 0, month = 0, day = 0] = numbers.map(Number);
  if (numbers.length > 0) {
    const date = new Date(Date.UTC(year, month - 1, day));
    if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day)
      throw new Refusal(`There is no day ${word}.`, 'Write a date as 2026-12-01.');
    return { year, month, day };
  }
  const weekday = weekdays.findIndex((name) => word.length >= 2 && name.startsWith(word));
  return weekday < 0 ? undefined : { weekday: weekday + 1 };
}

/**
 * The moment, in milliseconds since 1970-01-01T00:00Z, on the clocks of an IANA zone. A time alone and a
 * weekday are the next such moment; one that the clocks skip is the first that there is after it. Throws
 * a Refusal for a moment that is past and for one that is more than a year away.
 */
export function momentOf(until: Until, now: number, zone: string): number {
  const at = whenOf(until, now, zone);
  if (at === undefined || at <= now)
    throw new Refusal(
      'That moment is past already.',
      'Name one that is still to come, such as until tomorrow 07:00.',
    );
  if (at - now > longestUntil)
    throw new Refusal(
      `That is more than ${showDuration(longestUntil)} away.`,
      'Name a nearer moment; it can be said again when it comes.',
    );
  return at;
}

function whenOf(until: Until, now: number, zone: string): number | undefined {
  if (until.type === 'span') return now + until.ms;
  if (until.type === 'instant') return until.at;
  const { day, time } = until;
  const minute = time.hour * 60 + time.minute;
  if (typeof day === 'object' && 'year' in day)
    return instantOfDay(zone, dayNumber(day.year, day.month, day.day), minute);
  const today = localOf(zone, now).number;
  const on = (days: number) => ({
    weekday: dateOf(today + days).weekday,
    at: instantOfDay(zone, today + days, minute),
  });
  if (day === 'today') return on(0).at;
  if (day === 'tomorrow') return on(1).at;
  const coming = Array.from({ length: 8 }, (_, days) => on(days)).filter(({ at }) => at > now);
  return coming.find(({ weekday }) => day === 'next' || weekday === day.weekday)?.at;
}

/** `Wed 25 Nov 22:00 Europe/Amsterdam`: a moment as plans say it, whose text must not depend on the reader. */
export function showMoment(at: number, zone: string): string {
  return `${showLocal(zone, at)} ${zone}`;
}

/** The same in UTC too, for who does not live there: `Wed 25 Nov 19:00 Europe/Amsterdam, 18:00 UTC`. */
export function showMomentTwice(at: number, zone: string): string {
  if (zone === 'UTC') return showMoment(at, zone);
  const [there, utc] = [localOf(zone, at), localOf('UTC', at)];
  const day = there.day === utc.day ? '' : `${showMoment(at, 'UTC').split(' ')[0]} `;
  return `${showMoment(at, zone)}, ${day}${two(utc.hour)}:${two(utc.minute)} UTC`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
