import type { Calendar } from '../calendar.ts';
import { dateOf, type LocalDate, minutesOfDay } from '../clock/civil.ts';
import { type Entry, ranks } from '../entry.ts';
import { type DayPlan, DayRules } from './day-rules.ts';
import { type Interval, intervalOf, shifted } from './interval.ts';
import type { Mark, Part } from './marks.ts';

/** What entries of one zone and calendars say, day by day. */
export function partOf(entries: readonly Entry[], calendars: readonly Calendar[], zone: string): Part {
  const rules = new DayRules(entries, calendars);
  const levels = calendars.some(({ mode }) => mode === 'open') || entries.some(isLevel);
  const spans = spansOf(entries);
  const outside = outsideOf(entries);
  const alike = new Map<DayPlan, Map<DayPlan, readonly Mark[]>>();
  // Days are asked for one after another, so that yesterday has mostly just been asked for.
  let last = { number: Number.NaN, plan: noPlan };
  const planOf = (date: LocalDate) => {
    if (last.number !== date.number) last = { number: date.number, plan: rules.of(date) };
    return last.plan;
  };
  const marksOf = (today: DayPlan, yesterday: DayPlan) => {
    const known = alike.get(today)?.get(yesterday);
    if (known) return known;
    const marks = levelMarks(running(today, yesterday), today.closed, outside);
    alike.set(today, (alike.get(today) ?? new Map()).set(yesterday, withOnces(marks, today)));
    return withOnces(marks, today);
  };
  return {
    zone,
    levels,
    marks: (date) => {
      const yesterday = last.number === date.number - 1 ? last.plan : rules.of(dateOf(date.number - 1));
      const today = planOf(date);
      if (!levels) return today.onces;
      const near = spansOn(date.number, spans);
      if (near.length === 0) return marksOf(today, yesterday);
      return withOnces(levelMarks([...running(today, yesterday), ...near], today.closed, outside), today);
    },
    ...(freezes(entries, calendars) ? { frozen: (date: LocalDate) => planOf(date).frozen } : {}),
  };
}

const noPlan: DayPlan = { windows: [], onces: [] };

function withOnces(marks: readonly Mark[], { onces }: DayPlan): readonly Mark[] {
  return onces.length === 0 ? marks : [...marks, ...onces].toSorted((a, b) => a.minute - b.minute);
}

function freezes(entries: readonly Entry[], calendars: readonly Calendar[]): boolean {
  const modes = [...calendars, ...entries.map(({ act }) => act)].map((said) =>
    'mode' in said ? said.mode : '',
  );
  return modes.includes('freeze');
}

/** Whether an entry says what is wanted outside its times too: down. */
function isLevel({ act, days }: Entry): boolean {
  if (act.type === 'window' || act.type === 'span') return true;
  return act.type === 'mode' && (act.mode === 'open' || (act.mode === 'closed' && days.rank === ranks.daily));
}

interface Span {
  readonly day: number;
  readonly interval: Interval;
}

function spansOf(entries: readonly Entry[]): readonly Span[] {
  return entries.flatMap((entry) => {
    const interval = intervalOf(entry);
    return entry.act.type === 'span' && interval ? [{ day: entry.act.from.day, interval }] : [];
  });
}

/** What runs on a day, or ends as it begins: its own windows and those of the evening before. */
function running({ windows }: DayPlan, yesterday: DayPlan): readonly Interval[] {
  const late = yesterday.windows.filter(({ until }) => until >= minutesOfDay);
  return [...late.map((interval) => shifted(interval, -minutesOfDay)), ...windows];
}

function spansOn(day: number, spans: readonly Span[]): readonly Interval[] {
  return spans
    .map((span) => shifted(span.interval, (span.day - day) * minutesOfDay))
    .filter(({ from, until }) => from < minutesOfDay && until >= 0);
}

/** A mark at midnight, whatever holds then, and one wherever an interval begins or ends. */
function levelMarks(
  intervals: readonly Interval[],
  closed: string | undefined,
  outside: string,
): readonly Mark[] {
  const minutes = new Set([0]);
  for (const { from, until } of intervals) {
    if (from > 0) minutes.add(from);
    if (until < minutesOfDay) minutes.add(until);
  }
  return [...minutes].sort((a, b) => a - b).map((minute) => markAt(minute, intervals, closed, outside));
}

function markAt(
  minute: number,
  intervals: readonly Interval[],
  closed: string | undefined,
  outside: string,
): Mark {
  const decides = deciding(intervals.filter(({ from, until }) => from <= minute && minute < until));
  const ended = intervals.find(({ until }) => until === minute);
  if (decides) {
    const because = decides.from === minute ? decides.begins : (ended?.ends ?? decides.during);
    return { minute, want: decides.want, because, meanwhile: decides.during };
  }
  const meanwhile = closed === undefined ? outside : closed === 'never' ? closed : `closed: ${closed}`;
  const wholeDay = ended && ended.until - ended.from === minutesOfDay && minute === 0;
  const shut = wholeDay && closed !== undefined && closed !== 'never';
  const because = shut ? meanwhile : (ended?.ends ?? meanwhile);
  return { minute, want: 'down', because, meanwhile };
}

/** The one that began last; among those with sizes, if there are any. */
function deciding(active: readonly Interval[]): Interval | undefined {
  const sized = active.filter(({ want }) => typeof want === 'object');
  return (sized.length > 0 ? sized : active).reduce<Interval | undefined>(
    (last, each) => (last && last.from >= each.from ? last : each),
    undefined,
  );
}

function outsideOf(entries: readonly Entry[]): string {
  const windows = entries
    .filter(({ act }) => act.type === 'window' || act.type === 'span')
    .map(({ text }) => text);
  const texts = [...new Set(windows)];
  if (texts.length === 0)
    return entries.some(({ text }) => /^never\b/.test(text)) ? 'never' : 'on no open day';
  return texts.length > 3 ? `outside all ${texts.length} windows` : `outside ${texts.join(', ')}`;
}
