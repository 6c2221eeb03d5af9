import { minutesOfDay, showMinute } from '../clock/civil.ts';
import { dailyTimetable, type LocalDate, type Mark } from '../language/daily.ts';
import type { Reading, Wrong } from '../language/problem.ts';
import type { Timetable, Want } from '../model.ts';
import { sameWant } from '../want.ts';
import { keysOfDay, ofMonth, tagOf } from './autoscale-keys.ts';
import { isWrong, readSlot, type Scale } from './slots.ts';

/** What the tags of OCI-AutoScale say. */
export interface Hourly {
  /** 24 wants, from midnight on, of each key but DayOfMonth. */
  readonly hours: ReadonlyMap<string, readonly Want[]>;
  /** What days of the month want from midnight to midnight. */
  readonly month: ReadonlyMap<number, Want>;
}

const hoursOfDay = 24;

/**
 * Reads tags as OCI-AutoScale does (its README, and AutoScaleALL.py of 2022 to 2025): 24 values with commas between
 * them, the first of them for 00:00 to 01:00, and what follows `#` is a comment. `*` leaves the resource as it is, 0
 * is off, a number is a size where the service is scaled by one and on elsewhere, `(ocpus:memory)` is the size of a
 * flexible instance. DayOfMonth is `1:4,28:0`, a day and its value, of which the last of a day counts.
 *
 * What cannot be read makes all of them unread: OCI-AutoScale leaves only those days alone, and says so each hour.
 */
export function readHourly(values: ReadonlyMap<string, string>, scale: Scale): Reading<Hourly> {
  const hours = new Map<string, readonly Want[]>();
  const month = new Map<number, Want>();
  const wrong: Wrong[] = [];
  for (const [key, value] of values) {
    const items = withoutComment(value);
    const read = key === ofMonth ? readMonth(items, scale) : readDay(items, key, scale);
    wrong.push(...read.wrong);
    if ('wants' in read) hours.set(key, read.wants);
    else for (const [day, want] of read.days) month.set(day, want);
  }
  return wrong.length > 0
    ? { problems: wrong.map((each) => ({ ...each, entry: 0 })) }
    : { value: { hours, month } };
}

/**
 * DayOfMonth goes before the Nth weekday (`Monday2`), it before the weekday, it before WeekDay and Weekend, they before
 * AnyDay, and one of them says all of a day. A day of which none says anything is left as it is. The weekend is
 * Saturday and Sunday: that it may be Friday and Saturday is written in no tag.
 *
 * OCI-AutoScale looks each hour and undoes what was done by hand within it. Here, as everywhere, an edge is where
 * something else is wanted than in the hour before, and what is done by hand is respected until the next one; `*`
 * and what follows it stay as they are for its users. Its stops come two minutes before an hour ends, by
 * the value of that hour, and its starts a minute after one began; here both come when the hour begins.
 */
export function hourlyTimetable(
  { hours, month }: Hourly,
  { text, zone }: { readonly text: string; readonly zone: string },
): Timetable {
  const marks = new Map([...hours].map(([key, wants]) => [key, marksOf(wants, tagOf(key))] as const));
  const days = new Map(
    [...month].map(([day, want]) => [day, marksOf([want], `${tagOf(ofMonth)} ${day}`)] as const),
  );
  const day = (date: LocalDate) => {
    const special = days.get(date.day);
    if (special) return special;
    for (const key of keysOfDay(date.weekday, Math.ceil(date.day / 7))) {
      const found = marks.get(key);
      if (found) return found;
    }
    return untold;
  };
  return dailyTimetable({ text, zone, calendars: [], day });
}

const untold: readonly Mark[] = [{ minute: 0, want: 'any', because: 'no Schedule tag is about this day' }];

/** From midnight on, and where something else is wanted than in the hour before. */
function marksOf(wants: readonly Want[], tag: string): readonly Mark[] {
  return wants.flatMap((want, hour) => {
    const before = wants[hour - 1];
    if (before !== undefined && sameWant(before, want)) return [];
    const minute = (hour * minutesOfDay) / hoursOfDay;
    return [{ minute, want, because: `${tag} says ${saying(want)}` }];
  });
}

function saying(want: Want): string {
  return typeof want === 'object' ? `size ${want.size}` : want === 'any' ? '*' : want === 'up' ? 'on' : 'off';
}

function withoutComment(value: string): readonly string[] {
  const [said = ''] = value.split('#');
  return said.trim() === '' ? [] : said.split(',').map((each) => each.trim());
}

function readDay(
  items: readonly string[],
  key: string,
  scale: Scale,
): { readonly wants: readonly Want[]; readonly wrong: readonly Wrong[] } {
  if (items.length !== hoursOfDay) return { wants: [], wrong: [miscounted(items, key)] };
  const read = items.map((item, hour) => readSlot(item, scale, `${tagOf(key)} for ${showMinute(hour * 60)}`));
  return split(read);
}

function split(read: readonly (Want | Wrong)[]): {
  readonly wants: readonly Want[];
  readonly wrong: readonly Wrong[];
} {
  return {
    wants: read.filter((each): each is Want => !isWrong(each)),
    wrong: read.filter(isWrong),
  };
}

function miscounted(items: readonly string[], key: string): Wrong {
  const count = items.length === 1 ? '1 value' : `${items.length} values`;
  return {
    text: tagOf(key),
    sentence:
      items.length === 0 ? `${tagOf(key)} is empty.` : `${tagOf(key)} has ${count}, and a day has 24 hours.`,
    hint: 'Write 24 values with commas between them, the first for 00:00.',
  };
}

function readMonth(
  items: readonly string[],
  scale: Scale,
): { readonly days: ReadonlyMap<number, Want>; readonly wrong: readonly Wrong[] } {
  const days = new Map<number, Want>();
  const wrong: Wrong[] = [];
  const tag = tagOf(ofMonth);
  if (items.length === 0) wrong.push({ text: tag, sentence: `${tag} is empty.`, hint: asDays });
  for (const item of items) {
    const [, number, value] = /^(\d+)\s*:(.*)$/.exec(item) ?? [];
    const day = Number(number);
    if (value === undefined)
      wrong.push({
        text: item,
        sentence: `${tag} says "${item}", which is no day with its value.`,
        hint: asDays,
      });
    else if (day < 1 || day > 31)
      wrong.push({ text: item, sentence: `${tag} says ${day}, and no month has such a day.`, hint: asDays });
    else {
      const want = readSlot(value, scale, `${tag} for day ${day}`);
      if (isWrong(want)) wrong.push(want);
      else days.set(day, want);
    }
  }
  return { days, wrong };
}

const asDays = 'Write days with their values, such as 1:4,28:0.';
