import { groupOf } from '../meaning.ts';
import type { Dimming, Policy } from '../model.ts';
import { showWant } from '../show.ts';
import { showMoment } from '../until.ts';
import { grouped, someOf } from '../wording.ts';
import type { Pair } from './census.ts';
import { type Course, courseFrom, firstClash, sameCourse } from './clash.ts';
import type { Oddity } from './oddity.ts';

/** Resources that are named of many. */
const most = 3;

/** Pairs that are compared; whoever has more of them does not read on. */
const mostPairs = 1000;

/** Policies that are about the same resources, and what they say against each other within a year. */
export function overlaps(pairs: readonly Pair[], now: number): readonly Oddity[] {
  const courses = new Map<Policy, Course>();
  const courseOf = (policy: Policy) => {
    const known = courses.get(policy) ?? courseFrom(policy, now);
    courses.set(policy, known);
    return known;
  };
  const odd = pairs.filter(({ first, second }) => !first.protects || !second.protects);
  const hidden = odd.slice(mostPairs);
  return [
    ...odd.slice(0, mostPairs).flatMap((pair) => {
      const places = [pair.first.place, pair.second.place];
      return sentencesOf(pair, courseOf).map((sentence) => ({ places, sentence }));
    }),
    ...(hidden.length > 0
      ? [{ places: [], sentence: `${hidden.length} more pairs of policies are about the same resources.` }]
      : []),
  ];
}

function sentencesOf(pair: Pair, courseOf: (policy: Policy) => Course): readonly string[] {
  const { first, second, shared } = pair;
  const both = `${first.name} and ${second.name} are both about ${namesOf(shared)}`;
  const strict = [first, second].find(({ protects }) => protects);
  if (strict) return [`${both}; ${strict.name} wins, since it never stops what it is about.`];
  return [`${both}${compared(courseOf(first), courseOf(second))}.`, ...ways(pair)];
}

function namesOf(rows: readonly { readonly name: string }[]): string {
  return someOf(
    rows.map(({ name }) => name),
    most,
  );
}

/** Up goes before what is left as it is, and that before down: see `together`. */
function compared(one: Course, other: Course): string {
  if (sameCourse(one, other)) return ' and want the same, so that one of them is enough';
  const clash = firstClash(one, other);
  if (!clash) return ' and do not get in each other’s way';
  const { at, policy, want, other: against } = clash;
  const said = `: ${policy.name} wants ${showWant(want)} at ${showMoment(at, policy.timetable.zone)}, when ${against.name}`;
  if (clash.against === 'any') return `${said} leaves it as it is, which counts for more`;
  const wants = `${said} wants ${showWant(clash.against)}`;
  if (typeof want === 'object' && typeof clash.against === 'object')
    return `${wants}; the size that begins last counts`;
  return `${wants}, which counts for ${clash.against === 'down' ? 'less' : 'more'}`;
}

/** Those that they would bring down in different ways. */
function ways({ first, second, shared }: Pair): readonly string[] {
  const every = new Set([...first.groups, ...second.groups].map(({ dimming }) => showDimming(dimming)));
  if (every.size < 2) return [];
  const said = shared.map((target) => ({
    name: target.name,
    one: showDimming(groupOf(first, target).dimming),
    other: showDimming(groupOf(second, target).dimming),
  }));
  const apart = said.filter(({ one, other }) => one !== other);
  return grouped(apart, ({ one, other }) => `${one}, ${other}`).map((rows) => {
    return `${first.name} says ${rows[0]?.one} of ${namesOf(rows)}, and ${second.name} says ${rows[0]?.other}: ${first.name}, which comes first, decides how.`;
  });
}

/** As it is written after `how`. */
function showDimming(dimming: Dimming): string {
  if (dimming.act === 'scale') return `scale to ${dimming.size}`;
  return dimming.force ? 'stop hard' : 'stop';
}
