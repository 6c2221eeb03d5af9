/** Days that differ from their weekday. */
export interface Calendar {
  readonly name: string;
  /** `closed`: nothing is wanted up; `open`: as on a working day; `freeze`: all stays as it is. */
  readonly mode: 'closed' | 'open' | 'freeze';
  /** `2026-04-27` → what the day is called. */
  readonly days: ReadonlyMap<string, string>;
}
