import type { Selector } from '../selector.ts';
import type { Target } from '../target.ts';
import { means } from './meaning.ts';
import type { Policy } from './model.ts';

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
  const shelves = new Map<string, number[]>();
  const anywhere: number[] = [];
  const counts = new Map<string, number>();
  const selectors = policies.flatMap(({ what }, place) => what.map((selector) => ({ selector, place })));
  const demands = selectors.map(({ selector }) => demandsOf(selector));
  for (const key of demands.flat(2)) counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const [at, { place }] of selectors.entries()) {
    const rarest = (demands[at] ?? [])
      .map((keys) => ({ keys, met: keys.reduce((sum, key) => sum + (counts.get(key) ?? 0), 0) }))
      .reduce<{ keys: readonly string[]; met: number } | undefined>(
        (least, each) => (least && least.met <= each.met ? least : each),
        undefined,
      );
    if (!rarest) anywhere.push(place);
    for (const key of rarest?.keys ?? []) {
      const shelf = shelves.get(key);
      if (shelf) shelf.push(place);
      else shelves.set(key, [place]);
    }
  }
  return {
    of: (target) => {
      const met = new Set(anywhere);
      for (const key of keysOf(target)) for (const place of shelves.get(key) ?? []) met.add(place);
      const about = [...met].filter((place) => means(policies[place] as Policy, target));
      return about.length > 1 ? about.sort((a, b) => a - b) : about;
    },
  };
}

/** Each demand as the keys of which a resource has to have one. */
function demandsOf({ kinds, names, ocids, tags, regions }: Selector): readonly (readonly string[])[] {
  const plain = (texts: readonly string[]) => texts.every((text) => !text.includes('*'));
  const named = [...names.map((name) => `name ${name}`), ...ocids.map((ocid) => `ocid ${ocid}`)];
  const all = [
    ...(plain(names) ? [named] : []),
    ...tags.map(({ key, values }) =>
      plain(values) ? values.map((value) => `tag ${key}=${value}`) : [`key ${key}`],
    ),
    kinds.map((kind) => `kind ${kind}`),
    regions.map((region) => `region ${region}`),
  ];
  return all.filter((keys) => keys.length > 0).map((keys) => keys.map((key) => key.toLowerCase()));
}

function keysOf({ name, ocid, kind, region, tags }: Target): readonly string[] {
  const keys = [`name ${name}`, `ocid ${ocid}`, `kind ${kind}`, `region ${region}`];
  for (const key of Object.keys(tags)) keys.push(`tag ${key}=${tags[key]}`, `key ${key}`);
  return keys.map((key) => key.toLowerCase());
}
