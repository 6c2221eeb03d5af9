import { minutesOfDay, showMinute, two } from '../clock/civil.ts';
import type { Wrong } from './problem.ts';

const range = 'Hours go from 00:00 to 23:59; an end can be 24:00.';

/** `07:30`, `7:30`: a minute of the day. `24:00` is 1440, for ends. */
export function readTime(text: string, end = false): number | Wrong {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (hour === undefined || minute === undefined) {
    const likely = likelyTime(text);
    const hint = likely
      ? `Write ${likely}, with two digits for the minutes.`
      : 'Write hours and minutes, such as 07:30.';
    return { text, sentence: `"${text}" is not a time.`, hint };
  }
  const total = Number(hour) * 60 + Number(minute);
  if (Number(minute) > 59 || total > minutesOfDay)
    return { text, sentence: `There is no time ${text}.`, hint: range };
  if (total === minutesOfDay && !end)
    return { text, sentence: 'A day does not begin at 24:00.', hint: 'Write 00:00 of the day after.' };
  return total;
}

/** What was meant by `7`, `7:3`, `7.30`, `07:30:00` or `7pm`. */
export function likelyTime(text: string): string | undefined {
  const [, hour, minute = '', half = ''] =
    /^(\d{1,2})(?:[.:h]?(\d{1,2})?)?(?::\d\d)?\s*([ap]m)?$/i.exec(text) ?? [];
  if (hour === undefined) return undefined;
  const hours = half === '' ? Number(hour) : (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0);
  return hours > 24 || Number(minute) > 59 ? undefined : `${two(hours)}:${minute.padStart(2, '0')}`;
}

/** Minutes of the day on which it begins; what ends before it begins ends on the day after. */
export function readHours(text: string): { readonly from: number; readonly until: number } | Wrong {
  const [first = '', last = ''] = text.split('-');
  const [from, until] = [readTime(first), readTime(last, true)];
  if (typeof from !== 'number') return typeof until === 'number' ? from : bothWrong(text, first, last);
  if (typeof until !== 'number') return until;
  if (from === until)
    return {
      text,
      sentence: `A window that begins and ends at ${showMinute(from)} is empty.`,
      hint: 'Write 00:00-24:00 for a whole day, or another end.',
    };
  return { from, until: until < from ? until + minutesOfDay : until };
}

/** Who goes home at 6 means the evening. */
function likelyHours([from = '', until = '']: readonly string[]): readonly string[] {
  const [start, end] = [Number(from.slice(0, 2)), Number(until.slice(0, 2))];
  return end <= start && end <= 12 && start < 12
    ? [from, `${two(end + 12)}${until.slice(2)}`]
    : [from, until];
}

function bothWrong(text: string, first: string, last: string): Wrong {
  const likely = [likelyTime(first), likelyTime(last)];
  if (likely.every((time) => time !== undefined))
    return {
      text,
      sentence: `"${text}" is not from one time to another.`,
      hint: `Write ${likelyHours(likely as readonly string[]).join('-')}.`,
    };
  return { text, sentence: `There are no times ${first} and ${last}.`, hint: range };
}
