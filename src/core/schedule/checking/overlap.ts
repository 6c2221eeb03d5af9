import { standingOf } from '../deciding/standing.ts';
import { together } from '../deciding/together.ts';
import { groupOf } from '../meaning.ts';
import type { Dimming, Policy } from '../model.ts';
import { showWant } from '../show.ts';
import { showMoment } from '../until.ts';
import { grouped, someOf } from '../wording.ts';
import type { Pair } from './census.ts';
import { type Clash, type Course, courseFrom, firstClash, sameCourse } from './clash.ts';
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
  const them = shared.length > 1 ? 'them' : 'it';
  if (strict) {
    const lenient = strict === first ? second : first;
    return [
      `${both}; ${strict.name} wins, since it never stops what it is about, and ${lenient.name} does not stop ${them}.`,
    ];
  }
  return [`${both}${compared(courseOf(first), courseOf(second), them)}.`, ...ways(pair)];
}

function namesOf(rows: readonly { readonly name: string }[]): string {
  return someOf(
    rows.map(({ name }) => name),
    most,
  );
}

/** Up goes before what is left as it is, and that before down: see `together`. */
function compared(one: Course, other: Course, them: Them): string {
  if (sameCourse(one, other)) return ' and want the same, so that one of them is enough';
  const clash = firstClash(one, other);
  if (!clash) return ' and do not get in each other’s way, so that both are followed';
  const { at, policy, want, other: against } = clash;
  const said = `: ${policy.name} wants ${showWant(want)} at ${showMoment(at, policy.timetable.zone)}, when ${against.name}`;
  if (clash.against === 'any')
    return `${said} leaves ${them} as ${stay[them].is}; ${against.name} wins, since that goes before down, and ${stay[them].left}`;
  const wants = `${said} wants ${showWant(clash.against)}`;
  if (typeof want === 'object' && typeof clash.against === 'object')
    return `${wants}; ${sizedBy(clash, them)}`;
  const won = clash.against === 'down' ? policy : against;
  const what = clash.against === 'down' ? stay[them].up : stay[them].on;
  return `${wants}; ${won.name} wins, since up goes before down, and ${what}`;
}

type Them = keyof typeof stay;

/** What becomes of the resources that both are about. */
const stay = {
  it: { is: 'it is', left: 'it is not stopped', up: 'it is up then', on: 'it stays up', get: 'it gets' },
  them: {
    is: 'they are',
    left: 'they are not stopped',
    up: 'they are up then',
    on: 'they stay up',
    get: 'they get',
  },
} as const;

/** Of two sizes that which began last counts. */
function sizedBy({ at, policy, other }: Clash, them: Them): string {
  const standings = [policy, other].map((each) => standingOf(each, undefined, at));
  const { want, policy: won } = together(standings, at);
  return `${won.name} wins, since its size began last, and ${stay[them].get} ${showWant(want)}`;
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
