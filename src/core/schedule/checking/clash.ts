import { msOfDay } from '../clock/civil.ts';
import { lastSaid } from '../deciding/standing.ts';
import type { Edge, Moment, Policy, Want } from '../model.ts';
import { isUp, sameWant } from '../want.ts';

/** What a policy wants from now on, for a year. */
export interface Course {
  readonly policy: Policy;
  readonly from: number;
  /** What is wanted before the first edge. */
  readonly first: Want;
  readonly edges: readonly Edge[];
  /** Remembers: many others may turn at one moment. */
  at(moment: number): Moment;
}

/** A moment at which one policy has something happen that another is against. */
export interface Clash {
  readonly at: number;
  readonly policy: Policy;
  readonly want: Want;
  readonly other: Policy;
  readonly against: Want;
}

const year = 366 * msOfDay;

export function courseFrom(policy: Policy, now: number): Course {
  const { timetable } = policy;
  const known = new Map<number, Moment>();
  return {
    policy,
    from: now,
    first: lastSaid(timetable, now),
    edges: timetable.edges(now, now + year),
    at: (moment) => {
      const found = known.get(moment) ?? timetable.at(moment);
      known.set(moment, found);
      return found;
    },
  };
}

export function sameCourse(one: Course, other: Course): boolean {
  return (
    sameWant(one.first, other.first) &&
    one.edges.length === other.edges.length &&
    one.edges.every(({ at, want }, nth) => {
      const twin = other.edges[nth];
      return twin?.at === at && sameWant(twin.want, want);
    })
  );
}

/**
 * The first within the year: one has it stop, or come to a size, and the other is against it. Where there is none,
 * one starts what the other wants down.
 */
export function firstClash(one: Course, other: Course): Clash | undefined {
  return firstOf(one, other, stopping) ?? firstOf(one, other, starting);
}

type Look = (at: number, turning: Walker, other: Walker) => Clash | undefined;

/** Both courses are walked through at once. */
function firstOf(one: Course, other: Course, look: Look): Clash | undefined {
  const [here, there] = [walkerOn(one), walkerOn(other)];
  for (let at = one.from; at < Infinity; at = Math.min(here.next(), there.next())) {
    here.goTo(at);
    there.goTo(at);
    const clash = (here.turns(at) && look(at, here, there)) || (there.turns(at) && look(at, there, here));
    if (clash) return clash;
  }
  return undefined;
}

interface Walker extends Pick<Course, 'policy' | 'at'> {
  /** When its next edge is; Infinity after the last. */
  next(): number;
  goTo(at: number): void;
  /** What the last edge wanted. */
  want(): Want;
  /** Whether that edge is of this very moment. What never turns wants it from the beginning. */
  turns(at: number): boolean;
}

function walkerOn({ policy, from, first, edges, at }: Course): Walker {
  let passed = 0;
  const last = () => edges[passed - 1];
  return {
    policy,
    at,
    next: () => edges[passed]?.at ?? Infinity,
    goTo: (moment) => {
      while ((edges[passed]?.at ?? Infinity) <= moment) passed += 1;
    },
    want: () => last()?.want ?? first,
    turns: (moment) => (edges.length === 0 ? moment === from : last()?.at === moment),
  };
}

function stopping(at: number, turning: Walker, other: Walker): Clash | undefined {
  const [want, against] = [turning.want(), other.want()];
  if (typeof want === 'object' && typeof against === 'object' && !sameWant(want, against))
    return { at, policy: turning.policy, want, other: other.policy, against };
  if (want !== 'down' || against === 'down') return undefined;
  const clash = clashAt(at, turning, other);
  return clash?.against === 'down' ? undefined : clash;
}

function starting(at: number, turning: Walker, other: Walker): Clash | undefined {
  if (!isUp(turning.want()) || other.want() !== 'down') return undefined;
  const clash = clashAt(at, turning, other);
  return clash?.against === 'down' ? clash : undefined;
}

/** After a one-sided time nothing may be wanted any more; and a freeze is against nothing. */
function clashAt(at: number, turning: Walker, other: Walker): Clash | undefined {
  const moment = other.at(at);
  if (moment.frozen) return undefined;
  return { at, policy: turning.policy, want: turning.want(), other: other.policy, against: moment.want };
}
