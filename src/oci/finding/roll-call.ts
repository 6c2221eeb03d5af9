import { setImmediate as moment } from 'node:timers/promises';
import type { Clock } from '../../core/clock.ts';
import { CloudError, isTransient } from '../../core/fault.ts';
import type { Seen } from '../adapter.ts';

/** Up to this many that are looked at in one compartment are read one by one. */
const few = 3;
/** Milliseconds between two lists of one compartment. */
export const gap = 350;
/** Who looks less often than this does not count. */
const lately = 30_000;

interface Place {
  readonly region: string;
  readonly compartmentId: string;
  /** When each was last looked at. */
  readonly looks: Map<string, number>;
  /** A list that has not been asked for yet, so that it tells of the present to all who wait for it. */
  coming?: Promise<ReadonlyMap<string, Seen> | undefined> | undefined;
  listedAt: number;
}

/**
 * Looks at many resources of one kind by one list of their compartment instead of a call for each. A list has no etags,
 * and it may be behind what was just done: what it says counts where that is what was waited for, and
 * anything else is for the resource's own service to say.
 */
export class RollCall {
  readonly #clock: Clock;
  readonly #list: (region: string, compartmentId: string) => Promise<readonly Seen[]>;
  readonly #places = new Map<string, Place>();

  constructor(clock: Clock, list: (region: string, compartmentId: string) => Promise<readonly Seen[]>) {
    this.#clock = clock;
    this.#list = list;
  }

  /**
   * How it is by a list that was asked for after this look began. Undefined when few look there or the list does
   * not show it: then it is to be read. Rejects with a CloudError when the service does not answer.
   */
  async look(region: string, compartmentId: string, ocid: string): Promise<Seen | undefined> {
    const place = this.#place(region, compartmentId);
    place.looks.set(ocid, this.#clock.now());
    place.coming ??= this.#next(place);
    return (await place.coming)?.get(ocid);
  }

  #place(region: string, compartmentId: string): Place {
    const key = `${region} ${compartmentId}`;
    const known = this.#places.get(key);
    if (known) return known;
    const place: Place = { region, compartmentId, looks: new Map(), listedAt: Number.NEGATIVE_INFINITY };
    this.#places.set(key, place);
    return place;
  }

  async #next(place: Place): Promise<ReadonlyMap<string, Seen> | undefined> {
    // those who look in the same moment look together
    await moment();
    const isCrowd = this.#isCrowd(place);
    if (isCrowd) await this.#clock.sleep(Math.min(gap, place.listedAt + gap - this.#clock.now()));
    place.coming = undefined;
    if (!isCrowd) return undefined;
    place.listedAt = this.#clock.now();
    try {
      const seen = await this.#list(place.region, place.compartmentId);
      return new Map(seen.map((each) => [each.ocid, each]));
    } catch (error) {
      // who may not list may be let read
      if (error instanceof CloudError && !isTransient(error)) return undefined;
      throw error;
    }
  }

  #isCrowd({ looks }: Place): boolean {
    const since = this.#clock.now() - lately;
    for (const [ocid, at] of looks) if (at < since) looks.delete(ocid);
    return looks.size > few;
  }
}
