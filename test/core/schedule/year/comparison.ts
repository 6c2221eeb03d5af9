import { type Ward, Year } from './bot.ts';
import { begins, ends } from './clocks.ts';
import { expectedOf } from './lots.ts';
import type { Machine } from './machine.ts';
import type { Act, Expected } from './oracle.ts';
import { policies } from './policies.ts';
import { makeStory } from './story.ts';

/** Where a year as the bot lives it is not as it is expected to be; all of them empty where it is. */
export interface Comparison {
  /** The first act of each resource that was not expected, or that was and is missing. */
  readonly acts: readonly string[];
  /** Each hour at which a resource was not in the state that it was expected to be in. */
  readonly hours: readonly string[];
  /** What was done twice: under one key, or for one edge. */
  readonly twice: readonly string[];
  /** How much there was to compare, so that nobody compares nothing. */
  readonly counted: { readonly acts: number; readonly hours: number };
}

export function compareYear(seed: number, count = 200): Comparison {
  const story = makeStory(
    seed,
    count,
    policies.map(({ policy }) => policy.name),
  );
  const expected = expectedOf(story);
  const { wards } = new Year(story).run();
  const pairs = wards.flatMap((ward, which) => {
    const lot = expected[which];
    return lot ? [{ ward, lot }] : [];
  });
  const hours = pairs.map(({ ward, lot }) => differingHours(ward, lot));
  return {
    acts: pairs.flatMap(({ ward, lot }) => firstDifference(ward, lot)),
    hours: hours.flatMap(({ differing }) => differing),
    twice: pairs.flatMap(({ ward }) =>
      [...repeated(ward.keys), ...repeated(ward.edges)].map((what) => `${nameOf(ward)}: ${what}`),
    ),
    counted: {
      acts: wards.reduce((sum, { acts }) => sum + acts.length, 0),
      hours: hours.reduce((sum, { seen }) => sum + seen, 0),
    },
  };
}

function firstDifference(ward: Ward, { acts: wanted }: Expected): readonly string[] {
  const length = Math.max(ward.acts.length, wanted.length);
  for (let place = 0; place < length; place++) {
    const [made, right] = [shown(ward.acts[place]), shown(wanted[place])];
    if (made !== right) return [`${nameOf(ward)}: ${made}, expected ${right}`];
  }
  return [];
}

function differingHours(
  ward: Ward,
  lot: Expected,
): { readonly seen: number; readonly differing: readonly string[] } {
  const { from, to } = ward.made.life;
  const [one, other] = [stateOver(ward.machine), stateOver(lot.machine)];
  const differing: string[] = [];
  let seen = 0;
  for (let hour = Math.ceil(Math.max(from, begins) / 60) * 60; hour < Math.min(to, ends); hour += 60) {
    seen++;
    const [is, right] = [one(hour), other(hour)];
    if (is !== right) differing.push(`${nameOf(ward)} at ${moment(hour)}: ${is}, expected ${right}`);
  }
  return { seen, differing };
}

/** What a machine was, asked in order. */
function stateOver({ history }: Machine): (minute: number) => string {
  let place = 0;
  return (minute) => {
    while ((history[place + 1]?.at ?? Number.POSITIVE_INFINITY) <= minute) place++;
    return history[place]?.is ?? '';
  };
}

function repeated(texts: readonly string[]): readonly string[] {
  const met = new Set<string>();
  return texts.filter((text) => met.size === met.add(text).size);
}

function nameOf({ made }: Ward): string {
  return `${made.name} (${made.kind}, ${made.policies.join(', ')})`;
}

function shown(act: Act | undefined): string {
  return act ? `${moment(act.at)} ${act.act} ${act.size ?? ''}`.trimEnd() : 'nothing';
}

function moment(minute: number): string {
  return new Date(minute * 60_000).toISOString().slice(0, 16);
}
