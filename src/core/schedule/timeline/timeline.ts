import type { Edge, Moment, Timetable } from '../model.ts';
import type { Part } from './marks.ts';
import { Strips, stripLength } from './strips.ts';
import { standingAt, type Turn, wantAfter } from './turns.ts';

/** How far `since` and `until` are looked for, in strips: two years. */
const farthest = 12;

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
  readonly #strips: Strips;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
    this.#strips = new Strips(parts);
  }

  at(moment: number): Moment {
    const freeze = this.#strips
      .of(moment)
      .freezes.find(({ from, until }) => from <= moment && moment < until);
    if (freeze)
      return {
        want: 'any',
        because: `frozen: ${freeze.label}`,
        since: freeze.from,
        until: freeze.until,
        frozen: true,
      };
    const last = this.#lastTurn(moment);
    const next = this.#nextTurn(moment);
    const standing = standingAt(this.#parts, moment);
    const gainsaid = last?.after === 'any';
    return {
      want: last ? wantAfter(last) : standing.want,
      because: gainsaid ? last.because : (standing.meanwhile ?? standing.because),
      ...(last ? { since: last.at } : {}),
      ...(next ? { until: next.at } : {}),
    };
  }

  edges(from: number, to: number): readonly Edge[] {
    const found: Edge[] = [];
    for (let start = Math.floor(from / stripLength) * stripLength; start <= to; start += stripLength)
      this.#strips.of(start).turns.edgesInto(found, from, to);
    return found;
  }

  #lastTurn(moment: number): Turn | undefined {
    for (let back = 0; back <= farthest; back += 1) {
      const found = this.#strips.of(moment - back * stripLength).turns.before(moment);
      if (found) return found;
    }
    return undefined;
  }

  #nextTurn(moment: number): Turn | undefined {
    for (let ahead = 0; ahead <= farthest; ahead += 1) {
      const found = this.#strips.of(moment + ahead * stripLength).turns.after(moment);
      if (found) return found;
    }
    return undefined;
  }
}
