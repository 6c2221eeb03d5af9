import { msOfDay } from '../clock/civil.ts';
import type { Edge, Policy, Want } from '../model.ts';
import { showWant } from '../show.ts';
import { isUp, sameWant, strength } from '../want.ts';
import { isRunning, type Standing, told, wantAt } from './standing.ts';

/** What all policies that are about a resource come to at a moment. */
export interface Rule extends Omit<Standing, 'pause'> {
  /** Where what happened last was that all is to be left as it is: what was to happen before, which may be open yet. */
  readonly before?: Edge;
  /** What was said at a moment before now: `any` while nothing was to be done. */
  readonly saidAt?: (at: number) => Want;
}

/** How far back, and ahead, an edge of several policies is looked for: mostly it is near. */
const horizons = [2 * msOfDay, 15 * msOfDay];

/**
 * Up goes before what is left as it is, and that before down; of sizes the one that began last holds. What is no
 * edge of all of them together is none: where one policy ends while another goes on, nothing happens.
 */
export function together(standings: readonly Standing[], now: number): Rule {
  const [only] = standings;
  if (only && standings.length === 1) return only;
  const winner = strongest(standings);
  const due = thawed(lastEdge(standings, now), standings, now);
  const next = nextEdge(standings, now);
  const shared = {
    ...(due ? { due: bare(due) } : {}),
    ...(next ? { next: bare(next) } : {}),
    // whoever spares what is new longest is heard
    settleIn: Math.max(...standings.map(({ settleIn }) => settleIn)),
  };
  if (due && winner.held && isStarted(due, standings, now))
    return { policy: due.standing.policy, want: 'any', because: told(due, zoneOf(due)), ...shared };
  const { policy, want, because, held } = winner;
  // what a pause kept from going down is made up for at its end, and no reason for what is wanted since
  const isOpen = due?.want === 'any' && (want === 'any' || isPaused(standings, due.at));
  const before = isOpen ? lastEdge(standings, now, saysSo) : undefined;
  return {
    policy,
    want,
    because: withOthers(
      winner,
      standings,
      due && sameWant(due.want, want) ? told(due, policy.timetable.zone) : because,
    ),
    ...shared,
    ...(before ? { before: bare(before), saidAt: (at) => saidAt(standings, at) } : {}),
    ...(held ? { held } : {}),
  };
}

function saidAt(standings: readonly Standing[], at: number): Want {
  if (isHeld(standings, at)) return 'any';
  const want = unionAt(standings, (each) => wantAt(each, at));
  return want === 'any' ? (lastEdge(standings, at)?.want ?? 'any') : want;
}

/** What came while a freeze had everything left as it is counts from its end, unless nothing else is wanted by then. */
function thawed(edge: Happening | undefined, standings: readonly Standing[], now: number) {
  const frozen = standings.map(({ policy }) => policy.timetable.at(edge?.at ?? 0)).filter((at) => at.frozen);
  const at = Math.max(...frozen.map(({ until }) => until ?? Number.POSITIVE_INFINITY));
  if (edge?.want !== 'any' || frozen.length === 0 || at > now) return edge;
  const want = unionAt(standings, (each) => wantAt(each, at));
  const before = unionAt(standings, (each) => wantAt(each, edge.at - 1));
  return want === 'any' || sameWant(want, before) ? edge : { ...edge, at, want };
}

/**
 * A start that one of them called for while others were paused or frozen already: they only keep it from going down. It
 * is over once a pause has come that left nobody who wants it up.
 */
function isStarted({ at, want }: Edge, standings: readonly Standing[], now: number): boolean {
  const isOver = standings.some(
    ({ pause }) => pause && at < pause.at && pause.at <= now && isHeld(standings, pause.at),
  );
  return isUp(want) && !isOver && standings.every((each) => !each.held || heldSince(each, now) < at);
}

function heldSince({ policy, pause, held }: Standing, now: number): number {
  return (held === 'paused' ? pause?.at : policy.timetable.at(now).since) ?? now;
}

function zoneOf({ standing }: Happening): string {
  return standing.policy.timetable.zone;
}

function strongest(standings: readonly Standing[]): Standing {
  return standings.reduce((best, each) => {
    const [one, other] = [rank(best.want), rank(each.want)];
    if (one !== other) return one > other ? best : each;
    if (each.held && !best.held && best.want === 'any') return each;
    return typeof each.want === 'object' && (each.due?.at ?? 0) > (best.due?.at ?? 0) ? each : best;
  });
}

function rank(want: Want): number {
  return strength(want) + (typeof want === 'object' ? 1 : 0);
}

function withOthers({ policy, want }: Standing, standings: readonly Standing[], because: string): string {
  const others = standings.filter((each) => each.policy !== policy && !sameWant(each.want, want));
  if (others.length === 0) return because;
  const said = others.map((each) => `${each.policy.name} would have it ${showWant(each.want)}`);
  return `${policy.name}: ${because}; ${said.join(', ')}, which counts for less`;
}

/** A moment at which a policy, not paused, has something happen. */
interface Happening extends Edge {
  readonly standing: Standing;
  /** What pauses kept from happening. */
  readonly madeUp?: true;
}

function lastEdge(
  standings: readonly Standing[],
  now: number,
  counts: (edge: Edge) => boolean = () => true,
): Happening | undefined {
  return firstEffect(standings, (far) => happenings(standings, now - far, now).reverse(), counts);
}

function saysSo({ want }: Edge): boolean {
  return want !== 'any';
}

function nextEdge(standings: readonly Standing[], now: number): Happening | undefined {
  return firstEffect(standings, (far) => happenings(standings, now, now + far));
}

function bare({ at, want, because }: Happening): Edge {
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
function isHeld(standings: readonly Standing[], at: number): boolean {
  const waits = isPaused(standings, at) || standings.some(({ policy }) => policy.timetable.at(at).frozen);
  return waits && !isUp(unionAt(standings, (each) => wantAt(each, at)));
}

function isPaused(standings: readonly Standing[], at: number): boolean {
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

function unionAt(standings: readonly Standing[], wanted: (standing: Standing) => Want): Want {
  return standings.map(wanted).reduce((best, each) => (rank(each) > rank(best) ? each : best));
}

/** Those that never let it stop. */
export function protecting(policies: readonly Policy[]): Policy | undefined {
  return policies.find(({ protects }) => protects);
}
