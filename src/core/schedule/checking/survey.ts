import type { Target } from '../../target.ts';
import { msOfDay } from '../clock/civil.ts';
import type { Policy } from '../model.ts';
import { censusOf } from './census.ts';
import type { Oddity } from './oddity.ts';
import { overlaps } from './overlap.ts';
import { reachOf } from './reach.ts';
import { unmovedBy } from './unmoved.ts';

/** How far ahead the windows of a policy are held against each other. */
const year = 366 * msOfDay;

/**
 * What is odd about policies once it is known what there is: selectors that match nothing or everything, windows
 * that overlap, resources of two policies, and those that no schedule can move. Of the policies only those that are
 * `checked` are told of, the others in so far as they have to do with these.
 */
export function survey(
  policies: readonly Policy[],
  targets: readonly Target[],
  now: number,
  checked: readonly Policy[] = policies,
): readonly Oddity[] {
  const census = censusOf(policies, targets);
  const asked = new Set(checked);
  return [
    ...checked.flatMap((policy) => [
      ...reachOf(policy, census),
      ...overlappingWindows(policy, now),
      ...unmovedBy(policy, census),
    ]),
    ...overlaps(
      census.pairs.filter(({ first, second }) => asked.has(first) || asked.has(second)),
      now,
    ),
  ];
}

function overlappingWindows({ name, place, timetable }: Policy, now: number): readonly Oddity[] {
  const found = timetable.overlaps?.(now, now + year) ?? [];
  return found.map((sentence) => ({ places: [place], sentence: `${name} ${sentence}.` }));
}
