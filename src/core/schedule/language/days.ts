import { nearest } from '../../suggest.ts';
import { daysInMonth, type LocalDate } from '../clock/civil.ts';
import { type Days, ranks } from '../entry.ts';
import type { Wrong } from './problem.ts';

/** One word or two about days; those of one class can stand in one list. */
export type DayWord =
  | { readonly class: 'weekdays'; readonly weekdays: readonly number[] }
  | { readonly class: 'nth'; readonly nth: number | 'last'; readonly weekday: number }
  | { readonly class: 'month'; readonly days: readonly (number | 'last')[] }
  | { readonly class: 'dates'; readonly from: number; readonly until: number };

const names = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const week = [1, 2, 3, 4, 5, 6, 7];

const sets: Readonly<Record<string, readonly number[]>> = {
  weekdays: [1, 2, 3, 4, 5],
  weekday: [1, 2, 3, 4, 5],
  workdays: [1, 2, 3, 4, 5],
  weekends: [6, 7],
  weekend: [6, 7],
  daily: week,
  everyday: week,
};

const ordinals: Readonly<Record<string, number | 'last'>> = {
  '1st': 1,
  first: 1,
  '2nd': 2,
  second: 2,
  '3rd': 3,
  third: 3,
  '4th': 4,
  fourth: 4,
  '5th': 5,
  fifth: 5,
  last: 'last',
};

/** Words that a person may have meant by one that nobody knows. */
export const dayVocabulary = [
  ...names.map((name) => name.slice(0, 3)),
  ...names,
  'weekdays',
  'weekends',
  'daily',
];

/** 1 for Monday: `Mon`, `mondays`, `Tues`, `mo`. */
export function weekdayNamed(word: string): number | undefined {
  const plain = word.toLowerCase().replace(/\.$/, '');
  const found = names.findIndex(
    (name) =>
      plain === `${name}s` ||
      (plain.length >= 2 && name.startsWith(plain)) ||
      plain === `${name.slice(0, 3)}s`,
  );
  return found < 0 ? undefined : found + 1;
}

/** `Mon-Fri`, `Fri-Mon`, `Sat`, `weekends`; undefined where it is about something else. */
export function readWeekdays(word: string): DayWord | Wrong | undefined {
  const set = sets[word.toLowerCase()];
  if (set) return { class: 'weekdays', weekdays: set };
  const [from = '', to, ...others] = word.split('-');
  const [first, last] = [weekdayNamed(from), to === undefined ? undefined : weekdayNamed(to)];
  if (first === undefined && last === undefined) return undefined;
  if (first === undefined || (to !== undefined && last === undefined) || others.length > 0)
    return noSuchDay(first === undefined ? from : (to ?? word));
  const count = last === undefined ? 1 : ((last - first + 7) % 7) + 1;
  return {
    class: 'weekdays',
    weekdays: Array.from({ length: count }, (_, at) => ((first - 1 + at) % 7) + 1),
  };
}

export function noSuchDay(text: string): Wrong {
  const [near] = nearest(text, dayVocabulary, 1);
  return {
    text,
    sentence: `"${text}" is not a day of the week.`,
    hint: near ? `Did you mean ${spelled(near)}?` : 'Write Mon, Tue, Wed, Thu, Fri, Sat or Sun.',
  };
}

export function spelled(word: string): string {
  return weekdayNamed(word) ? `${word.charAt(0).toUpperCase()}${word.slice(1)}` : word;
}

/** Those too that no month has: `6th`. */
export function isOrdinal(word: string): boolean {
  return Object.hasOwn(ordinals, word.toLowerCase()) || /^(\d+(st|nd|rd|th)|sixth)$/i.test(word);
}

/** `1st Mon`, `last Fri`, `last day`. */
export function readNth(ordinal: string, word: string | undefined): DayWord | Wrong {
  const nth = ordinals[ordinal.toLowerCase()];
  if (nth === undefined) return noSuchNth(ordinal, word);
  if (nth === 'last' && /^day$/i.test(word ?? '')) return { class: 'month', days: ['last'] };
  const weekday = weekdayNamed(word ?? '');
  if (weekday !== undefined) return { class: 'nth', nth, weekday };
  if (word && /[a-z]/i.test(word)) return noSuchDay(word);
  return {
    text: ordinal,
    sentence: `"${ordinal}" does not say which day of the week.`,
    hint:
      nth === 'last'
        ? 'Write last Fri, or last day.'
        : `Write ${ordinal} Mon, or on ${nth} for the day of the month.`,
  };
}

function noSuchNth(ordinal: string, word: string | undefined): Wrong {
  if (word && weekdayNamed(word) !== undefined)
    return {
      text: `${ordinal} ${word}`,
      sentence: `No month has a ${ordinal} ${spelled(word)}.`,
      hint: `Write 1st to 5th, or last ${spelled(word)}.`,
    };
  return {
    text: ordinal,
    sentence: `"${ordinal}" does not say which day of the week, and no month has more than five of one.`,
    hint: `Write on ${Number.parseInt(ordinal, 10) || 6} for the day of the month.`,
  };
}

/** `1`, `28`, `1-5`, `1st`: days of the month. */
export function readMonthDays(word: string): DayWord | Wrong {
  const [, from, to] = /^(\d{1,2})(?:st|nd|rd|th)?(?:-(\d{1,2})(?:st|nd|rd|th)?)?$/i.exec(word) ?? [];
  const [first, last] = [Number(from), Number(to ?? from)];
  if (from !== undefined && first >= 1 && last <= 31 && first <= last)
    return { class: 'month', days: Array.from({ length: last - first + 1 }, (_, at) => first + at) };
  return {
    text: word,
    sentence: `"${word}" is not a day of the month.`,
    hint: 'Write on 1, on 28 or on 1-5; last day is the last one of every month.',
  };
}

/** All in one list; at least one, and all of one class. */
export function daysOf(words: readonly DayWord[]): Days {
  const [first] = words;
  if (!first) return { rank: ranks.daily, has: () => true };
  const holds = words.map(holdsOf);
  const has = (date: LocalDate) => holds.some((hold) => hold(date));
  const weekdays = words.flatMap((word) => (word.class === 'weekdays' ? word.weekdays : []));
  const rank = { weekdays: rankOf(weekdays), nth: ranks.nth, month: ranks.dayOfMonth, dates: ranks.date };
  return { rank: rank[first.class], has };
}

/** `Mon-Fri` says what `weekdays` says, and so stands where it stands. */
function rankOf(weekdays: readonly number[]): Days['rank'] {
  const all = [...new Set(weekdays)].sort().join('');
  if (all === '1234567') return ranks.daily;
  return all === '12345' || all === '67' ? ranks.halfWeek : ranks.weekday;
}

function holdsOf(word: DayWord): (date: LocalDate) => boolean {
  switch (word.class) {
    case 'weekdays':
      return ({ weekday }) => word.weekdays.includes(weekday);
    case 'month':
      return ({ year, month, day }) =>
        word.days.includes(day) || (word.days.includes('last') && day === daysInMonth(year, month));
    case 'dates':
      return ({ number }) => word.from <= number && number <= word.until;
    case 'nth':
      return ({ year, month, day, weekday }) =>
        weekday === word.weekday &&
        (word.nth === 'last' ? day + 7 > daysInMonth(year, month) : Math.ceil(day / 7) === word.nth);
  }
}
