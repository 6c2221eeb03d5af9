import { matches } from '../selector.ts';
import type { Target } from '../target.ts';
import type { Edge, Group, Policy, Timetable } from './model.ts';

/** Whether a policy is about a resource: one of its selectors holds, and none of its exceptions. */
export function means(policy: Pick<Policy, 'what' | 'except'>, target: Target): boolean {
  return (
    policy.what.some((selector) => matches(selector, target)) &&
    !policy.except.some((selector) => matches(selector, target))
  );
}

/** Every policy that is about a resource, in the order of the files. */
export function policiesOf(policies: readonly Policy[], target: Target): readonly Policy[] {
  return policies.filter((policy) => means(policy, target));
}

/** The first group that a resource of the policy belongs to. */
export function groupOf({ groups, name }: Pick<Policy, 'groups' | 'name'>, target: Target): Group {
  const found = groups.find(({ what }) => what.some((selector) => matches(selector, target)));
  const group = found ?? groups.at(-1);
  if (!group) throw new Error(`the policy ${name} has no group`);
  return group;
}

const day = 86_400_000;

/** The next edges of a timetable, at most `count`, none further away than two years. */
export function coming(timetable: Timetable, now: number, count: number): readonly Edge[] {
  const found: Edge[] = [];
  let from = now;
  for (const days of [8, 92, 731]) {
    if (found.length >= count) break;
    found.push(...timetable.edges(from, now + days * day));
    from = now + days * day;
  }
  return found.slice(0, count);
}
