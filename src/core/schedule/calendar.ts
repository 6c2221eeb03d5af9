/** Days that are not as their weekday says: holidays, moves, stock-takings. */
export interface Calendar {
  readonly name: string;
  /**
   * `closed`: nothing begins on such a day, and what began the day before ends when it ends. `open`: up all of the
   * local day. `freeze`: everything stays as it is all day, and what is wanted by then is taken up when it ends.
   */
  readonly mode: 'closed' | 'open' | 'freeze';
  /** `2026-04-27` → what the day is called. */
  readonly days: ReadonlyMap<string, string>;
}

export type Mode = Calendar['mode'];

/** What is said of one day. */
export interface SpecialDay {
  readonly mode: Mode;
  readonly label: string;
}

export function specialDays(calendars: readonly Calendar[], date: string): readonly SpecialDay[] {
  return calendars.flatMap(({ name, mode, days }) => {
    const label = days.get(date);
    return label === undefined ? [] : [{ mode, label: label || name }];
  });
}
