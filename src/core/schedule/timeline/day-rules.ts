import { type Calendar, type SpecialDay, specialDays } from '../calendar.ts';
import { type LocalDate, showDate } from '../clock/civil.ts';
import { type Entry, ranks } from '../entry.ts';
import { isUp } from '../want.ts';
import { type Interval, intervalOf, openDay } from './interval.ts';
import type { Mark } from './marks.ts';

/** Of a number in JavaScript that bits are set in. */
const mostBits = 31;

/** What entries and calendars say of what begins on one day. */
export interface DayPlan {
  /** What the day is called on which everything stays as it is. */
  readonly frozen?: string;
  /** What the day is called on which nothing begins. */
  readonly closed?: string;
  readonly windows: readonly Interval[];
  readonly onces: readonly Mark[];
}

interface RankedDay extends SpecialDay {
  readonly rank: number;
}

/**
 * Of the entries that mean a day only those count that know most of it (`ranks`): of windows, of starts and of stops
 * each by themselves, so that `Mon-Fri 07:30-20:00, Fri stop 18:00` leaves Friday its window. What knows equally much
 * is a union. Days that are closed, open or frozen stand in the same order; cron acts whatever other times there are
 * on a day, and heeds only those.
 */
export class DayRules {
  readonly #entries: readonly Entry[];
  readonly #calendars: readonly Calendar[];
  readonly #intervals: ReadonlyMap<Entry, Interval>;
  /** Days on which the same entries count are alike, and most days are. */
  readonly #plans = new Map<number | string, DayPlan>();

  constructor(entries: readonly Entry[], calendars: readonly Calendar[]) {
    this.#entries = entries.filter(({ act }) => act.type !== 'span');
    this.#calendars = calendars;
    this.#intervals = new Map(
      entries.flatMap((entry) => {
        const interval = intervalOf(entry);
        return interval ? [[entry, interval]] : [];
      }),
    );
  }

  /** Equal days have the same plan, not an equal one. */
  of(date: LocalDate): DayPlan {
    const special = this.#calendars.length > 0 ? specialDays(this.#calendars, showDate(date)) : [];
    const key =
      this.#entries.length <= mostBits && special.length === 0 ? this.#bits(date) : this.#key(date, special);
    let plan = this.#plans.get(key);
    if (!plan) {
      plan = this.#plan(
        this.#entries.filter(({ days }) => days.has(date)),
        special,
      );
      this.#plans.set(key, plan);
    }
    return plan;
  }

  /** Which entries count, a bit for each: a number is found sooner than a text. */
  #bits(date: LocalDate): number {
    let bits = 0;
    for (let at = 0; at < this.#entries.length; at += 1)
      if (this.#entries[at]?.days.has(date)) bits |= 1 << at;
    return bits;
  }

  #key(date: LocalDate, special: readonly SpecialDay[]): string {
    const counts = this.#entries.map(({ days }) => (days.has(date) ? '1' : '0')).join('');
    return counts + special.map(({ mode, label }) => `${mode} ${label},`).join('');
  }

  #plan(meant: readonly Entry[], kept: readonly SpecialDay[]): DayPlan {
    const windows = meant.filter(({ act }) => act.type === 'window');
    const special = [...modesOf(meant), ...kept.map((day) => ({ ...day, rank: ranks.calendar }))];
    const freeze = highest(special.filter(({ mode }) => mode === 'freeze'));
    const others = special.filter(({ mode }) => mode !== 'freeze');
    const mode = highest(others.filter((each) => each.mode === 'open' || !isBeaten(each, others)));
    const most = topRank(windows);
    const rules =
      mode && (mode.rank > most || (mode.rank === most && mode.mode === 'open')) ? mode : undefined;
    const known = Math.max(
      topRank(meant.filter(({ act }) => act.type !== 'mode')),
      ...others.map(({ rank }) => rank),
    );
    const top = windows.filter(({ days }) => days.rank === most);
    return {
      ...(freeze && freeze.rank >= known ? { frozen: freeze.label } : {}),
      ...(rules?.mode === 'closed' ? { closed: rules.label } : {}),
      windows: rules ? (rules.mode === 'open' ? [openDay(rules)] : []) : this.#windows(top),
      onces: oncesOf(meant, mode),
    };
  }

  #windows(entries: readonly Entry[]): readonly Interval[] {
    return entries.flatMap((entry) => this.#intervals.get(entry) ?? []);
  }
}

function modesOf(entries: readonly Entry[]): readonly RankedDay[] {
  return entries.flatMap(({ act, days, text }) =>
    act.type === 'mode' ? [{ mode: act.mode, label: labelOf(text), rank: days.rank }] : [],
  );
}

function highest(days: readonly RankedDay[]): RankedDay | undefined {
  return days.reduce<RankedDay | undefined>(
    (top, day) => (top && top.rank >= day.rank ? top : day),
    undefined,
  );
}

/** Up beats down: of what knows equally much of a day, `open` goes before `closed`. */
function isBeaten(day: RankedDay, others: readonly RankedDay[]): boolean {
  return others.some(({ mode, rank }) => mode === 'open' && rank === day.rank);
}

function topRank(entries: readonly Entry[]): number {
  return entries.reduce((top, { days }) => Math.max(top, days.rank), -1);
}

function oncesOf(meant: readonly Entry[], mode: RankedDay | undefined): readonly Mark[] {
  const onces = meant.flatMap((entry) => (entry.act.type === 'once' ? [{ ...entry, act: entry.act }] : []));
  if (onces.length === 0) return [];
  const known = [true, false].map((up) =>
    topRank(onces.filter(({ act }) => !act.freely && isUp(act.want) === up)),
  );
  return onces
    .filter(({ act, days }) => act.freely || days.rank === known[isUp(act.want) ? 0 : 1])
    .filter(({ act, days }) => !mode || mode.rank <= days.rank || (mode.mode === 'closed' && !isUp(act.want)))
    .flatMap(({ act, text }) =>
      act.minutes.map((minute): Mark => ({ minute, want: act.want, because: text, once: true })),
    )
    .toSorted((a, b) => a.minute - b.minute);
}

/** `Sat,Sun closed` → `Sat,Sun`; `never` is its own. */
function labelOf(text: string): string {
  return text.replace(/ ?\b(closed|open|freeze|frozen)\b ?/i, ' ').trim();
}
