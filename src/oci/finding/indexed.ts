import type { Clock } from '../../core/clock.ts';
import type { Adapter } from '../adapter.ts';
import { allPages } from '../client/pages.ts';
import type { Services } from '../client/services.ts';

const fresh = 24 * 60 * 60_000;

interface Kept {
  readonly types: Promise<ReadonlySet<string>>;
  readonly at: number;
}

/**
 * Which resource types Resource Search knows. A query that names one that it does not know is refused as
 * a whole, so that it is asked first, once a day in each region.
 */
export class Indexed {
  readonly #services: Services;
  readonly #clock: Clock;
  readonly #kept = new Map<string, Kept>();

  constructor(services: Services, clock: Clock) {
    this.#services = services;
    this.#clock = clock;
  }

  /** The adapters that Search can find for, and those whose compartments have to be listed. Rejects with a CloudError. */
  async sort(
    region: string,
    adapters: readonly Adapter[],
  ): Promise<{ readonly searched: readonly Adapter[]; readonly listed: readonly Adapter[] }> {
    const known = await this.#types(region);
    const isKnown = ({ searchType }: Adapter) => searchType !== undefined && known.has(searchType);
    return { searched: adapters.filter(isKnown), listed: adapters.filter((each) => !isKnown(each)) };
  }

  /** A failure is not remembered. */
  #types(region: string): Promise<ReadonlySet<string>> {
    const kept = this.#kept.get(region);
    if (kept && this.#clock.now() - kept.at < fresh) return kept.types;
    const types = this.#ask(region);
    this.#kept.set(region, { types, at: this.#clock.now() });
    types.catch(() => this.#kept.delete(region));
    return types;
  }

  async #ask(region: string): Promise<ReadonlySet<string>> {
    const types = await allPages((where) =>
      this.#services.search.read('ListResourceTypes', region, async (client) => {
        const reply = await client.listResourceTypes(where);
        return { items: reply.items, next: reply.opcNextPage };
      }),
    );
    return new Set(types.map(({ name }) => name.toLowerCase()));
  }
}
