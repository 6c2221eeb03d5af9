import type { SpecialDay } from '../calendar.ts';
import { minutesOfDay } from '../clock/civil.ts';
import type { Entry } from '../entry.ts';
import type { Want } from '../model.ts';

/** A stretch of time in which something is wanted up, in minutes of a local day, and how people are told of it. */
export interface Interval {
  readonly from: number;
  readonly until: number;
  readonly want: Want;
  readonly begins: string;
  readonly during: string;
  /** Absent for what never ends by itself. */
  readonly ends?: string;
  /** Of the entry, as it was written; absent for an open day. */
  readonly text?: string;
}

/** Of a window on the day it begins on; of a span on the day that it begins on. */
export function intervalOf({ act, text }: Entry): Interval | undefined {
  if (act.type !== 'window' && act.type !== 'span') return undefined;
  const { want } = act;
  if (/^always\b/.test(text)) return { from: 0, until: minutesOfDay, want, begins: text, during: text, text };
  const told = {
    text,
    begins: `the window ${text} begins`,
    during: `in the window ${text}`,
    ends: `the window ${text} ends`,
  };
  if (act.type === 'window') return { from: act.from, until: act.until, want, ...told };
  const days = act.until.day - act.from.day;
  return { from: act.from.minute, until: days * minutesOfDay + act.until.minute, want, ...told };
}

export function openDay({ label }: SpecialDay): Interval {
  const open = `open: ${label}`;
  return {
    from: 0,
    until: minutesOfDay,
    want: 'up',
    begins: open,
    during: open,
    ends: `the open day ${label} ends`,
  };
}

export function shifted(interval: Interval, minutes: number): Interval {
  return { ...interval, from: interval.from + minutes, until: interval.until + minutes };
}
