import { Minute } from './mql/minute.ts';

/** One value of a metric, from whoever measures. */
export interface Sample {
  readonly region: string;
  readonly compartmentId: string;
  /** `oci_lbaas`, `shop`. */
  readonly namespace: string;
  readonly resourceGroup?: string | undefined;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  /** How often the value occurred; 1 if absent. */
  readonly count?: number | undefined;
  readonly at: number;
  /** Such as its unit; the latest stands. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

/** All values of one metric with the same dimensions. */
export interface Stream
  extends Pick<Sample, 'region' | 'compartmentId' | 'namespace' | 'resourceGroup' | 'name' | 'dimensions'> {
  readonly metadata: Readonly<Record<string, string>>;
  /** By the moment at which each ends, in order of time but for late values. */
  readonly minutes: ReadonlyMap<number, Minute>;
}

interface Kept extends Stream {
  metadata: Readonly<Record<string, string>>;
  readonly minutes: Map<number, Minute>;
}

const minute = 60_000;
const retention = 14 * 24 * 60 * minute;

/**
 * What Monitoring knows: streams of values, kept as a summary of each minute so that a load test costs no
 * more than a trickle, and for a fortnight of the sandbox clock.
 */
export class Metrics {
  readonly #streams = new Map<string, Kept>();

  record(sample: Sample): void {
    const { region, compartmentId, namespace, resourceGroup, name, dimensions, metadata } = sample;
    const key = keyOf(sample);
    let stream = this.#streams.get(key);
    if (!stream) {
      stream = {
        region,
        compartmentId,
        namespace,
        resourceGroup,
        name,
        dimensions: { ...dimensions },
        metadata: {},
        minutes: new Map(),
      };
      this.#streams.set(key, stream);
    }
    if (metadata) stream.metadata = metadata;
    // A value at 12:05:00 sharp is in the minute that ends there.
    const end = Math.ceil(sample.at / minute) * minute;
    const known = stream.minutes.get(end);
    if (known) known.add(sample.value, sample.count ?? 1, sample.at);
    else this.#begin(stream, end, sample);
  }

  /** Those of a region, of the compartments if they are said, and of a namespace and name. */
  streams(wanted: {
    readonly region: string;
    readonly compartmentId?: string | undefined;
    readonly namespace?: string | undefined;
    readonly name?: string | undefined;
  }): readonly Stream[] {
    return [...this.#streams.values()].filter(
      (each) =>
        each.region === wanted.region &&
        (wanted.compartmentId === undefined || each.compartmentId === wanted.compartmentId) &&
        (wanted.namespace === undefined || each.namespace === wanted.namespace) &&
        (wanted.name === undefined || each.name === wanted.name),
    );
  }

  clear(): void {
    this.#streams.clear();
  }

  /** A new minute is when the old ones are looked at. */
  #begin(stream: Kept, end: number, { value, count = 1, at }: Sample): void {
    const summary = new Minute();
    summary.add(value, count, at);
    stream.minutes.set(end, summary);
    for (const old of stream.minutes.keys()) {
      if (old > end - retention) return;
      stream.minutes.delete(old);
    }
  }
}

function keyOf({ region, compartmentId, namespace, resourceGroup = '', name, dimensions }: Sample): string {
  const pairs = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([region, compartmentId, namespace, resourceGroup, name, pairs]);
}
