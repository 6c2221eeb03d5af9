import type { Clock } from '../../core/clock.ts';
import { CloudError, isTransient } from '../../core/fault.ts';
import { isWithin } from '../../core/selector.ts';
import type { Compartment } from '../../core/target.ts';
import { allPages } from '../client/pages.ts';
import type { Connection } from '../client/service.ts';
import type { Services } from '../client/services.ts';
import { Tree } from './tree.ts';

const fresh = 10 * 60_000;
/** An unknown compartment makes the tree be read anew, but not for each resource in it. */
const settled = 30_000;

interface Kept<T> {
  readonly value: T;
  readonly at: number;
}

/** Where things can be: the regions and compartments that the bot looks at. */
export class Tenancy {
  readonly #connection: Connection;
  readonly #services: Services;
  readonly #clock: Clock;
  readonly #onlyRegions: readonly string[] | undefined;
  readonly #onlyCompartments: readonly string[];
  #regions: Kept<readonly string[]> | undefined;
  #tree: Kept<Tree> | undefined;
  #reading: Promise<Tree> | undefined;

  constructor(
    connection: Connection,
    services: Services,
    only: { readonly regions?: readonly string[]; readonly compartments?: readonly string[] },
  ) {
    this.#connection = connection;
    this.#services = services;
    this.#clock = connection.options.clock;
    this.#onlyRegions = only.regions?.length ? only.regions : undefined;
    this.#onlyCompartments = only.compartments ?? [];
  }

  /** The configured regions, or those that the tenancy has subscribed to. */
  async regions(): Promise<readonly string[]> {
    if (this.#onlyRegions) return this.#onlyRegions;
    if (this.#regions && this.#clock.now() - this.#regions.at < fresh) return this.#regions.value;
    try {
      const value = await this.#subscribed();
      this.#regions = { value, at: this.#clock.now() };
      return value;
    } catch (error) {
      if (this.#regions && error instanceof CloudError && isTransient(error)) return this.#regions.value;
      throw error;
    }
  }

  /** The compartments, at most ten minutes old; older when Identity is away. */
  async tree(): Promise<Tree> {
    if (this.#tree && this.#clock.now() - this.#tree.at < fresh) return this.#tree.value;
    try {
      return await this.#read();
    } catch (error) {
      if (this.#tree && error instanceof CloudError && isTransient(error)) return this.#tree.value;
      throw error;
    }
  }

  /** The compartment with its path. One that is not known even after another look is called by its OCID. */
  async compartment(ocid: string): Promise<Compartment> {
    const known = (await this.tree()).compartment(ocid);
    if (known) return known;
    const found = this.#isOld ? (await this.#read()).compartment(ocid) : undefined;
    return found ?? { ocid, path: `…${ocid.slice(-6)}` };
  }

  /** Whether the bot may look there at all. */
  isOurs(tree: Tree, compartment: Compartment): boolean {
    return (
      this.#onlyCompartments.length === 0 ||
      this.#onlyCompartments.some(
        (only) => tree.isBelow(compartment.ocid, only) || isWithin(compartment, only),
      )
    );
  }

  /** OCIDs of the compartments that the words mean, within what is ours; undefined for everywhere. */
  async meant(words: readonly string[]): Promise<readonly string[] | undefined> {
    if (words.length === 0 && this.#onlyCompartments.length === 0) return undefined;
    const chosen = this.#chosen(await this.tree(), words);
    return chosen.length > 0 || !this.#isOld ? chosen : this.#chosen(await this.#read(), words);
  }

  get #isOld(): boolean {
    return !this.#tree || this.#clock.now() - this.#tree.at > settled;
  }

  #chosen(tree: Tree, words: readonly string[]): readonly string[] {
    return tree.all
      .filter((each) => this.isOurs(tree, each))
      .filter((each) => words.length === 0 || words.some((word) => isWithin(each, word)))
      .map(({ ocid }) => ocid);
  }

  #read(): Promise<Tree> {
    this.#reading ??= this.#compartments()
      .then((value) => {
        this.#tree = { value, at: this.#clock.now() };
        return value;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  async #compartments(): Promise<Tree> {
    const { tenancy } = await this.#connection.identity();
    const branches = await this.#anywhere((region) =>
      allPages((where) =>
        this.#services.identity.read('ListCompartments', region, async (client) => {
          const reply = await client.listCompartments({
            compartmentId: tenancy,
            compartmentIdInSubtree: true,
            lifecycleState: 'ACTIVE',
            ...where,
          });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      ),
    );
    return new Tree(
      tenancy,
      branches.map(({ id, compartmentId, name }) => ({ ocid: id, parent: compartmentId, name })),
    );
  }

  async #subscribed(): Promise<readonly string[]> {
    const { tenancy } = await this.#connection.identity();
    const { items } = await this.#anywhere((region) =>
      this.#services.identity.read('ListRegionSubscriptions', region, (client) =>
        client.listRegionSubscriptions({ tenancyId: tenancy }),
      ),
    );
    return items.filter(({ status }) => String(status) === 'READY').map(({ regionName }) => regionName);
  }

  /** Identity answers the same in every region: another one is asked when the first is away. */
  async #anywhere<T>(ask: (region: string) => Promise<T>): Promise<T> {
    const { region } = await this.#connection.identity();
    const others = this.#onlyRegions ?? this.#regions?.value ?? [];
    let first: unknown;
    for (const each of new Set([region, ...others])) {
      try {
        return await ask(each);
      } catch (error) {
        if (!(error instanceof CloudError && isTransient(error))) throw error;
        first ??= error;
      }
    }
    throw first;
  }
}
