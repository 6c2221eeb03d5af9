import { isEverything, matches, showSelector } from '../../selector.ts';
import type { Target } from '../../target.ts';
import { groupOf } from '../meaning.ts';
import type { Policy } from '../model.ts';
import { listed } from '../wording.ts';
import type { Census } from './census.ts';
import type { Oddity } from './oddity.ts';

/** Selectors and groups of a policy that match nothing or everything. */
export function reachOf(policy: Policy, census: Census): readonly Oddity[] {
  const members = census.membersOf(policy);
  const odd = (sentence: string): Oddity => ({ places: [policy.place], sentence });
  return [
    ...width(policy, members, census.targets),
    ...exceptions(policy, members, census.targets),
    ...emptyGroups(policy, members),
  ].map(odd);
}

function width(
  { name, what, except }: Policy,
  members: readonly Target[],
  targets: readonly Target[],
): readonly string[] {
  if (what.some(isEverything)) return [`${name} means every resource that I can see.`];
  const idle = what.filter((selector) => !matchesAny(selector, members) && !matchesAny(selector, targets));
  if (idle.length === what.length) return [`${name} means nothing that I can see.`];
  const nothings = idle.map(
    (selector) => `${name} says ${showSelector(selector)}, which matches nothing that I can see.`,
  );
  if (members.length === 0) {
    const excepted = listed(except.map((selector) => showSelector(selector)));
    return [
      ...nothings,
      `${name} means nothing that I can see: what it says is left out again, as ${excepted}.`,
    ];
  }
  const all = members.length === targets.length && targets.length > 1;
  return [...nothings, ...(all ? [`${name} means all ${targets.length} resources that I can see.`] : [])];
}

/** An exception that leaves out nothing is misspelt, or of something that is no more. */
function exceptions(
  { name, what, except }: Policy,
  members: readonly Target[],
  targets: readonly Target[],
): readonly string[] {
  if (except.length === 0 || members.length === 0) return [];
  const meant = targets.filter((target) => what.some((selector) => matches(selector, target)));
  return except
    .filter((selector) => !matchesAny(selector, meant))
    .map((selector) => `${name} leaves out ${showSelector(selector)}, which is none of what it means.`);
}

/** What takes all that is left may well have nothing to take. */
function emptyGroups({ name, groups }: Policy, members: readonly Target[]): readonly string[] {
  if (groups.length < 2 || members.length === 0) return [];
  const taken = new Set(members.map((target) => groupOf({ name, groups }, target)));
  return groups
    .filter((group, at) => !taken.has(group) && !(at === groups.length - 1 && group.what.some(isEverything)))
    .map((group) => `The group ${group.name} of ${name} has no resource.`);
}

function matchesAny(selector: Policy['what'][number], targets: readonly Target[]): boolean {
  return targets.some((target) => matches(selector, target));
}
