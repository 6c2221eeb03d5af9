import type { Selector } from '../../selector.ts';
import type { Target } from '../../target.ts';
import { means } from '../meaning.ts';
import type { Policy } from '../model.ts';

/** Finds the policies that are about a resource without asking each of them. */
export interface PolicyIndex {
  /** Their places in the list of policies, in order. */
  of(target: Target): readonly number[];
}

/**
 * Each selector is filed under the rarest of what it demands: a name, a tag with its value, a kind. A resource then
 * meets only the selectors that are filed under something that it has. What demands nothing that can be looked up,
 * such as `web-*`, meets every resource.
 */
export function indexOf(policies: readonly Policy[]): PolicyIndex {
  const shelves = new Shelves();
  const anywhere: number[] = [];
  const selectors = policies.flatMap(({ what }, place) => what.map((selector) => ({ selector, place })));
  const counts = new Map<string, number>();
  for (const { selector } of selectors)
    for (const { field, value } of demandsOf(selector).flat()) {
      const key = `${field}=${value}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  const commonness = (demand: Demand) =>
    demand.reduce((sum, { field, value }) => sum + (counts.get(`${field}=${value}`) ?? 0), 0);
  for (const { selector, place } of selectors) {
    const [rarest] = demandsOf(selector).toSorted((a, b) => commonness(a) - commonness(b));
    if (rarest) for (const { field, value } of rarest) shelves.put(field, value, place);
    else anywhere.push(place);
  }
  return {
    of: (target) => {
      const met = [...anywhere];
      shelves.collect(target, met);
      const unique = met.length > 1 ? [...new Set(met)].sort((a, b) => a - b) : met;
      return unique.filter((place) => means(policies[place] as Policy, target));
    },
  };
}

/** Something that a resource has to have one of. In lower case, as selectors ignore it. */
type Demand = readonly { readonly field: string; readonly value: string }[];

/** Fields of a resource that are not tags cannot be taken for the keys of tags. */
const fields = { name: ' name', ocid: ' ocid', kind: ' kind', region: ' region' } as const;

function demandsOf({ kinds, names, ocids, tags, regions }: Selector): readonly Demand[] {
  const plain = (texts: readonly string[]) => texts.every((text) => !text.includes('*'));
  const each = (field: string, values: readonly string[]): Demand =>
    values.map((value) => ({ field: field.toLowerCase(), value: value.toLowerCase() }));
  return [
    plain(names) ? [...each(fields.name, names), ...each(fields.ocid, ocids)] : [],
    ...tags.map(({ key, values }) => (plain(values) ? each(key, values) : [])),
    each(fields.kind, kinds),
    each(fields.region, regions),
  ].filter((demand) => demand.length > 0);
}

class Shelves {
  readonly #fields = new Map<string, Map<string, number[]>>();

  put(field: string, value: string, place: number): void {
    const values = this.#fields.get(field) ?? new Map<string, number[]>();
    const places = values.get(value) ?? [];
    places.push(place);
    this.#fields.set(field, values.set(value, places));
  }

  collect(target: Target, into: number[]): void {
    this.#take(fields.name, target.name, into);
    this.#take(fields.ocid, target.ocid, into);
    this.#take(fields.kind, target.kind, into);
    this.#take(fields.region, target.region, into);
    for (const key in target.tags) this.#take(key.toLowerCase(), target.tags[key] ?? '', into);
  }

  #take(field: string, value: string, into: number[]): void {
    const places = this.#fields.get(field)?.get(value.toLowerCase());
    if (places) into.push(...places);
  }
}
