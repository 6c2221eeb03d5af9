import type { Target } from '../../target.ts';
import { indexOf } from '../deciding/index-of-policies.ts';
import type { Policy } from '../model.ts';

/** Who belongs to which policy, worked out once for all of them. */
export interface Census {
  readonly targets: readonly Target[];
  /** In the order of the targets. */
  membersOf(policy: Policy): readonly Target[];
  /** Pairs of policies that are about the same resources, in the order of the policies. */
  readonly pairs: readonly Pair[];
}

export interface Pair {
  readonly first: Policy;
  readonly second: Policy;
  /** At least one. */
  readonly shared: readonly Target[];
}

export function censusOf(policies: readonly Policy[], targets: readonly Target[]): Census {
  const index = indexOf(policies);
  const members = policies.map((): Target[] => []);
  const pairs = new Map<number, Target[]>();
  for (const target of targets) {
    const places = index.of(target);
    for (const [nth, place] of places.entries()) {
      members[place]?.push(target);
      for (const other of places.slice(nth + 1)) {
        const key = place * policies.length + other;
        const shared = pairs.get(key);
        if (shared) shared.push(target);
        else pairs.set(key, [target]);
      }
    }
  }
  const byPolicy = new Map(policies.map((policy, place) => [policy, members[place] ?? []]));
  return {
    targets,
    membersOf: (policy) => byPolicy.get(policy) ?? [],
    pairs: [...pairs]
      .toSorted(([one], [other]) => one - other)
      .map(([key, shared]) => ({
        first: policies[Math.floor(key / policies.length)] as Policy,
        second: policies[key % policies.length] as Policy,
        shared,
      })),
  };
}
