import type { Target } from '../../target.ts';
import { stopped } from '../../text.ts';
import { means } from '../meaning.ts';
import type { Decision, Policy } from '../model.ts';
import { grouped, someOf } from '../wording.ts';
import type { Oddity } from './oddity.ts';

/**
 * Schedules in tags that cannot be read, and those that go before a policy which is about the same resource: whoever
 * wrote it may not know of them.
 *
 * @param tags the policy that resources follow which carry their schedules themselves
 * @param decisions what is decided now of the targets
 */
export function tagOddities(
  tags: Policy,
  decisions: readonly Decision[],
  targets: readonly Target[],
  checked: readonly Policy[],
): readonly Oddity[] {
  const byOcid = new Map(targets.map((target) => [target.ocid, target]));
  const tagged = decisions.flatMap(({ ocid, policy, left, because }) => {
    const target = byOcid.get(ocid);
    return target && policy === tags.name
      ? [{ target, unread: left === 'unreadable' ? because : undefined }]
      : [];
  });
  const unread = grouped(
    tagged.filter((each) => each.unread),
    (each) => each.unread ?? '',
  ).map(
    (rows): Oddity => ({
      places: [],
      sentence: `${namesOf(rows)} ${rows.length === 1 ? 'is' : 'are'} left alone, for what stands in the tags: ${stopped((rows[0]?.unread ?? '').replace(/^its tag cannot be read: /, ''))}`,
    }),
  );
  const overruled = checked.flatMap((policy): readonly Oddity[] => {
    const shared = tagged.filter(
      ({ target, unread }) => !unread && !policy.protects && means(policy, target),
    );
    if (shared.length === 0) return [];
    const sentence = `${namesOf(shared)} ${shared.length === 1 ? 'says' : 'say'} in ${shared.length === 1 ? 'its' : 'their'} tags when to run, which goes before ${policy.name}.`;
    return [{ places: [policy.place], sentence }];
  });
  return [...unread, ...overruled];
}

function namesOf(rows: readonly { readonly target: Target }[]): string {
  return someOf(rows.map(({ target }) => target.name));
}
