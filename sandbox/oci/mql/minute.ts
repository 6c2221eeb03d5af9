interface Moment {
  readonly at: number;
  readonly value: number;
}

/** Percentiles are of values with so many digits: as good as the estimates of the real service. */
const digits = 3;

/** What is left of the values of a minute, or of several minutes put together. */
export class Minute {
  count = 0;
  sum = 0;
  least = Number.POSITIVE_INFINITY;
  most = Number.NEGATIVE_INFINITY;
  first: Moment | undefined;
  last: Moment | undefined;
  /** How often each value occurred. */
  readonly #values = new Map<number, number>();

  add(value: number, count: number, at: number): void {
    this.count += count;
    this.sum += value * count;
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
    this.#meet({ at, value });
    this.#tally(Number(value.toPrecision(digits)), count);
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
    this.#values.set(value, (this.#values.get(value) ?? 0) + count);
  }
}
