import { msOfDay } from './civil.ts';
import type { Edge, Policy, Want } from './model.ts';
import { showWant } from './show.ts';
import { isRunning, lastSaid, type Standing, told, wantAt } from './standing.ts';
import { sameWant, strength } from './want.ts';

/** What all policies that are about a resource come to at a moment. */
export type Rule = Omit<Standing, 'pause'>;

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
  const due = lastEdge(standings, now);
  const next = nextEdge(standings, now);
  const { policy, want, because, held } = winner;
  return {
    policy,
    want,
    because: withOthers(
      winner,
      standings,
      due && sameWant(due.want, want) ? told(due, policy.timetable.zone) : because,
    ),
    ...(due ? { due } : {}),
    ...(next ? { next } : {}),
    ...(held ? { held } : {}),
  };
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
}

function lastEdge(standings: readonly Standing[], now: number): Edge | undefined {
  return firstEffect(standings, horizons, (far) => happenings(standings, now - far, now).reverse());
}

function nextEdge(standings: readonly Standing[], now: number): Edge | undefined {
  return firstEffect(standings, horizons, (far) => happenings(standings, now, now + far));
}

function firstEffect(
  standings: readonly Standing[],
  far: readonly number[],
  within: (far: number) => readonly Happening[],
): Edge | undefined {
  for (const horizon of far) {
    const found = within(horizon);
    for (const each of found) {
      const edge = effectOf(each, found, standings);
      if (edge) return edge;
    }
  }
  return undefined;
}

function happenings(standings: readonly Standing[], from: number, to: number): Happening[] {
  return standings.flatMap((standing) => happeningsOf(standing, from, to)).sort((a, b) => a.at - b.at);
}

function happeningsOf(standing: Standing, from: number, to: number): readonly Happening[] {
  const { policy, pause } = standing;
  const edges = policy.timetable.edges(from, to).map((edge) => ({ ...edge, standing }));
  if (!pause) return edges;
  const free = edges.filter(({ at }) => at <= pause.at || at > pause.until);
  const passed = policy.timetable.edges(pause.at, pause.until).at(-1);
  if (!passed || pause.until <= from || pause.until > to) return free;
  const want = lastSaid(policy.timetable, pause.until);
  return [...free, { at: pause.until, want, because: `${passed.because} while it was paused`, standing }];
}

/** What a happening of one policy changes for all of them; undefined where it changes nothing. */
function effectOf(
  { at, because }: Happening,
  all: readonly Happening[],
  standings: readonly Standing[],
): Edge | undefined {
  const after = unionAt(standings, (each) => wantAt(each, at));
  // a pause that begins or ends at this instant is no edge, so that it counts on both sides
  const before = unionAt(standings, (each) =>
    each.pause && isRunning(each.pause, at) ? 'any' : each.policy.timetable.at(at - 1).want,
  );
  if (!sameWant(before, after)) return { at, want: after, because };
  const repeated = all.find((each) => each.at === at && sameWant(each.want, after) && isAgain(each));
  return repeated ? { at, want: after, because: repeated.because } : undefined;
}

/** Whether it happens though nothing else was wanted before: a one-sided time, or what a pause passed over. */
function isAgain({ at, want, standing }: Happening): boolean {
  return at === standing.pause?.until || sameWant(standing.policy.timetable.at(at - 1).want, want);
}

function unionAt(standings: readonly Standing[], wanted: (standing: Standing) => Want): Want {
  return standings.map(wanted).reduce((best, each) => (rank(each) > rank(best) ? each : best));
}

/** Those that never let it stop. */
export function protecting(policies: readonly Policy[]): Policy | undefined {
  return policies.find(({ protects }) => protects);
}
