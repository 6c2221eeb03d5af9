import { minutesOfDay, showMinute, two } from './civil.ts';
import type { Wrong } from './problem.ts';

/** `07:30`, `7:30`: a minute of the day. `24:00` is 1440, for ends. */
export function readTime(text: string, end = false): number | Wrong {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (hour === undefined || minute === undefined)
    return { text, sentence: `"${text}" is not a time.`, hint: likelyTime(text) };
  const total = Number(hour) * 60 + Number(minute);
  if (Number(minute) > 59 || Number(hour) > 24 || total > minutesOfDay)
    return {
      text,
      sentence: `There is no time ${text}.`,
      hint: 'Hours go from 00:00 to 23:59; an end can be 24:00.',
    };
  if (total === minutesOfDay && !end)
    return { text, sentence: 'A day does not begin at 24:00.', hint: 'Write 00:00 of the day after.' };
  return total;
}

function likelyTime(text: string): string {
  const [, hour, minute = '', half] =
    /^(\d{1,2})(?:[.:h]?(\d{1,2})?)?(?::\d\d)?\s*([ap]m)?$/i.exec(text) ?? [];
  const of12 = /pm/i.test(half ?? '')
    ? (Number(hour) % 12) + 12
    : /am/i.test(half ?? '')
      ? Number(hour) % 12
      : Number(hour);
  if (hour === undefined || of12 > 24) return 'Write hours and minutes, such as 07:30.';
  return `Write ${two(of12)}:${minute.padStart(2, '0')}, with two digits for the minutes.`;
}

/** Minutes of the day on which it begins; what ends before it begins ends on the day after. */
export function readHours(
  text: string,
): { readonly from: number; readonly until: number } | readonly Wrong[] {
  const [first = '', last = ''] = text.split('-');
  const [from, until] = [readTime(first), readTime(last, true)];
  const wrong = [from, until].filter((read) => typeof read !== 'number');
  if (typeof from !== 'number' || typeof until !== 'number') return wrong;
  if (from === until)
    return [
      {
        text,
        sentence: `A window that begins and ends at ${showMinute(from)} is empty.`,
        hint: 'Write 00:00-24:00 for a whole day, or another end.',
      },
    ];
  return { from, until: until < from ? until + minutesOfDay : until };
}
