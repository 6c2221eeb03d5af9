import { instantOf, localOf } from '../clock/zone.ts';
import type { Saved } from '../reports/evening.ts';
import { grouped } from '../wording.ts';
import type { Prices } from './worth.ts';

/** One stretch in which a resource was off by schedule. Milliseconds since 1970-01-01T00:00Z. */
export interface Dark {
  readonly ocid: string;
  readonly from: number;
  /** Absent while it is off. */
  readonly to?: number;
  /** What each hour of it is worth; absent where there is no price. */
  readonly perHour?: number;
}

export interface Night {
  readonly darks: readonly Dark[];
  /** The edge down. */
  readonly from: number;
  /** The next edge up; absent where there is none, and then the night is no longer than it was so far. */
  readonly to?: number;
  readonly now: number;
  /** IANA: in which the month begins. */
  readonly zone: string;
  readonly prices: Pick<Prices, 'currency' | 'source'>;
}

/**
 * What a night saves, and the month of `now` so far. What is off still is taken to stay off until the
 * night ends, whereas the month counts up to now. Where stretches of one resource overlap, the dearest counts.
 */
export function savedOf({ darks, from, to, now, zone, prices }: Night): Saved {
  const night = { from, to: to ?? now };
  const month = { from: beginningOfMonth(zone, now), to: now };
  let [tonight, monthToDate, unpriced] = [0, 0, 0];
  for (const stretches of grouped(darks, ({ ocid }) => ocid)) {
    const [inNight, inMonth] = [within(stretches, night), within(stretches, month)];
    tonight += sum(inNight);
    monthToDate += sum(inMonth);
    const counted = [...inNight, ...inMonth];
    if (counted.length > 0 && counted.every(({ perHour }) => perHour === undefined)) unpriced += 1;
  }
  return { currency: prices.currency, tonight, monthToDate, source: prices.source, unpriced };
}

export function beginningOfMonth(zone: string, now: number): number {
  const { year, month } = localOf(zone, now);
  return instantOf(zone, year, month, 1, 0);
}

interface Span {
  readonly from: number;
  readonly to: number;
}

type Stretch = Span & { readonly perHour: number | undefined };

/** What of the stretches lies in the span; one that is open lasts as long as the span does. */
function within(darks: readonly Dark[], span: Span): readonly Stretch[] {
  return darks
    .map(({ from, to = span.to, perHour }) => ({
      from: Math.max(from, span.from),
      to: Math.min(to, span.to),
      perHour,
    }))
    .filter(({ from, to }) => from < to);
}

const hour = 3_600_000;

/** Of stretches of one resource: between two moments at which any begins or ends, the dearest counts. */
function sum(stretches: readonly Stretch[]): number {
  const moments = [...new Set(stretches.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  return moments.slice(1).reduce((total, to, at) => {
    const from = moments[at] ?? to;
    const rates = stretches.map((each) =>
      each.from <= from && to <= each.to ? Math.max(each.perHour ?? 0, 0) : 0,
    );
    return total + ((to - from) / hour) * Math.max(...rates);
  }, 0);
}
