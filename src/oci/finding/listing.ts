import type { Clock } from '../../core/clock.ts';
import type { Found } from '../../core/cloud.ts';
import { CloudError } from '../../core/fault.ts';
import { kinds } from '../../core/target.ts';
import { ifThere } from '../acting/verbs.ts';
import type { Adapter, Seen } from '../adapter.ts';

/** How long a compartment that held none of a kind is passed over by those who did not ask for the kind. */
const passedOver = 10 * 60_000;

export interface Listed {
  readonly seen: readonly Seen[];
  /** Kinds of which not everything could be read, each with the reason of the first failure. */
  readonly failures: readonly { readonly kind: Adapter['kind']; readonly error: CloudError }[];
}

/** The resources that Resource Search does not know, found by listing compartment by compartment. */
export class Listing {
  readonly #clock: Clock;
  /** When a kind was last seen to be absent from a region's compartment. */
  readonly #empty = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param thorough no compartment is passed over, however lately it was seen to be empty */
  async of(
    region: string,
    adapters: readonly Adapter[],
    compartments: readonly string[],
    thorough: boolean,
  ): Promise<Listed> {
    const parts = await Promise.all(
      adapters.map(async (adapter) => {
        const lists = await Promise.allSettled(
          compartments.map((compartment) => this.#list(region, adapter, compartment, thorough)),
        );
        const seen = lists.flatMap((list) => (list.status === 'fulfilled' ? list.value : []));
        return { seen, failures: failuresOf(adapter, lists) };
      }),
    );
    return {
      seen: parts.flatMap(({ seen }) => seen),
      failures: parts.flatMap(({ failures }) => failures),
    };
  }

  /** What may not be listed is not there for the bot; a service without an endpoint is not in the region. */
  async #list(
    region: string,
    adapter: Adapter,
    compartment: string,
    thorough: boolean,
  ): Promise<readonly Seen[]> {
    const key = `${adapter.kind} ${region} ${compartment}`;
    const emptyAt = this.#empty.get(key);
    if (!thorough && emptyAt !== undefined && this.#clock.now() - emptyAt < passedOver) return [];
    const seen = (await ifOffered(ifThere(adapter.list(region, compartment)))) ?? [];
    if (seen.length > 0) this.#empty.delete(key);
    else this.#empty.set(key, this.#clock.now());
    return seen;
  }
}

function failuresOf({ kind }: Adapter, lists: readonly PromiseSettledResult<unknown>[]): Listed['failures'] {
  for (const list of lists)
    if (list.status === 'rejected') {
      const error: unknown = list.reason;
      if (error instanceof CloudError) return [{ kind, error }];
      throw error;
    }
  return [];
}

/** How the report names what is missing: `MySQL DB systems: 503 …`. */
export function missingOf(
  region: string,
  { failures }: Listed,
  reason: (error: CloudError) => string,
): Found['missing'] {
  return failures.map(({ kind, error }) => ({
    region,
    because: `${kinds[kind].plural}: ${reason(error)}`,
  }));
}

async function ifOffered<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof CloudError && error.status === 0 && error.code === 'ENOTFOUND') return undefined;
    throw error;
  }
}
