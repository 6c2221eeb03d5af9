import { sameWant, strength } from '../want.ts';
import type { Mark } from './marks.ts';

/** What all parts together want while time goes by: up beats `any` beats down; of two sizes the later one. */
export class Union {
  readonly #marks: Mark[];
  readonly #since: number[];

  constructor(count: number) {
    this.#marks = Array.from({ length: count }, () => nothing);
    this.#since = Array.from({ length: count }, () => Number.NEGATIVE_INFINITY);
  }

  set(part: number, mark: Mark, at: number): void {
    if (!sameWant((this.#marks[part] ?? nothing).want, mark.want)) this.#since[part] = at;
    this.#marks[part] = mark;
  }

  /** Of the part that decides. */
  get mark(): Mark {
    return this.#marks[this.#first()] ?? nothing;
  }

  get since(): number {
    return this.#since[this.#first()] ?? Number.NEGATIVE_INFINITY;
  }

  #first(): number {
    let first = 0;
    for (let part = 1; part < this.#marks.length; part += 1) if (this.#goesBefore(part, first)) first = part;
    return first;
  }

  #goesBefore(one: number, other: number): boolean {
    const [a, b] = [this.#marks[one] ?? nothing, this.#marks[other] ?? nothing];
    const known = Number(a !== nothing) - Number(b !== nothing);
    if (known !== 0) return known > 0;
    const stronger = strength(a.want) - strength(b.want);
    if (stronger !== 0) return stronger > 0;
    const sized = Number(typeof a.want === 'object') - Number(typeof b.want === 'object');
    return sized !== 0 ? sized > 0 : (this.#since[one] ?? 0) > (this.#since[other] ?? 0);
  }
}

/** Of a part that says nothing of what lies between its times. */
const nothing: Mark = { minute: 0, want: 'any', because: 'nothing is wanted' };
