import { limitExceeded, quotaExceeded } from './errors.ts';
import { type LimitDefinition, limitDefinitions, type Measured } from './limit-definitions.ts';
import type { SaidLimit } from './seed/limits.ts';
import type { Store } from './store.ts';
import type { Tenancy } from './tenancy.ts';

/** Where something is, or is to be. */
interface Place {
  readonly region: string;
  readonly compartmentId: string;
  /** Where the limit is one of availability domains. */
  readonly domain?: string | undefined;
}

/** How much one may have, and how much of it is taken: always of what is there, so nothing needs to be counted along. */
export class ServiceLimits {
  readonly #store: Store;
  readonly #tenancy: Tenancy;
  #said: readonly SaidLimit[] = [];

  constructor(store: Store, tenancy: Tenancy) {
    this.#store = store;
    this.#tenancy = tenancy;
  }

  get said(): readonly SaidLimit[] {
    return this.#said;
  }

  /** Replaces all, as at the start and after a reset. */
  load(said: readonly SaidLimit[]): void {
    this.#said = [...said];
  }

  /** The latest that is said of a limit stands. */
  set(limit: SaidLimit): void {
    this.#said = [...this.#said.filter((each) => !isSame(each, limit)), limit];
  }

  valueOf(of: LimitDefinition, region: string): number {
    const said = this.#said.findLast(
      (each) => each.compartment === undefined && isOf(each, of) && isIn(each, region),
    );
    return said?.value ?? of.usual;
  }

  /** The narrowest quota over the compartment: what it allows, and what below it is taken. */
  quotaOf(of: LimitDefinition, place: Place): { value: number; left: number } | undefined {
    const quotas = this.#said
      .filter((each) => each.compartment !== undefined && isOf(each, of) && isIn(each, place.region))
      .filter(({ compartment = '' }) => this.#isBelow(place.compartmentId, compartment))
      .map(({ value, compartment = '' }) => ({
        value,
        left: value - this.#taken(of, place, (id) => this.#isBelow(id, compartment)),
      }));
    return quotas.sort((a, b) => a.left - b.left)[0];
  }

  /** By those of the compartment itself, or of the whole tenancy for its root. */
  usedIn(of: LimitDefinition, place: Place): number {
    const isAll = place.compartmentId === this.#tenancy.ocid;
    return this.#taken(of, place, (id) => isAll || id === place.compartmentId);
  }

  /** How many more fit. */
  left(of: LimitDefinition, place: Place): number {
    const limit = this.valueOf(of, place.region) - this.#taken(of, place, () => true);
    return Math.max(0, Math.min(limit, this.quotaOf(of, place)?.left ?? limit));
  }

  /** @throws OciError 400 when what is to be made does not fit, with the names of all that it exceeds. */
  check(planned: Measured & Pick<Place, 'region' | 'compartmentId'>, domain?: string): void {
    const { region, compartmentId } = planned;
    const place = { region, compartmentId, domain };
    const wanted = limitDefinitions
      .map((of) => ({ of, amount: of.measure(planned) }))
      .filter(({ amount }) => amount > 0);
    const exceeded = wanted.filter(
      ({ of, amount }) => this.#taken(of, place, () => true) + amount > this.valueOf(of, region),
    );
    if (exceeded.length > 0) throw limitExceeded(exceeded.map(({ of }) => of.name));
    const over = wanted.filter(({ of, amount }) => amount > (this.quotaOf(of, place)?.left ?? amount));
    if (over.length > 0) throw quotaExceeded(over.map(({ of }) => of.name));
  }

  #taken(
    of: LimitDefinition,
    { region, domain }: Place,
    isCounted: (compartment: string) => boolean,
  ): number {
    return this.#store
      .all()
      .filter(
        (each) =>
          each.region === region &&
          (of.scope !== 'AD' || ('availabilityDomain' in each && each.availabilityDomain === domain)) &&
          isCounted(each.compartmentId),
      )
      .reduce((sum, each) => sum + of.measure(each), 0);
  }

  #isBelow(compartmentId: string, path: string): boolean {
    const of = this.#tenancy.compartments.find(({ ocid }) => ocid === compartmentId)?.path ?? '';
    return of === path || of.startsWith(`${path}/`);
  }
}

const isOf = (said: SaidLimit, { service, name }: LimitDefinition) =>
  said.service === service && said.name === name;

const isIn = (said: SaidLimit, region: string) => said.region === undefined || said.region === region;

const isSame = (a: SaidLimit, b: SaidLimit) =>
  a.service === b.service && a.name === b.name && a.region === b.region && a.compartment === b.compartment;
