import type { Services } from '../client/services.ts';

export interface Question {
  readonly region: string;
  /** OCID. */
  readonly compartmentId: string;
  /** `oci_lbaas`, or that of an app's own metrics. */
  readonly namespace: string;
  /** In Monitoring's query language: `HttpResponses5xx[1m]{backendSetName = "api"}.sum()`. */
  readonly query: string;
  /** Milliseconds: points at `from` are given, those at `to` are not. */
  readonly from: number;
  readonly to: number;
  /** `1m`: how far apart the points are; the interval of the query if absent. */
  readonly resolution?: string;
}

/** One line of a chart. */
export interface Measurement {
  /** What tells it from the others: those that the query groups by, or all that the stream has. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** In order of time. A value that is no number is NaN, and never taken for 0. */
  readonly points: readonly Point[];
}

export interface Point {
  /** The end of the time that it speaks of. */
  readonly at: number;
  readonly value: number;
}

/**
 * What Monitoring knows. No data is an empty list, or a line without points: what that means is for the caller to
 * say. Data comes up to some minutes late, and a filter by a dimension that the metric does not have filters
 * nothing. Rejects with a CloudError: 400 for a query that it cannot read.
 * Source: docs.oracle.com, api/#/en/monitoring/20180401/MetricData/SummarizeMetricsData.
 */
export async function measure(
  { monitoring }: Pick<Services, 'monitoring'>,
  { region, compartmentId, namespace, query, from, to, resolution }: Question,
): Promise<readonly Measurement[]> {
  const { items } = await monitoring.read('SummarizeMetricsData', region, (client) =>
    client.summarizeMetricsData({
      compartmentId,
      summarizeMetricsDataDetails: {
        namespace,
        query,
        startTime: new Date(from),
        endTime: new Date(to),
        ...(resolution === undefined ? {} : { resolution }),
      },
    }),
  );
  return items.map(({ dimensions, aggregatedDatapoints }) => ({
    dimensions,
    points: aggregatedDatapoints
      .map(({ timestamp, value }) => ({ at: new Date(timestamp).getTime(), value: numberOf(value) }))
      .sort((a, b) => a.at - b.at),
  }));
}

/** Java writes what is no number as a text or as null, whatever the SDK's types say. */
function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : Number.NaN;
}
