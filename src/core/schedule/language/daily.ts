import { type Calendar, type SpecialDay, specialDays } from '../calendar.ts';
import { dateOf, type LocalDate, minutesOfDay, showDate } from '../clock/civil.ts';
import type { Timetable, Want } from '../model.ts';
import type { Mark, Part } from '../timeline/marks.ts';
import { timetableOf } from '../timeline/timeline.ts';
import { isUp } from '../want.ts';

export type { LocalDate } from '../clock/civil.ts';
export type { Mark } from '../timeline/marks.ts';

/**
 * A timetable from marks: what is wanted holds from a mark to the next one, of whichever day, and an edge is where
 * something else is wanted than before (and where a mark is `once`). Days begin and end by the zone's clocks: a time
 * that they skip is the first moment after the gap, one that comes twice is the first of the two, and of marks that
 * fall on one moment the last one counts. `day` is pure, gives its marks in order, and is asked many times over.
 *
 * On a closed day what would be up is down; on an open one everything is up from midnight to midnight; on a frozen
 * one everything stays as it is, and what is wanted by then is taken up at its end.
 */
export function dailyTimetable(spec: {
  readonly text: string;
  /** IANA, as `zoneNamed` spells it. */
  readonly zone: string;
  readonly calendars: readonly Calendar[];
  day(date: LocalDate): readonly Mark[];
}): Timetable {
  return timetableOf({ text: spec.text, zone: spec.zone, parts: [dailyPart(spec)] });
}

/** How far back a mark is looked for that still holds, in days. */
const longest = 31;

function dailyPart({
  zone,
  calendars,
  day,
}: {
  readonly zone: string;
  readonly calendars: readonly Calendar[];
  day(date: LocalDate): readonly Mark[];
}): Part {
  const special = (date: LocalDate) => specialDays(calendars, showDate(date));
  const marks = (date: LocalDate) => {
    const said = special(date);
    const open = said.find(({ mode }) => mode === 'open');
    const closed = said.find(({ mode }) => mode === 'closed');
    if (open) return opened(open, lastWant(date, day));
    return closed ? shut(closed, day(date)) : day(date);
  };
  const frozen = (date: LocalDate) => special(date).find(({ mode }) => mode === 'freeze')?.label;
  if (calendars.length === 0) return { zone, levels: true, marks: day };
  return {
    zone,
    levels: true,
    marks,
    ...(calendars.some(({ mode }) => mode === 'freeze') ? { frozen } : {}),
  };
}

function shut({ label }: SpecialDay, marks: readonly Mark[]): readonly Mark[] {
  return marks.flatMap((mark) => {
    if (!isUp(mark.want)) return [mark];
    return mark.once ? [] : [{ minute: mark.minute, want: 'down', because: `closed: ${label}` }];
  });
}

function opened({ label }: SpecialDay, after: Want): readonly Mark[] {
  return [
    { minute: 0, want: 'up', because: `open: ${label}` },
    { minute: minutesOfDay, want: after, because: `the open day ${label} ends` },
  ];
}

/** What would be wanted at the end of the day if it were not open. */
function lastWant(date: LocalDate, day: (date: LocalDate) => readonly Mark[]): Want {
  for (let back = 0; back < longest; back += 1) {
    const mark = day(dateOf(date.number - back)).findLast(({ once }) => !once);
    if (mark) return mark.want;
  }
  return 'any';
}
