import { before, clocksOf, ends } from './clocks.ts';
import type { Days } from './days.ts';

/** What a timetable means, told a second time: not by its text, and minute by minute. */
export interface Meaning {
  readonly zone: string;
  /** Minutes of the day; the end is the next day's where it is past 1440, and nothing where it is the beginning. */
  readonly windows: readonly {
    readonly days: Days;
    readonly from: number;
    readonly to: number;
    readonly size?: string;
  }[];
  readonly times: readonly { readonly days: Days; readonly at: number; readonly act: 'start' | 'stop' }[];
  readonly special: (day: number) => 'closed' | 'open' | 'freeze' | undefined;
}

/** What is wanted at a minute: `up`, `down`, `any`, `frozen` or a size. */
export type Wish = string;

/** Minutes are since 1970-01-01T00:00Z. */
export interface Wishes {
  /** From which minute on what is wanted, in order. */
  readonly levels: readonly Level[];
  /** What is asked for at one minute only. */
  readonly calls: ReadonlyMap<number, 'up' | 'down'>;
}

export interface Level {
  readonly at: number;
  readonly wish: Wish;
}

/** Read off the clocks of the zone minute by minute. */
export function wishesOf(meaning: Meaning): Wishes {
  const clocks = clocksOf(meaning.zone);
  const levels: Level[] = [];
  const calls = new Map<number, 'up' | 'down'>();
  const agenda = agendaOf(meaning);
  let passed = clocks[0] ?? 0;
  let base: Wish = 'any';
  let overruled = false;
  for (let minute = before; minute <= ends; minute++) {
    const now = clocks[minute - before] ?? 0;
    const today = agenda(Math.floor(now / 1440));
    const frozen = today.kind === 'freeze';
    const wish = windowed(meaning, agenda, now);
    const call = now > passed && !frozen ? called(agenda, passed, now) : undefined;
    const began = wish !== base;
    if (began) overruled = false;
    base = wish;
    if (call !== undefined && !(began && call === 'down')) {
      calls.set(minute, call);
      if ((call === 'up') !== (wish !== 'down')) overruled = true;
    }
    const level = frozen ? 'frozen' : overruled ? 'any' : wish;
    if (level !== levels.at(-1)?.wish) levels.push({ at: minute, wish: level });
    passed = now;
  }
  return { levels, calls };
}

/** What a day of the zone brings, worked out once for each. */
type Agenda = (day: number) => {
  readonly kind: ReturnType<Meaning['special']>;
  readonly windows: readonly { readonly from: number; readonly to: number; readonly size?: string }[];
  readonly times: readonly { readonly at: number; readonly want: 'up' | 'down' }[];
};

function agendaOf({ windows, times, special }: Meaning): Agenda {
  const made = new Map<number, ReturnType<Agenda>>();
  return (day) => {
    const known = made.get(day);
    if (known) return known;
    const midnight = day * 1440;
    const kind = special(day);
    const dated = windows.some(({ days }) => days.rank === 5 && days.on(day));
    const begin = kind === 'closed' && !dated ? [] : foremost(windows, day);
    const open = kind === 'open' && !dated;
    const acts = (['start', 'stop'] as const)
      .filter((act) => !open && !(act === 'start' && kind === 'closed'))
      .flatMap((act) =>
        foremost(
          times.filter((each) => each.act === act),
          day,
        ),
      );
    const agenda = {
      kind,
      windows: open
        ? [{ from: midnight, to: midnight + 1440 }]
        : begin.map(({ from, to, size }) => ({
            from: midnight + from,
            to: midnight + to,
            ...(size === undefined ? {} : { size }),
          })),
      times: acts.map(({ at, act }) => ({
        at: midnight + at,
        want: act === 'start' ? ('up' as const) : ('down' as const),
      })),
    };
    made.set(day, agenda);
    return agenda;
  };
}

function foremost<T extends { readonly days: Days }>(entries: readonly T[], day: number): readonly T[] {
  const meant = entries.filter(({ days }) => days.on(day));
  const most = Math.max(...meant.map(({ days }) => days.rank));
  return meant.filter(({ days }) => days.rank === most);
}

function windowed({ windows }: Meaning, agenda: Agenda, now: number): Wish {
  const today = Math.floor(now / 1440);
  let running = false;
  let sized: { readonly from: number; readonly size?: string } | undefined;
  for (const day of [today - 1, today])
    for (const window of agenda(day).windows) {
      if (now < window.from || now >= window.to) continue;
      running = true;
      if (window.size !== undefined && (!sized || window.from > sized.from)) sized = window;
    }
  if (running) return sized?.size ?? 'up';
  return windows.length > 0 || agenda(today).kind === 'open' ? 'down' : 'any';
}

/** The last time that was reached, which on most days is one of one. */
function called(agenda: Agenda, after: number, now: number): 'up' | 'down' | undefined {
  for (const day of [Math.floor(now / 1440), Math.floor(now / 1440) - 1])
    for (const { at, want } of agenda(day).times) if (after < at && at <= now) return want;
  return undefined;
}
