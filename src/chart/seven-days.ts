/** What ran over a week. */
export interface Week {
  /** Samples in order: how many were up, of how many. Each holds until the next one. */
  readonly points: readonly { readonly at: number; readonly up: number; readonly all: number }[];
  /** IANA: days and nights are drawn by its wall clock. */
  readonly zone: string;
  readonly title: string;
  readonly policies: readonly string[];
  /** The right end, in milliseconds since 1970-01-01T00:00Z; the last sample if absent. */
  readonly until?: number;
}

export const sevenDays = 7 * 24 * 3_600_000;
