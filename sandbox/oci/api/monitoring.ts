import { z } from 'zod';
import { type Call, iso, type Reply, type Route } from '../call.ts';
import { invalid } from '../errors.ts';
import type { Stream } from '../metrics.ts';
import { evaluate } from '../mql/evaluate.ts';
import { parseInterval, parseQuery } from '../mql/parse.ts';
import type { Series } from '../mql/series.ts';
import { BadQuery, type Expression } from '../mql/syntax.ts';
import { compareText, page } from '../pages.ts';
import { postMetricData } from './metric-posts.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The compartment that is asked for, or undefined for all. @throws OciError 400 for a subtree of another. */
function scopeOf(call: Call): string | undefined {
  const compartmentId = call.compartment();
  if (call.query.get('compartmentIdInSubtree') !== 'true') return compartmentId;
  if (compartmentId !== call.tenancy.ocid)
    throw invalid('compartmentIdInSubtree: can only be true when compartmentId is the tenancy OCID.');
  return undefined;
}

const question = z.object({
  namespace: z.string().min(1),
  resourceGroup: z.string().nullish(),
  query: z.string().min(1).max(10_000),
  startTime: z.iso.datetime({ offset: true }).nullish(),
  endTime: z.iso.datetime({ offset: true }).nullish(),
  resolution: z.string().nullish(),
});

function summarize(call: Call): Reply {
  const compartmentId = scopeOf(call);
  const { namespace, query, ...asked } = call.json(question);
  const resourceGroup = asked.resourceGroup ?? undefined;
  const expression = readable(() => parseQuery(query));
  const interval = intervalOf(expression);
  const step = asked.resolution ? readable(() => parseInterval(asked.resolution ?? '')) : interval;
  if (step > interval) throw invalid('resolution: must be equal to or less than the interval of the query.');
  const to = asked.endTime ? Date.parse(asked.endTime) : call.now;
  const from = asked.startTime ? Date.parse(asked.startTime) : call.now - 3 * hour;
  if (from >= to) throw invalid('startTime: must be before endTime.');
  const begin = Math.max(from, call.now - longest(step));
  const streams = (name: string) =>
    call.metrics
      .streams({ region: call.region, compartmentId, namespace, name })
      .filter((stream) => stream.resourceGroup === resourceGroup);
  const series = evaluate(expression, streams, { from: Math.ceil(begin / minute) * minute, to, step });
  const told = {
    namespace,
    resourceGroup: resourceGroup ?? null,
    name: expression.kind === 'metric' ? expression.name : query,
    resolution: asked.resolution ?? null,
  };
  const body = series
    .filter(({ points }) => points.size > 0)
    .map((each) => ({
      ...told,
      compartmentId: compartmentId ?? compartmentOf(each) ?? call.tenancy.ocid,
      ...view(each),
    }));
  return { status: 200, body };
}

function view({ dimensions, streams, points }: Series) {
  return {
    dimensions,
    metadata: streams[0]?.metadata ?? {},
    aggregatedDatapoints: [...points].map(([at, value]) => ({ timestamp: iso(at), value })),
  };
}

/** The one in which all of them are. */
function compartmentOf({ streams }: Series): string | undefined {
  const all = new Set(streams.map(({ compartmentId }) => compartmentId));
  return all.size === 1 ? [...all][0] : undefined;
}

/** How far back is answered. Source: docs.oracle.com, Monitoring/Tasks/query-metric-time-range.htm. */
function longest(resolution: number): number {
  if (resolution < 5 * minute) return 7 * day;
  return resolution < hour ? 30 * day : 90 * day;
}

/** Of the first metric of the query. */
function intervalOf(expression: Expression): number {
  switch (expression.kind) {
    case 'metric':
      return expression.interval;
    case 'number':
      return 0;
    case 'binary':
      return intervalOf(expression.left) || intervalOf(expression.right);
    default:
      return intervalOf(expression.of);
  }
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof BadQuery) throw invalid(`The query is not valid: ${error.message}.`);
    throw error;
  }
}

const fields = ['namespace', 'name', 'resourceGroup'] as const;

/** The SDK sends no body at all where nothing is asked for. */
const search = z
  .object({
    name: z.string().nullish(),
    namespace: z.string().nullish(),
    resourceGroup: z.string().nullish(),
    dimensionFilters: z.record(z.string(), z.string()).nullish(),
    groupBy: z.array(z.enum(fields)).nullish(),
    sortBy: z.enum(['NAMESPACE', 'NAME', 'RESOURCEGROUP']).nullish(),
    sortOrder: z.enum(['ASC', 'DESC']).nullish(),
  })
  .default({});

interface Listed {
  readonly name?: string;
  readonly namespace?: string;
  readonly resourceGroup?: string | null;
  readonly compartmentId: string;
  readonly dimensions?: Stream['dimensions'];
}

function listMetrics(call: Call): Reply {
  const compartmentId = scopeOf(call);
  const { groupBy, sortBy, sortOrder, ...wanted } = call.json(search);
  const filters = Object.entries((!groupBy?.length && wanted.dimensionFilters) || {});
  const found = call.metrics
    .streams({
      region: call.region,
      compartmentId,
      namespace: wanted.namespace ?? undefined,
      name: wanted.name ?? undefined,
    })
    .filter(
      ({ resourceGroup, dimensions }) =>
        (groupBy?.includes('resourceGroup') || resourceGroup === (wanted.resourceGroup ?? undefined)) &&
        filters.every(([name, value]) => Object.hasOwn(dimensions, name) && dimensions[name] === value),
    );
  const listed = groupBy?.length ? grouped(found, groupBy, call.compartment()) : found.map(whole);
  const field = fields.find((each) => each.toUpperCase() === (sortBy ?? 'NAMESPACE')) ?? 'namespace';
  const up = sortOrder !== 'DESC';
  const sorted = listed.sort((a, b) => {
    const difference =
      compareText(a[field] ?? '', b[field] ?? '') || compareText(JSON.stringify(a), JSON.stringify(b));
    return up ? difference : -difference;
  });
  const { items, headers } = page(call, sorted, (each) => JSON.stringify(each), 1000);
  return { status: 200, headers, body: items };
}

function whole({ name, namespace, resourceGroup, compartmentId, dimensions }: Stream): Listed {
  return { name, namespace, resourceGroup: resourceGroup ?? null, compartmentId, dimensions };
}

function grouped(
  streams: readonly Stream[],
  by: readonly (typeof fields)[number][],
  compartmentId: string,
): Listed[] {
  const groups = new Map<string, Listed>();
  for (const stream of streams) {
    const group = { ...Object.fromEntries(by.map((field) => [field, stream[field] ?? null])), compartmentId };
    groups.set(JSON.stringify(group), group);
  }
  return [...groups.values()];
}

function route(name: string, path: string, handle: Route['handle']): Route {
  return { operation: `Monitoring.${name}`, service: 'monitoring', method: 'POST', path, handle };
}

/** Metrics: what was posted or measured, and queries of it. Alarms are not served. */
export const monitoring: readonly Route[] = [
  route('SummarizeMetricsData', '/metrics/actions/summarizeMetricsData', summarize),
  route('ListMetrics', '/metrics/actions/listMetrics', listMetrics),
  route('PostMetricData', '/metrics', postMetricData),
];
