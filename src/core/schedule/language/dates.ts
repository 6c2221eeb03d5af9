import { dayNumber, daysInMonth, minutesOfDay, showMinute } from '../clock/civil.ts';
import type { ClockTime } from '../entry.ts';
import { readTime } from './clock-times.ts';
import type { DayWord } from './days.ts';
import type { Wrong } from './problem.ts';

const date = String.raw`\d{4}-\d{1,2}-\d{1,2}`;
const time = String.raw`\d{1,2}:\d{1,2}`;
const dateWord = new RegExp(`^(${date})(?:(?:\\.\\.|-)(${date}))?$`);
const spanWord = new RegExp(`^(${date})[Tt](${time})(?:\\.\\.|-)(?:(${date})[Tt])?(${time})$`);

/** Whether it can only be meant as a date, or as several. */
export function isDate(word: string): boolean {
  return /^\d{4}-\d/.test(word);
}

export interface Span {
  readonly from: ClockTime;
  readonly until: ClockTime;
}

/** `2026-12-24`, `2026-12-24..2027-01-02`, `2026-12-01T08:00..2026-12-01T18:00`. */
export function readDates(word: string): DayWord | Span | readonly Wrong[] {
  const days = dateWord.exec(word);
  if (days) {
    const [from, until] = [readDate(days[1] ?? ''), readDate(days[2] ?? days[1] ?? '')];
    if (typeof from !== 'number') return [from];
    if (typeof until !== 'number') return [until];
    return from <= until ? { class: 'dates', from, until } : [reversed(word)];
  }
  const span = spanWord.exec(word);
  if (!span)
    return [
      {
        text: word,
        sentence: `"${word}" is not a date that I can read.`,
        hint: 'Write 2026-12-24, 2026-12-24..2027-01-02 or 2026-12-01T08:00..2026-12-01T18:00.',
      },
    ];
  const [, day = '', start = '', otherDay = day, end = ''] = span;
  const read = [readDate(day), readTime(start), readDate(otherDay), readTime(end, true)] as const;
  const [from, begins, until, ends] = read;
  if (
    typeof from === 'number' &&
    typeof begins === 'number' &&
    typeof until === 'number' &&
    typeof ends === 'number'
  )
    return from * minutesOfDay + begins < until * minutesOfDay + ends
      ? { from: { day: from, minute: begins }, until: { day: until, minute: ends } }
      : [from === until && begins === ends ? empty(word, begins) : reversed(word)];
  return read.filter((each) => typeof each !== 'number');
}

function readDate(text: string): number | Wrong {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  if (month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))
    return dayNumber(year, month, day);
  const hint =
    month >= 1 && month <= 12
      ? `That month has ${daysInMonth(year, month)} days.`
      : 'Write year, month and day: 2026-12-24.';
  return { text, sentence: `There is no day ${text}.`, hint };
}

function reversed(text: string): Wrong {
  return { text, sentence: `"${text}" ends before it begins.`, hint: 'Write the earlier one first.' };
}

function empty(text: string, minute: number): Wrong {
  return {
    text,
    sentence: `"${text}" begins and ends at ${showMinute(minute)} of one day, so that it is empty.`,
    hint: 'Write another end.',
  };
}
