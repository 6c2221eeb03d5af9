import { z } from 'zod';
import type { Call, Reply } from '../call.ts';
import { invalid } from '../errors.ts';
import { isCompartment } from '../tenancy.ts';

const hour = 60 * 60_000;
const mostObjects = 50;
const mostDimensions = 20;

const post = z.object({
  metricData: z
    .array(
      z.object({
        namespace: z.string(),
        resourceGroup: z.string().nullish(),
        compartmentId: z.string(),
        name: z.string(),
        dimensions: z.record(z.string(), z.string()),
        metadata: z.record(z.string(), z.string()).nullish(),
        datapoints: z.array(
          z.object({
            timestamp: z.iso.datetime({ offset: true }),
            value: z.number(),
            count: z.number().nullish(),
          }),
        ),
      }),
    )
    .min(1)
    .max(mostObjects),
  batchAtomicity: z.enum(['ATOMIC', 'NON_ATOMIC']).nullish(),
});
type Posted = z.infer<typeof post>['metricData'][number];

/**
 * Values from customers. Objects that break a rule are told of, and refused all together where that is asked for
 * or none is left. Source: the SDK's MetricDataDetails and Datapoint.
 */
export function postMetricData(call: Call): Reply {
  const { metricData, batchAtomicity } = call.json(post);
  const judged = metricData.map((data) => ({ data, message: wrongWith(call, data) }));
  const failed = judged.filter(({ message }) => message !== undefined);
  const isRefused = batchAtomicity === 'ATOMIC' ? failed.length > 0 : failed.length === judged.length;
  if (isRefused) throw invalid(failed.map(({ message }) => message).join(' '));
  for (const { data, message } of judged) if (message === undefined) keep(call, data);
  return {
    status: 200,
    body: {
      failedMetricsCount: failed.length,
      failedMetrics: failed.map(({ data, message }) => ({ message, metricData: data })),
    },
  };
}

function keep({ metrics, region }: Call, data: Posted): void {
  const { namespace, compartmentId, name, dimensions } = data;
  for (const { timestamp, value, count } of data.datapoints)
    metrics.record({
      region,
      compartmentId,
      namespace,
      resourceGroup: data.resourceGroup ?? undefined,
      name,
      dimensions,
      value,
      count: count ?? undefined,
      at: Date.parse(timestamp),
      metadata: data.metadata ?? undefined,
    });
}

function wrongWith({ tenancy, now }: Call, data: Posted): string | undefined {
  const { namespace, resourceGroup, name, dimensions, datapoints } = data;
  if (!isCompartment(tenancy, data.compartmentId))
    return `compartmentId: ${data.compartmentId} is not authorized or not found.`;
  if (!/^[a-z][a-z0-9_]*[a-z0-9]$/.test(namespace))
    return `namespace: ${namespace} must match ^[a-z][a-z0-9_]*[a-z0-9]$.`;
  if (/^(oci|oracle)_/.test(namespace)) return `namespace: ${namespace} uses a reserved prefix.`;
  if (!isName(name)) return `name: ${name} is not valid.`;
  if (resourceGroup != null && !isName(resourceGroup)) return `resourceGroup: ${resourceGroup} is not valid.`;
  const pairs = Object.entries(dimensions);
  if (pairs.length < 1 || pairs.length > mostDimensions)
    return `dimensions: from 1 to ${mostDimensions} are allowed.`;
  if (!pairs.every(isDimension)) return 'dimensions: a key or a value is empty, too long or not valid.';
  if (datapoints.length === 0) return 'datapoints: at least one is required.';
  if (!datapoints.every(({ count }) => count == null || count > 0))
    return 'count: must be greater than zero.';
  const isNear = datapoints.every(({ timestamp }) => {
    const age = now - Date.parse(timestamp);
    return age < 2 * hour && age > -hour / 6;
  });
  return isNear
    ? undefined
    : 'timestamp: must be less than 2 hours in the past and 10 minutes in the future.';
}

const isName = (text: string) => /^[A-Za-z][\w.$-]{0,254}$/.test(text);

function isDimension([key, value]: readonly [string, string]): boolean {
  return /^[!-~]{1,256}$/.test(key) && value.length > 0 && value.length <= 512;
}
