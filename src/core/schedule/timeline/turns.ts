import type { Edge, Want } from '../model.ts';
import { isUp, sameWant, strength } from '../want.ts';
import type { Mark, Part } from './marks.ts';
import { markBefore, type Placed, placedOf } from './placed.ts';
import { Union } from './union.ts';

/** An edge, with what is wanted from then on. There are many of them, and most are no more than an edge. */
export type Turn = Edge | ActingEdge;

/** Of a one-sided time: it is told even where nothing else is wanted than before. */
export interface ActingEdge extends Edge {
  /** `any` where windows gainsay it, and where there are none. */
  readonly after: Want;
}

export function isActing(turn: Turn): turn is ActingEdge {
  return 'after' in turn;
}

export function wantAfter(turn: Turn): Want {
  return isActing(turn) ? turn.after : turn.want;
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
  const count = placed.at.length;
  let next = 0;
  while (next < count && (placed.at[next] as number) < from) next += 1;
  let wanted = union.mark.want;
  while (next < count) {
    const at = placed.at[next] as number;
    if (at >= until) break;
    let once: Mark | undefined;
    for (; next < count && placed.at[next] === at; next += 1) {
      const mark = placed.mark[next] as Mark;
      if (!mark.once) union.set(placed.part[next] as number, mark, at);
      else if (!once || strength(mark.want) > strength(once.want)) once = mark;
    }
    const { mark } = union;
    const changed = !sameWant(wanted, mark.want);
    wanted = mark.want;
    if (once && !silent(at)) turns.push(acting(at, once, mark, changed));
    else if (changed) {
      // Where what was strongest ends, its end explains the turn, not what was there all the time.
      const { because } = union.since === at ? mark : lastOf(placed, next);
      turns.push({ at, want: wanted, because });
    }
  }
  return turns;
}

/** What is wanted at a moment, one-sided times and freezes apart. */
export function standingAt(parts: readonly Part[], moment: number): Mark {
  return standing(parts, placedOf(parts, moment, moment), moment + 1).mark;
}

function standing(parts: readonly Part[], placed: Placed, before: number): Union {
  const union = new Union(parts.length);
  for (const [index, part] of parts.entries()) {
    const held = markBefore(part, placed, index, before);
    if (held) union.set(index, held.mark, held.at);
  }
  return union;
}

/** A window that begins when a stop is due goes before it; a start goes before a window that ends. */
function acting(at: number, once: Mark, now: Mark, changed: boolean): ActingEdge {
  const { want } = now;
  const agreed = sameWant(once.want, want) || (once.want === 'up' && isUp(want));
  if (agreed || (changed && strength(want) > strength(once.want)))
    return { at, want, because: changed ? now.because : once.because, after: want };
  return { at, want: once.want, because: once.because, after: 'any' };
}

function lastOf({ mark }: Placed, before: number): Mark {
  let at = before - 1;
  while (at > 0 && mark[at]?.once) at -= 1;
  return mark[at] as Mark;
}
