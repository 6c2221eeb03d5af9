import type { Policy } from '../model.ts';

/** A file of policies, held against everything else that is configured. */
export interface CheckedFile {
  /** As what it was checked: `policies/shop.yml`. */
  readonly file: string;
  /** Those that are right. */
  readonly policies: readonly Policy[];
  /** What would keep the bot from starting with it, in its order. */
  readonly mistakes: readonly Oddity[];
  /** What it would only warn of. */
  readonly doubts: readonly Oddity[];
}

/** Something about policies that somebody may not have meant. */
export interface Oddity {
  /** `policies/shop.yml:12`, one or two of them; of what is written wrongly with its column too. */
  readonly places: readonly string[];
  /** A sentence. */
  readonly sentence: string;
}
