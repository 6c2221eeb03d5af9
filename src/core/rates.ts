/** One hour of one resource's usage, as a bill has it. */
export interface UsageLine {
  readonly ocid: string;
  /** The beginning of the hour, in milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  readonly cost: number;
  readonly currency: string;
  readonly sku: string;
  readonly unit: string;
}

/** What being up costs, by OCID: an estimate from what was billed. */
export interface Spend {
  /** ISO 4217. */
  readonly currency: string;
  /** For each hour that it is up. What was never up is not here. */
  readonly perHour: ReadonlyMap<string, number>;
}

/**
 * Rates from the hours of some days. What is billed while a resource is off too, its storage above all,
 * is not saved and not counted. The rate is the median of the hours that cost something, so that the
 * hours in which it was started, stopped or resized don't matter. Undefined where nothing was billed.
 */
export function ratesOf(lines: readonly UsageLine[]): Spend | undefined {
  const billed = lines.filter((line) => line.cost > 0 && !isStorage(line));
  const currency = mostFrequent(billed.map((line) => line.currency));
  if (currency === undefined) return undefined;
  const hours = new Map<string, Map<number, number>>();
  for (const line of billed) {
    if (line.currency !== currency) continue;
    const own = hours.get(line.ocid) ?? new Map<number, number>();
    own.set(line.at, (own.get(line.at) ?? 0) + line.cost);
    hours.set(line.ocid, own);
  }
  return {
    currency,
    perHour: new Map([...hours].map(([ocid, own]) => [ocid, median([...own.values()])])),
  };
}

function isStorage({ sku, unit }: UsageLine): boolean {
  return /storage|backup|volume/i.test(`${sku} ${unit}`);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function mostFrequent(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))[0]?.[0];
}
