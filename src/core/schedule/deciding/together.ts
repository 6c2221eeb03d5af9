import type { Edge, Policy, Want } from '../model.ts';
import { showWant } from '../show.ts';
import { isUp, sameWant } from '../want.ts';
import {
  bare,
  type Happening,
  isHeld,
  isPaused,
  lastEdge,
  nextEdge,
  rank,
  saysSo,
  unionAt,
} from './happenings.ts';
import { type Standing, told, wantAt } from './standing.ts';

/** What all policies that are about a resource come to at a moment. */
export interface Rule extends Omit<Standing, 'pause'> {
  /** Where what happened last was that all is to be left as it is: what was to happen before, which may be open yet. */
  readonly before?: Edge;
  /** What was said at a moment before now: `any` while nothing was to be done. */
  readonly saidAt?: (at: number) => Want;
}

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

function withOthers({ policy, want }: Standing, standings: readonly Standing[], because: string): string {
  const others = standings.filter((each) => each.policy !== policy && !sameWant(each.want, want));
  if (others.length === 0) return because;
  const said = others.map((each) => `${each.policy.name} would have it ${showWant(each.want)}`);
  return `${policy.name}: ${because}; ${said.join(', ')}, which counts for less`;
}

/** Those that never let it stop. */
export function protecting(policies: readonly Policy[]): Policy | undefined {
  return policies.find(({ protects }) => protects);
}
