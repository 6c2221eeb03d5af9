import type { Edge, Moment, Timetable } from '../model.ts';
import type { Part } from './marks.ts';
import { Strips, stripLength } from './strips.ts';
import { isActing, standingAt, type Turn, wantAfter } from './turns.ts';

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
    const gainsaid = last && isActing(last) && last.after === 'any';
    return {
      want: last ? wantAfter(last) : standing.want,
      because: gainsaid ? last.because : (standing.meanwhile ?? standing.because),
      ...(last ? { since: last.at } : {}),
      ...(next ? { until: next.at } : {}),
    };
  }

  edges(from: number, to: number): readonly Edge[] {
    const found: Edge[] = [];
    for (let start = Math.floor(from / stripLength) * stripLength; start <= to; start += stripLength) {
      const { turns } = this.#strips.of(start);
      for (let next = firstAfter(turns, from); next < turns.length; next += 1) {
        const turn = turns[next] as Turn;
        if (turn.at > to) break;
        found.push(isActing(turn) ? { at: turn.at, want: turn.want, because: turn.because } : turn);
      }
    }
    return found;
  }

  #lastTurn(moment: number): Turn | undefined {
    for (let back = 0; back <= farthest; back += 1) {
      const { turns } = this.#strips.of(moment - back * stripLength);
      const found = turns[firstAfter(turns, moment) - 1];
      if (found) return found;
    }
    return undefined;
  }

  #nextTurn(moment: number): Turn | undefined {
    for (let ahead = 0; ahead <= farthest; ahead += 1) {
      const { turns } = this.#strips.of(moment + ahead * stripLength);
      const found = turns[firstAfter(turns, moment)];
      if (found) return found;
    }
    return undefined;
  }
}

/** The index of the first turn after a moment, by halving. */
function firstAfter(turns: readonly Turn[], moment: number): number {
  let [low, high] = [0, turns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((turns[middle]?.at ?? 0) > moment) high = middle;
    else low = middle + 1;
  }
  return low;
}
