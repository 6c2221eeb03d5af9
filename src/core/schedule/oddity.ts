/** Something about policies that somebody may not have meant. */
export interface Oddity {
  /** `policies/shop.yml:12`, one or two of them; of what is written wrongly with its column too. */
  readonly places: readonly string[];
  /** A sentence. */
  readonly sentence: string;
}
