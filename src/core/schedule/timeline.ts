import { msOfDay } from './civil.ts';
import { type Freeze, freezesOf } from './freezes.ts';
import type { Part } from './marks.ts';
import type { Edge, Moment, Timetable, Want } from './model.ts';
import { type Strip, stripOf, type Turn } from './strip.ts';
import { sameWant } from './want.ts';

/** Time is worked out in strips of this length, each when it is first asked for. */
const length = 64 * msOfDay;

/** How far `since` and `until` are looked for, in strips: two years. */
const farthest = 12;

/** Strips are forgotten, oldest first, when they hold more turns than this together. */
const remembered = 1500;

interface Worked {
  readonly strip: Strip;
  readonly freezes: readonly Freeze[];
  /** The turns that remain when nothing turns within a freeze, and what was missed is made up for at its end. */
  readonly turns: readonly Turn[];
}

/** A timetable of parts that all say, day by day, what is wanted. */
export function timetableOf(spec: {
  readonly text: string;
  readonly zone: string;
  readonly parts: readonly Part[];
}): Timetable {
  const timeline = new Timeline(spec.parts);
  return {
    text: spec.text,
    zone: spec.zone,
    at: (moment) => timeline.at(moment),
    edges: (from, to) => timeline.edges(from, to),
  };
}

class Timeline {
  readonly #parts: readonly Part[];
  readonly #strips = new Map<number, { readonly strip: Strip; readonly freezes: readonly Freeze[] }>();
  readonly #worked = new Map<number, Worked>();
  #held = 0;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  at(moment: number): Moment {
    const index = Math.floor(moment / length);
    const { freezes, strip } = this.#work(index);
    const freeze = freezes.find(({ from, until }) => from <= moment && moment < until);
    if (freeze)
      return { want: 'any', because: `frozen: ${freeze.label}`, since: freeze.from, until: freeze.until };
    const last = this.#lastTurn(moment);
    const next = this.#nextTurn(moment);
    const want = last?.after ?? strip.start.want;
    return {
      want,
      because: this.#reason(moment, want, last),
      ...(last ? { since: last.at } : {}),
      ...(next ? { until: next.at } : {}),
    };
  }

  edges(from: number, to: number): readonly Edge[] {
    const found: Edge[] = [];
    for (let index = Math.floor(from / length); index * length <= to; index += 1)
      for (const { at, want, because } of this.#work(index).turns)
        if (at > from && at <= to) found.push({ at, want, because });
    return found;
  }

  /** After a one-sided time it is that one; otherwise what the day says, be it that nothing turned. */
  #reason(moment: number, want: Want, last: Turn | undefined): string {
    if (last && want === 'any' && last.want !== 'any') return last.because;
    const { strip } = this.#work(Math.floor(moment / length));
    return strip.notes.findLast(({ at }) => at <= moment)?.because ?? strip.start.because;
  }

  #lastTurn(moment: number): Turn | undefined {
    const index = Math.floor(moment / length);
    for (let back = 0; back <= farthest; back += 1) {
      const found = this.#work(index - back).turns.findLast(({ at }) => at <= moment);
      if (found) return found;
    }
    return undefined;
  }

  #nextTurn(moment: number): Turn | undefined {
    const index = Math.floor(moment / length);
    for (let ahead = 0; ahead <= farthest; ahead += 1) {
      const found = this.#work(index + ahead).turns.find(({ at }) => at > moment);
      if (found) return found;
    }
    return undefined;
  }

  #work(index: number): Worked {
    const known = this.#worked.get(index);
    if (known) return known;
    const { strip, freezes } = this.#strip(index);
    const worked = { strip, freezes, turns: this.#thawed(index, strip.turns, freezes) };
    this.#worked.set(index, worked);
    this.#held += worked.turns.length;
    this.#forget();
    return worked;
  }

  #forget(): void {
    for (const [index, { turns }] of this.#worked) {
      if (this.#held <= remembered || this.#worked.size <= 3) return;
      this.#worked.delete(index);
      this.#strips.delete(index);
      this.#held -= turns.length;
    }
  }

  #strip(index: number): { readonly strip: Strip; readonly freezes: readonly Freeze[] } {
    let known = this.#strips.get(index);
    if (!known) {
      const [from, until] = [index * length, (index + 1) * length];
      const freezes = freezesOf(this.#parts, from, until);
      const silent = (at: number) => freezes.some((freeze) => freeze.from <= at && at < freeze.until);
      known = { freezes, strip: stripOf(this.#parts, from, until, silent) };
      this.#strips.set(index, known);
    }
    return known;
  }

  #thawed(index: number, turns: readonly Turn[], freezes: readonly Freeze[]): readonly Turn[] {
    if (freezes.length === 0) return turns;
    const within = ({ at }: Turn) => freezes.some(({ from, until }) => from <= at && at <= until);
    const made = freezes.flatMap((freeze) => {
      const inside = freeze.until >= index * length && freeze.until < (index + 1) * length;
      return inside ? this.#madeUp(freeze) : [];
    });
    return [...turns.filter((turn) => !within(turn)), ...made].toSorted((a, b) => a.at - b.at);
  }

  /** What a freeze held back, if there is anything. */
  #madeUp({ from, until, label }: Freeze): readonly Turn[] {
    const last = this.#beneath(until);
    if (last?.at === until && !sameWant(last.want, last.after)) return [last];
    const before = this.#beneath(from - 1)?.after ?? this.#startOf(from);
    const after = last?.after ?? this.#startOf(until);
    return sameWant(before, after)
      ? []
      : [{ at: until, want: after, after, because: `the freeze ${label} ends` }];
  }

  #startOf(moment: number): Want {
    return this.#strip(Math.floor(moment / length)).strip.start.want;
  }

  /** The last turn as if there were no freeze. */
  #beneath(moment: number): Turn | undefined {
    const index = Math.floor(moment / length);
    for (let back = 0; back <= farthest; back += 1) {
      const found = this.#strip(index - back).strip.turns.findLast(({ at }) => at <= moment);
      if (found) return found;
    }
    return undefined;
  }
}
