import { nearest } from '../../suggest.ts';
import type { Tags } from '../../target.ts';
import type { Wrong } from '../language/problem.ts';

/** The tags of OCI-AutoScale by their keys: which there are, and which days each is about. */

const namespace = 'Schedule.';

export const weekdayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

export const ofMonth = 'DayOfMonth';

/** Its runs could be told to heed it; nothing tells us, and `keep` is for that. */
const override = 'Override';

const known = ['AnyDay', 'WeekDay', 'Weekend', ...weekdayNames, ofMonth];

/** The values of the keys that say when, sorted; undefined where a resource has none, nor one that was meant so. */
export function autoScaleTags(
  tags: Tags,
): { readonly values: ReadonlyMap<string, string>; readonly wrong: readonly Wrong[] } | undefined {
  const values = new Map<string, string>();
  const wrong: Wrong[] = [];
  for (const tag in tags) {
    if (!tag.startsWith(namespace)) continue;
    const key = tag.slice(namespace.length);
    if (isKey(key)) values.set(key, tags[tag] ?? '');
    else wrong.push(...misspelt(key));
  }
  if (values.size + wrong.length === 0) return undefined;
  return { values: new Map([...values].sort(([a], [b]) => (a < b ? -1 : 1))), wrong };
}

/** `Schedule.AnyDay`. */
export function tagOf(key: string): string {
  return `${namespace}${key}`;
}

/** Keys that may say what a day wants, each going before those after it. `weekday` from 1, which is Monday. */
export function keysOfDay(weekday: number, nth: number): readonly string[] {
  const name = weekdayNames[weekday - 1] ?? '';
  return [`${name}${nth}`, ...keysOfWeekday(weekday)];
}

/** The same, without what depends on the month. */
export function keysOfWeekday(weekday: number): readonly string[] {
  return [weekdayNames[weekday - 1] ?? '', weekday > 5 ? 'Weekend' : 'WeekDay', 'AnyDay'];
}

/** `Monday2` → Monday, 2. */
export function nthOf(key: string): { readonly weekday: string; readonly nth: number } | undefined {
  const [, weekday, nth] = /^([A-Z][a-z]+)([1-5])$/.exec(key) ?? [];
  return weekday !== undefined && weekdayNames.includes(weekday) ? { weekday, nth: Number(nth) } : undefined;
}

function isKey(key: string): boolean {
  return known.includes(key) || nthOf(key) !== undefined;
}

/** What was not meant for OCI-AutoScale is none of our business, as it is none of its. */
function misspelt(key: string): readonly Wrong[] {
  if (key === override) return [];
  const [, name = key, number] = /^(.*?)(\d+)$/.exec(key) ?? [];
  const meant = number === undefined ? nearest(key, known)[0] : nearest(name, weekdayNames)[0];
  if (meant === undefined) return [];
  const nth = Number(number);
  const help = number === undefined ? meant : nth >= 1 && nth <= 5 ? `${meant}${nth}` : undefined;
  return [
    {
      text: tagOf(key),
      sentence: `${tagOf(key)} is no key of OCI-AutoScale, which heeds capitals too.`,
      hint: help
        ? `Did you mean ${tagOf(help)}?`
        : `No month has such a day; ${tagOf(`${meant}5`)} is the last.`,
    },
  ];
}
