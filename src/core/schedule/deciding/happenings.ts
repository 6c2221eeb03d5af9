import { msOfDay } from '../clock/civil.ts';
import type { Edge, Want } from '../model.ts';
import { isUp, sameWant, strength } from '../want.ts';
import { isRunning, type Standing, wantAt } from './standing.ts';

/** What happens over time where several policies are about one resource: an edge of one of them may be none of all. */

/** How far back, and ahead, an edge of several policies is looked for: mostly it is near. */
const horizons = [2 * msOfDay, 15 * msOfDay];

/** A moment at which a policy, not paused, has something happen. */
export interface Happening extends Edge {
  readonly standing: Standing;
  /** What pauses kept from happening. */
  readonly madeUp?: true;
}

export function lastEdge(
  standings: readonly Standing[],
  now: number,
  counts: (edge: Edge) => boolean = () => true,
): Happening | undefined {
  return firstEffect(standings, (far) => happenings(standings, now - far, now).reverse(), counts);
}

export function saysSo({ want }: Edge): boolean {
  return want !== 'any';
}

export function nextEdge(standings: readonly Standing[], now: number): Happening | undefined {
  return firstEffect(standings, (far) => happenings(standings, now, now + far));
}

export function bare({ at, want, because }: Happening): Edge {
  return { at, want, because };
}

function firstEffect(
  standings: readonly Standing[],
  within: (far: number) => readonly Happening[],
  counts: (edge: Edge) => boolean = () => true,
): Happening | undefined {
  for (const horizon of horizons) {
    const found = within(horizon);
    for (const each of found) {
      const edge = effectOf(each, found, standings);
      if (edge && counts(edge)) return edge;
    }
  }
  return undefined;
}

function happenings(standings: readonly Standing[], from: number, to: number): Happening[] {
  const made = standings.flatMap((standing) => madeUp(standing, standings, from, to));
  return [...made, ...freely(standings, from, to)].sort((a, b) => a.at - b.at);
}

function freely(standings: readonly Standing[], from: number, to: number): readonly Happening[] {
  return standings.flatMap((standing) =>
    standing.policy.timetable
      .edges(from, to)
      .filter(({ at }) => !standing.pause || !isRunning(standing.pause, at))
      .map((edge) => ({ ...edge, standing })),
  );
}

/** At the end of a pause the last thing that all of them would have come to and that pauses kept from happening. */
function madeUp(
  standing: Standing,
  all: readonly Standing[],
  from: number,
  to: number,
): readonly Happening[] {
  const { pause } = standing;
  if (!pause || pause.until <= from || pause.until > to || isHeld(all, pause.until)) return [];
  const at = pause.until;
  const unpaused = all.map(({ pause: _pause, ...each }) => each);
  const within = freely(unpaused, pausedSince(all, at), at - 1).toSorted((a, b) => b.at - a.at);
  const [last, ...earlier] = within.flatMap((each) => effectOf(each, within, unpaused) ?? []);
  const kept = [last, ...earlier].find((each) => each && saysSo(each));
  const moments = [...within, ...all.flatMap(({ pause: each }) => (each ? [{ at: each.until }] : []))];
  const free = Math.max(
    0,
    ...moments.map((each) => each.at).filter((each) => each < at && !isHeld(all, each)),
  );
  if (!last || last.at <= free) return [];
  const union = unionAt(all, (each) => wantAt(each, at));
  const open = kept && kept.at > free ? kept : undefined;
  const want = union === 'any' && open ? last.want : union;
  // that all came to be left as it is counts too, so that nobody goes back to what was wanted before
  if (want !== 'any' && !open) return [];
  const { because } = want !== 'any' && open ? open : last;
  return [{ at, want, because: `${because} while it was paused`, standing, madeUp: true }];
}

/** Somebody is paused or frozen, and nobody wants it up. */
export function isHeld(standings: readonly Standing[], at: number): boolean {
  const waits = isPaused(standings, at) || standings.some(({ policy }) => policy.timetable.at(at).frozen);
  return waits && !isUp(unionAt(standings, (each) => wantAt(each, at)));
}

export function isPaused(standings: readonly Standing[], at: number): boolean {
  return standings.some(({ pause }) => pause && isRunning(pause, at));
}

/** The beginning of the pauses, one into the other, of which the last ends at a moment. */
function pausedSince(standings: readonly Standing[], at: number): number {
  const before = standings.flatMap(({ pause }) =>
    pause && pause.at < at && at <= pause.until ? [pause.at] : [],
  );
  return before.length === 0 ? at : pausedSince(standings, Math.min(...before));
}

/** What a happening of one policy changes for all of them; undefined where it changes nothing. */
function effectOf(
  happening: Happening,
  all: readonly Happening[],
  standings: readonly Standing[],
): Happening | undefined {
  if (happening.madeUp) return happening;
  const { at } = happening;
  const after = unionAt(standings, (each) => wantAt(each, at));
  // a pause that begins at this instant is no edge, so that it counts on both sides; nor is the end of one by itself
  const before = unionAt(standings, ({ pause, policy }) =>
    pause && pause.at <= at && at <= pause.until ? 'any' : policy.timetable.at(at - 1).want,
  );
  if (!sameWant(before, after)) return { ...happening, want: after };
  const repeated = all.find((each) => each.at === at && sameWant(each.want, after) && isAgain(each));
  return repeated && { ...repeated, want: after };
}

/** Whether it happens though nothing else was wanted before: a one-sided time. */
function isAgain({ at, want, standing }: Happening): boolean {
  return sameWant(standing.policy.timetable.at(at - 1).want, want);
}

export function unionAt(standings: readonly Standing[], wanted: (standing: Standing) => Want): Want {
  return standings.map(wanted).reduce((best, each) => (rank(each) > rank(best) ? each : best));
}

/** Up counts for more than what is left as it is, and that for more than down; a size for more than plain up. */
export function rank(want: Want): number {
  return strength(want) + (typeof want === 'object' ? 1 : 0);
}
