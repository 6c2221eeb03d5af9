import type { Edge, Want } from '../model.ts';
import { isUp, sameWant, strength } from '../want.ts';
import type { Mark, Part } from './marks.ts';
import { markBefore, type Placed, partAt, placedOf } from './placed.ts';
import { Union } from './union.ts';

/** An edge, with what is wanted from then on. */
export interface Turn extends Edge {
  /**
   * Of a one-sided time, which is told even where nothing else is wanted than before: `any` where windows gainsay
   * it, and where there are none. Otherwise what is wanted is what the edge wants.
   */
  readonly after?: Want;
}

export function wantAfter({ want, after }: Turn): Want {
  return after ?? want;
}

/** Many turns in their order: lists of one length, because objects of so many take twice as long. */
export class Turns {
  readonly #at: number[] = [];
  readonly #want: Want[] = [];
  readonly #because: string[] = [];
  /** As long as the last one that has any. */
  readonly #after: (Want | undefined)[] = [];

  get length(): number {
    return this.#at.length;
  }

  push(at: number, want: Want, because: string, after?: Want): void {
    this.#at.push(at);
    this.#want.push(want);
    this.#because.push(because);
    if (after === undefined) return;
    while (this.#after.length < this.length - 1) this.#after.push(undefined);
    this.#after.push(after);
  }

  of(index: number): Turn | undefined {
    if (index < 0 || index >= this.length) return undefined;
    const after = this.#after[index];
    return after === undefined ? this.#edge(index) : { ...this.#edge(index), after };
  }

  /** How many are at or before a moment, by halving. */
  upTo(moment: number): number {
    let [low, high] = [0, this.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#at[middle] as number) > moment) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The last at or before a moment. */
  before(moment: number): Turn | undefined {
    return this.of(this.upTo(moment) - 1);
  }

  /** The first after a moment. */
  after(moment: number): Turn | undefined {
    return this.of(this.upTo(moment));
  }

  /** Adds the edges after `from` and up to `to`. */
  edgesInto(found: Edge[], from: number, to: number): void {
    const end = this.upTo(to);
    for (let index = this.upTo(from); index < end; index += 1) found.push(this.#edge(index));
  }

  /** Objects of them, where there are few. */
  all(): readonly Turn[] {
    return this.#at.flatMap((_, index) => this.of(index) ?? []);
  }

  #edge(index: number): Edge {
    return {
      at: this.#at[index] as number,
      want: this.#want[index] as Want,
      because: this.#because[index] as string,
    };
  }
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
): Turns {
  const placed = placedOf(parts, from, until);
  const union = standing(parts, placed, from);
  const turns = new Turns();
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
      if (!mark.once) union.set(partAt(placed, next), mark, at);
      else if (!once || strength(mark.want) > strength(once.want)) once = mark;
    }
    const { mark } = union;
    const changed = !sameWant(wanted, mark.want);
    wanted = mark.want;
    if (once && !silent(at)) act(turns, at, once, mark, changed);
    else if (changed) {
      // Where what was strongest ends, its end explains the turn, not what was there all the time.
      const { because } = union.since === at ? mark : lastOf(placed, next);
      turns.push(at, wanted, because);
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
function act(turns: Turns, at: number, once: Mark, now: Mark, changed: boolean): void {
  const { want } = now;
  const agreed = sameWant(once.want, want) || (once.want === 'up' && isUp(want));
  if (agreed || (changed && strength(want) > strength(once.want)))
    turns.push(at, want, changed ? now.because : once.because, want);
  else turns.push(at, once.want, once.because, 'any');
}

function lastOf({ mark }: Placed, before: number): Mark {
  let at = before - 1;
  while (at > 0 && mark[at]?.once) at -= 1;
  return mark[at] as Mark;
}
