import type { Policy } from '../model.ts';

/** A file of policies, held against everything else that is configured. */
export interface CheckedFile {
  /** Its path as it was typed. */
  readonly file: string;
  /** The file whose place it takes once the bot is started with it: `policies/shop.yml`. */
  readonly replaces: string;
  /** Those that are right. */
  readonly policies: readonly Policy[];
  /** What would keep the bot from starting with it, in its order. */
  readonly mistakes: readonly Oddity[];
  /** What it would only warn of. */
  readonly doubts: readonly Oddity[];
}

/** Something about policies that somebody may not have meant. */
export interface Oddity {
  /** `policies/shop.yml:12`, one or two of them, of a file that was handed over its path as it was typed; of what is written wrongly with its column too. */
  readonly places: readonly string[];
  /** A sentence. */
  readonly sentence: string;
}
