import type { Mark } from './marks.ts';
import type { Want } from './model.ts';
import { sameWant, strength } from './want.ts';

/** What one part wants at present. */
export interface Standing {
  readonly want: Want;
  /** Since when it is wanted without a break. */
  readonly since: number;
  readonly edge: string;
  readonly because: string;
}

/** What all parts together want while time goes by: up beats `any` beats down; of two sizes the later one. */
export class Union {
  readonly #parts: (Standing | undefined)[];

  constructor(count: number) {
    this.#parts = Array.from({ length: count }, () => undefined);
  }

  set(part: number, mark: Mark, at: number): void {
    const before = this.#parts[part];
    this.#parts[part] = {
      want: mark.want,
      since: before && sameWant(before.want, mark.want) ? before.since : at,
      edge: mark.because,
      because: mark.meanwhile ?? mark.because,
    };
  }

  /** Of the part that decides. */
  get now(): Standing {
    let first: Standing | undefined;
    for (const part of this.#parts) if (part && (!first || goesBefore(part, first))) first = part;
    return first ?? nothing;
  }
}

const nothing: Standing = {
  want: 'any',
  since: Number.NEGATIVE_INFINITY,
  edge: 'nothing is wanted',
  because: 'nothing is wanted',
};

function goesBefore(one: Standing, other: Standing): boolean {
  const stronger = strength(one.want) - strength(other.want);
  if (stronger !== 0) return stronger > 0;
  const sized = Number(typeof one.want === 'object') - Number(typeof other.want === 'object');
  return sized !== 0 ? sized > 0 : one.since > other.since;
}
