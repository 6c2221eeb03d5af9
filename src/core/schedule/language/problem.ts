/** What is wrong with one word of a timetable, and what to write instead. */
export interface Problem {
  /** The part that is wrong, as it was written. */
  readonly text: string;
  /** Which entry of the list, from 0; 0 where one string was written. */
  readonly entry: number;
  readonly sentence: string;
  readonly hint: string;
}

/** A value, or everything that keeps it from being one. */
export type Reading<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** A problem that does not know yet in which entry it is. */
export type Wrong = Omit<Problem, 'entry'>;
