import type { Calendar } from './calendar.ts';
import { minutesOfDay } from './civil.ts';
import { type DayPlan, DayRules } from './day-rules.ts';
import { type Entry, ranks } from './entry.ts';
import { type Interval, intervalOf, shifted } from './interval.ts';
import type { Mark, Part } from './marks.ts';

/** What entries of one zone and calendars say, day by day. */
export function partOf(entries: readonly Entry[], calendars: readonly Calendar[], zone: string): Part {
  const rules = new DayRules(entries, calendars);
  const levels = calendars.some(({ mode }) => mode === 'open') || entries.some(isLevel);
  const spans = spansOf(entries);
  const outside = outsideOf(entries);
  const freezes = [
    ...calendars.map(({ mode }) => mode),
    ...entries.map(({ act }) => act.type === 'mode' && act.mode),
  ];
  return {
    zone,
    levels,
    marks: ({ number }) => {
      const { onces, ...plan } = rules.of(number);
      if (!levels) return onces;
      const marks = levelMarks(running(number, plan, rules.of(number - 1), spans), plan.closed, outside);
      return onces.length === 0 ? marks : [...marks, ...onces].toSorted((a, b) => a.minute - b.minute);
    },
    ...(freezes.includes('freeze') ? { frozen: ({ number }) => rules.of(number).frozen } : {}),
  };
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

/** What runs on a day, or ends as it begins: its own windows, those of the evening before, and spans. */
function running(
  day: number,
  today: Pick<DayPlan, 'windows'>,
  yesterday: DayPlan,
  spans: readonly Span[],
): readonly Interval[] {
  const late = yesterday.windows.filter(({ until }) => until >= minutesOfDay);
  return [
    ...late.map((interval) => shifted(interval, -minutesOfDay)),
    ...today.windows,
    ...spans
      .map((span) => shifted(span.interval, (span.day - day) * minutesOfDay))
      .filter(({ from, until }) => from < minutesOfDay && until >= 0),
  ];
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
  const because = wholeDay && closed !== undefined ? meanwhile : (ended?.ends ?? meanwhile);
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
    return entries.some(({ text }) => /^never\b/i.test(text)) ? 'never' : 'on no open day';
  return texts.length > 3 ? `outside all ${texts.length} windows` : `outside ${texts.join(', ')}`;
}
