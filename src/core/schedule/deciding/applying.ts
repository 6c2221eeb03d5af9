import type { Target } from '../../target.ts';
import type { Pause, Policy, Timetable } from '../model.ts';
import { indexOf, type PolicyIndex } from './index-of-policies.ts';
import type { Situation } from './situation.ts';
import { type Standing, standingOf } from './standing.ts';
import { protecting, type Rule, together } from './together.ts';

/** What applies to one resource. */
export interface Applying {
  readonly rule: Rule;
  /** What is wrong with its tags. */
  readonly unreadable?: string;
  /** What other policies come to, where one protects it. */
  readonly opposed?: Rule;
}

/** Which policies are about a resource and what they come to now, each worked out once. */
export class Rules {
  readonly #situation: Situation;
  readonly #index: PolicyIndex;
  readonly #pauses: ReadonlyMap<string, Pause>;
  readonly #standings = new Map<number, Standing>();
  readonly #tagged = new Map<Timetable, Rule>();
  readonly #applying = new Map<string, Applying>();

  constructor(situation: Situation) {
    this.#situation = situation;
    this.#index = filed(situation.policies);
    this.#pauses = pausesOf(situation);
  }

  /** A policy that protects goes before tags, and they before other policies. */
  of(target: Target): Applying | undefined {
    const places = this.#index.of(target);
    const tags = this.#situation.tags;
    const reading = tags?.read(target);
    if (!tags || !reading) return places.length === 0 ? undefined : this.#ofFiles(places);
    const protects = protecting(places.map((place) => this.#policy(place)));
    if (protects) return this.#ofFiles(places);
    if ('value' in reading) return { rule: this.#ofTag(tags.policy, reading.value) };
    const [problem] = reading.problems;
    const unreadable = `its tag cannot be read: "${problem?.text}": ${problem?.sentence} ${problem?.hint}`;
    return { rule: this.#ofTag(tags.policy, tags.policy.timetable), unreadable };
  }

  #ofFiles(places: readonly number[]): Applying {
    const key = places.join(' ');
    const known = this.#applying.get(key);
    if (known) return known;
    const standings = places.map((place) => this.#standing(place));
    const applying = this.#weigh(standings);
    this.#applying.set(key, applying);
    return applying;
  }

  #weigh(standings: readonly Standing[]): Applying {
    const { now } = this.#situation;
    const guard = standings.find(({ policy }) => policy.protects);
    if (!guard) return { rule: together(standings, now) };
    const others = standings.filter(({ policy }) => !policy.protects);
    return others.length === 0 ? { rule: guard } : { rule: guard, opposed: together(others, now) };
  }

  #standing(place: number): Standing {
    const known = this.#standings.get(place);
    if (known) return known;
    const policy = this.#policy(place);
    const standing = standingOf(policy, this.#pauses.get(policy.name), this.#situation.now);
    this.#standings.set(place, standing);
    return standing;
  }

  #ofTag(policy: Policy, timetable: Timetable): Rule {
    const known = this.#tagged.get(timetable);
    if (known) return known;
    const rule = standingOf({ ...policy, timetable }, this.#pauses.get(policy.name), this.#situation.now);
    this.#tagged.set(timetable, rule);
    return rule;
  }

  #policy(place: number): Policy {
    return this.#situation.policies[place] as Policy;
  }
}

const files = new WeakMap<readonly Policy[], PolicyIndex>();

/** Filed once for each list, since the same one is asked every minute. */
function filed(policies: readonly Policy[]): PolicyIndex {
  const known = files.get(policies) ?? indexOf(policies);
  files.set(policies, known);
  return known;
}

/** The latest of each policy that has begun. */
function pausesOf({ pauses, now }: Situation): ReadonlyMap<string, Pause> {
  const latest = new Map<string, Pause>();
  for (const pause of pauses) {
    const known = latest.get(pause.policy);
    if (pause.at <= now && (!known || pause.at >= known.at)) latest.set(pause.policy, pause);
  }
  return latest;
}
