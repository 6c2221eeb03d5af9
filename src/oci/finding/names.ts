import type { Clock } from '../../core/clock.ts';
import type { Found } from '../../core/cloud.ts';
import type { Target } from '../../core/target.ts';
import type { Log } from '../client/log.ts';

const fresh = 5 * 60_000;

/** The last full list, kept for suggestions: handed out at once while a newer one is fetched. */
export class Names {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #everything: () => Promise<Found>;
  #kept: { readonly targets: readonly Target[]; readonly at: number } | undefined;
  #fetching: Promise<readonly Target[]> | undefined;

  constructor(clock: Clock, log: Log, everything: () => Promise<Found>) {
    this.#clock = clock;
    this.#log = log;
    this.#everything = everything;
  }

  /** Waits only for the first list. */
  async get(): Promise<readonly Target[]> {
    if (!this.#kept) return this.#fetch();
    if (this.#clock.now() - this.#kept.at > fresh)
      this.#fetch().catch((error: unknown) => {
        this.#log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'names not refreshed');
      });
    return this.#kept.targets;
  }

  /** Takes a full list that somebody else has asked for. */
  keep({ targets, missing }: Found): void {
    if (missing.length === 0 || !this.#kept) this.#kept = { targets, at: this.#clock.now() };
  }

  #fetch(): Promise<readonly Target[]> {
    this.#fetching ??= this.#everything()
      .then((found) => {
        this.keep(found);
        return found.targets;
      })
      .finally(() => {
        this.#fetching = undefined;
      });
    return this.#fetching;
  }
}
