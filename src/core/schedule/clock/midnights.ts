import { dateOf, type LocalDate, minutesOfDay, msOfMinute } from './civil.ts';
import { nextChange } from './offsets.ts';
import { instantOfDay, localDay } from './zone.ts';

/** A day of a zone: what it is called, when it begins, and whether its clocks run through to the next midnight. */
export interface Midnight {
  readonly date: LocalDate;
  readonly at: number;
  readonly even: boolean;
}

/** Many timetables ask for the same days of the same few zones. */
const zones = new Map<string, Map<number, Midnight>>();

/** Days that are remembered of each zone: ten years. */
const remembered = 3660;

export function midnightsOf(zone: string): (day: number) => Midnight {
  const known = zones.get(zone) ?? new Map<number, Midnight>();
  zones.set(zone, known);
  return (day) => {
    let midnight = known.get(day);
    if (!midnight) {
      if (known.size >= remembered) known.clear();
      midnight = midnightOf(zone, day);
      known.set(day, midnight);
    }
    return midnight;
  };
}

function midnightOf(zone: string, day: number): Midnight {
  const at = instantOfDay(zone, day, 0);
  const set = nextChange(zone, at - 1, at + minutesOfDay * msOfMinute + 1);
  return { date: dateOf(day), at, even: set === undefined && localDay(zone, at) === day };
}
