interface Moment {
  readonly at: number;
  readonly value: number;
}

/** Percentiles are of values with so many digits: as good as the estimates of the real service. */
const digits = 3;
/** So many different values are kept apart; of more, a digit less. */
const most = 300;

/** What is left of the values of a minute, or of several minutes put together. */
export class Minute {
  count = 0;
  sum = 0;
  least = Number.POSITIVE_INFINITY;
  most = Number.NEGATIVE_INFINITY;
  first: Moment | undefined;
  last: Moment | undefined;
  /** How often each value occurred. */
  #values = new Map<number, number>();
  #digits = digits;

  add(value: number, count: number, at: number): void {
    this.count += count;
    this.sum += value * count;
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
    this.#meet({ at, value });
    this.#tally(value, count);
  }

  merge(other: Minute): void {
    this.count += other.count;
    this.sum += other.sum;
    this.least = Math.min(this.least, other.least);
    this.most = Math.max(this.most, other.most);
    for (const moment of [other.first, other.last]) if (moment) this.#meet(moment);
    for (const [value, count] of other.#values) this.#tally(value, count);
  }

  /** The least value that this share of them, from 0 to 1, is not above. */
  percentile(share: number): number {
    let rank = Math.max(1, Math.ceil(share * this.count));
    for (const [value, count] of [...this.#values].sort(([a], [b]) => a - b)) {
      rank -= count;
      if (rank <= 0) return value;
    }
    return this.most;
  }

  #meet(moment: Moment): void {
    if (!this.first || moment.at < this.first.at) this.first = moment;
    if (!this.last || moment.at >= this.last.at) this.last = moment;
  }

  #tally(value: number, count: number): void {
    const near = Number(value.toPrecision(this.#digits));
    this.#values.set(near, (this.#values.get(near) ?? 0) + count);
    if (this.#values.size > most && this.#digits === digits) this.#coarsen();
  }

  #coarsen(): void {
    const before = this.#values;
    this.#values = new Map();
    this.#digits -= 1;
    for (const [value, count] of before) this.#tally(value, count);
  }

  /** How many different values it keeps apart. */
  get grain(): number {
    return this.#values.size;
  }
}
