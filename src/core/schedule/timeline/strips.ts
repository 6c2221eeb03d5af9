import { msOfDay } from '../clock/civil.ts';
import type { Want } from '../model.ts';
import { sameWant } from '../want.ts';
import { type Freeze, freezesOf } from './freezes.ts';
import type { Part } from './marks.ts';
import { standingAt, type Turn, Turns, turnsOf, wantAfter } from './turns.ts';

/** Time is worked out in strips of this length, in milliseconds, each when it is first asked for. */
export const stripLength = 64 * msOfDay;

/** Strips are forgotten, oldest first, when they hold more turns than this together. */
const remembered = 1500;

/** How far back a turn is looked for that still holds, in strips. */
const farthest = 12;

export interface Strip {
  readonly freezes: readonly Freeze[];
  /** Nothing turns within a freeze; what was missed is made up for at its end. */
  readonly turns: Turns;
}

/** A strip as if nothing ever froze, but that one-sided times of frozen days do not act. */
interface Beneath {
  readonly freezes: readonly Freeze[];
  readonly turns: Turns;
}

export class Strips {
  readonly #parts: readonly Part[];
  readonly #beneath = new Map<number, Beneath>();
  readonly #strips = new Map<number, Strip>();
  #held = 0;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /** The one that a moment is in. */
  of(moment: number): Strip {
    const index = Math.floor(moment / stripLength);
    const known = this.#strips.get(index);
    if (known) return known;
    const { freezes, turns } = this.#below(index);
    const strip = { freezes, turns: freezes.length === 0 ? turns : this.#thawed(index, turns, freezes) };
    this.#strips.set(index, strip);
    this.#held += strip.turns.length;
    this.#forget();
    return strip;
  }

  #forget(): void {
    for (const [index, { turns }] of this.#strips) {
      if (this.#held <= remembered || this.#strips.size <= 3) return;
      this.#strips.delete(index);
      this.#beneath.clear();
      this.#held -= turns.length;
    }
  }

  #below(index: number): Beneath {
    let known = this.#beneath.get(index);
    if (!known) {
      const [from, until] = [index * stripLength, (index + 1) * stripLength];
      const freezes = freezesOf(this.#parts, from, until);
      const silent = (at: number) => freezes.some((freeze) => freeze.from <= at && at < freeze.until);
      known = { freezes, turns: turnsOf(this.#parts, from, until, silent) };
      this.#beneath.set(index, known);
    }
    return known;
  }

  #thawed(index: number, turns: Turns, freezes: readonly Freeze[]): Turns {
    const made = freezes
      .filter(({ until }) => Math.floor(until / stripLength) === index)
      .flatMap((freeze) => this.#madeUp(freeze));
    const kept = turns
      .all()
      .filter(({ at }) => !freezes.some(({ from, until }) => from <= at && at <= until));
    const thawed = new Turns();
    for (const { at, want, because, after } of [...kept, ...made].toSorted((a, b) => a.at - b.at))
      thawed.push(at, want, because, after);
    return thawed;
  }

  /** What a freeze held back, if there is anything. */
  #madeUp({ from, until, label }: Freeze): readonly Turn[] {
    const last = this.#lastBelow(until);
    if (last?.at === until && last.after !== undefined) return [last];
    const before = this.#wantBelow(from - 1);
    const after = this.#wantBelow(until);
    if (sameWant(before, after)) return [];
    return [{ at: until, want: after, because: `the freeze ${label} ends` }];
  }

  #wantBelow(moment: number): Want {
    const last = this.#lastBelow(moment);
    return last ? wantAfter(last) : standingAt(this.#parts, moment).want;
  }

  #lastBelow(moment: number): Turn | undefined {
    const index = Math.floor(moment / stripLength);
    for (let back = 0; back <= farthest; back += 1) {
      const found = this.#below(index - back).turns.before(moment);
      if (found) return found;
    }
    return undefined;
  }
}
