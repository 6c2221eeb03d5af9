import type { Mark, Part } from './marks.ts';
import type { Want } from './model.ts';
import { markBefore, type Placed, placedMarks } from './placed.ts';
import { Union } from './union.ts';
import { isUp, sameWant, strength } from './want.ts';

/** A moment at which something is to be done, or from which on something else is wanted. */
export interface Turn {
  readonly at: number;
  /** What its edge says. */
  readonly want: Want;
  /** What is wanted from then on: after a one-sided time that the windows gainsay it is `any`. */
  readonly after: Want;
  readonly because: string;
  /** Whether it is told even where nothing else is wanted than before. */
  readonly once: boolean;
}

/**
 * What the marks of all parts come to from one instant to, but not including, another, freezes apart. `silent` says
 * when one-sided times do not act.
 */
export function turnsOf(
  parts: readonly Part[],
  from: number,
  until: number,
  silent: (instant: number) => boolean,
): readonly Turn[] {
  const placed = placedOf(parts, from, until);
  const union = standing(parts, placed, from);
  const turns: Turn[] = [];
  let next = placed.findIndex(({ at }) => at >= from);
  let wanted = union.mark.want;
  while (next >= 0 && next < placed.length) {
    const first = next;
    const at = placed[first]?.at ?? until;
    if (at >= until) break;
    let once: Mark | undefined;
    for (; placed[next]?.at === at; next += 1) {
      const { part, mark } = placed[next] as Placed;
      if (!mark.once) union.set(part, mark, at);
      else if (!once || strength(mark.want) > strength(once.want)) once = mark;
    }
    const { mark } = union;
    const changed = !sameWant(wanted, mark.want);
    wanted = mark.want;
    if (once && !silent(at)) turns.push(acting(at, once, mark, changed));
    else if (changed)
      turns.push(turning(at, mark, union.since === at ? mark : lastOf(placed.slice(first, next))));
  }
  return turns;
}

/** What is wanted at a moment, one-sided times and freezes apart. */
export function standingAt(parts: readonly Part[], moment: number): Mark {
  return standing(parts, placedOf(parts, moment, moment), moment + 1).mark;
}

function placedOf(parts: readonly Part[], from: number, until: number): readonly Placed[] {
  const [first, ...others] = parts.map((part, index) => placedMarks(part, index, from, until));
  if (others.length === 0) return first ?? [];
  return [first ?? [], ...others].flat().sort((a, b) => a.at - b.at);
}

function standing(parts: readonly Part[], placed: readonly Placed[], before: number): Union {
  const union = new Union(parts.length);
  for (const [index, part] of parts.entries()) {
    const held = markBefore(part, placed, index, before);
    if (held) union.set(index, held.mark, held.at);
  }
  return union;
}

/** A window that begins when a stop is due goes before it; a start goes before a window that ends. */
function acting(at: number, once: Mark, now: Mark, changed: boolean): Turn {
  const { want } = now;
  const agreed = sameWant(once.want, want) || (once.want === 'up' && isUp(want));
  if (agreed || (changed && strength(want) > strength(once.want)))
    return { at, want, after: want, because: changed ? now.because : once.because, once: true };
  return { at, want: once.want, after: 'any', because: once.because, once: true };
}

/** Where what was strongest ends, it is its end that explains the turn, not what was there all the time. */
function turning(at: number, { want }: Mark, { because }: Mark): Turn {
  return { at, want, after: want, because, once: false };
}

function lastOf(placed: readonly Placed[]): Mark {
  return (placed.findLast(({ mark }) => !mark.once) ?? (placed[0] as Placed)).mark;
}
