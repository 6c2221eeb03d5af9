import { isEverything, matches, showSelector } from '../selector.ts';
import type { Target } from '../target.ts';
import { means } from './meaning.ts';
import type { Policy } from './model.ts';

/** What is odd about policies once it is known what there is. */
export interface Oddity {
  /** `policies/shop.yml:12`, one or two of them. */
  readonly places: readonly string[];
  /** A sentence. */
  readonly sentence: string;
}

/** Selectors that match nothing or everything, resources of two policies, and those that no schedule can move. */
export function survey(policies: readonly Policy[], targets: readonly Target[]): readonly Oddity[] {
  return [
    ...policies.flatMap((policy) => [
      ...reach(policy, targets),
      ...emptyGroups(policy, targets),
      ...unmoved(policy, targets),
    ]),
    ...shared(policies, targets),
  ];
}

function reach(policy: Policy, targets: readonly Target[]): readonly Oddity[] {
  const odd = (sentence: string): Oddity => ({
    places: [policy.place],
    sentence: `${policy.name} ${sentence}`,
  });
  const open = policy.what.filter(isEverything);
  if (open.length > 0) return [odd('means every resource that I can see.')];
  const idle = policy.what.filter((selector) => !targets.some((target) => matches(selector, target)));
  const members = targets.filter((target) => means(policy, target));
  if (members.length === 0) return [odd('means nothing that I can see.')];
  return [
    ...idle.map((selector) => odd(`says ${showSelector(selector)}, which matches nothing that I can see.`)),
    ...(members.length === targets.length && targets.length > 1
      ? [odd(`means all ${targets.length} resources that I can see.`)]
      : []),
  ];
}

function emptyGroups(
  { name, place, groups, ...policy }: Policy,
  targets: readonly Target[],
): readonly Oddity[] {
  const members = targets.filter((target) => means(policy, target));
  if (groups.length < 2 || members.length === 0) return [];
  const first = members.map((target) =>
    groups.find(({ what }) => what.some((selector) => matches(selector, target))),
  );
  return groups
    .filter((group) => !first.includes(group))
    .map((group) => ({ places: [place], sentence: `The group ${group.name} of ${name} has no resource.` }));
}

function unmoved(policy: Policy, targets: readonly Target[]): readonly Oddity[] {
  if (policy.protects) return [];
  return targets
    .filter((target) => means(policy, target))
    .flatMap(({ name, refuses, managedBy }) => {
      const why = refuses?.stop ?? refuses?.start ?? (managedBy && `${managedBy} decides when it runs`);
      return why
        ? [{ places: [policy.place], sentence: `${policy.name} leaves ${name} alone: ${why}.` }]
        : [];
    });
}

function shared(policies: readonly Policy[], targets: readonly Target[]): readonly Oddity[] {
  const members = policies.map((policy) => targets.filter((target) => means(policy, target)));
  return policies.flatMap((first, at) =>
    policies.slice(at + 1).flatMap((second, nth): readonly Oddity[] => {
      const others = new Set(members[at + 1 + nth]?.map(({ ocid }) => ocid));
      const both = (members[at] ?? []).filter(({ ocid }) => others.has(ocid));
      if (both.length === 0) return [];
      return [
        {
          places: [first.place, second.place],
          sentence: `${first.name} and ${second.name} are both about ${named(both)}${winner(first, second)}.`,
        },
      ];
    }),
  );
}

function winner(first: Policy, second: Policy): string {
  const strict = [first, second].find(({ protects }) => protects);
  return strict ? `; ${strict.name} wins, since it never stops what it is about` : '';
}

function named(targets: readonly Target[]): string {
  const names = targets.map(({ name }) => name);
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}
