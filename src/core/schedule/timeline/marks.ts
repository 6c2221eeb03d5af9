import type { LocalDate } from '../clock/civil.ts';
import type { Want } from '../model.ts';

/** That from a minute of a local day on something is wanted, until the next mark, of whichever day. */
export interface Mark {
  /** 0 to 1439; 1440 for the very end of the day. Marks of a day stand in this order. */
  readonly minute: number;
  readonly want: Want;
  /** Why it turns: what an edge says. */
  readonly because: string;
  /** Why it is so from then on, where that has other words. */
  readonly meanwhile?: string;
  /** A one-sided time: it only acts, every time; what is wanted afterwards stays as other marks have it. */
  readonly once?: true;
}

/** The days of one zone. Several make a timetable by union. Pure: the same day gives the same marks. */
export interface Part {
  /** IANA. */
  readonly zone: string;
  /** Whether any day has marks that are not `once`; if not, the part wants nothing of what lies between. */
  readonly levels: boolean;
  marks(date: LocalDate): readonly Mark[];
  /** What a day is called on which everything stays as it is. */
  frozen?(date: LocalDate): string | undefined;
}
