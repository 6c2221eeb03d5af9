import { z } from 'zod';
import { type Call, iso, type Reply, type Route } from '../call.ts';
import { invalid, notFound } from '../errors.ts';
import { page } from '../pages.ts';
import type { Resource } from '../resources/resources.ts';

const hour = 3_600_000;
const day = 24 * hour;
const currency = 'EUR';

/** What one resource is billed for in an hour. */
interface Meter {
  readonly skuName: string;
  readonly unit: string;
  readonly quantity: number;
  /** Of one unit for an hour. */
  readonly price: number;
  /** Whether it is billed while the resource is off too. */
  readonly always?: boolean;
}

/** Prices are in the manner of Oracle's list, not its prices. */
function metersOf(resource: Resource): readonly Meter[] {
  switch (resource.type) {
    case 'Instance':
      return [
        { skuName: 'Compute - Standard - OCPU', unit: 'OCPU Hours', quantity: resource.ocpus, price: 0.028 },
        {
          skuName: 'Compute - Standard - Memory',
          unit: 'Gigabyte Hours',
          quantity: resource.memoryInGBs,
          price: 0.0019,
        },
      ];
    case 'ContainerInstance':
      return [
        { skuName: 'Container Instances - OCPU', unit: 'OCPU Hours', quantity: resource.ocpus, price: 0.024 },
        {
          skuName: 'Container Instances - Memory',
          unit: 'Gigabyte Hours',
          quantity: resource.memoryInGBs,
          price: 0.0014,
        },
      ];
    case 'AutonomousDatabase':
      if (resource.isFreeTier) return [];
      return [
        {
          skuName: 'Autonomous Database - ECPU',
          unit: 'ECPU Hours',
          quantity: resource.computeCount,
          price: 0.31,
        },
        {
          skuName: 'Autonomous Database - Storage',
          unit: 'Gigabyte Storage Capacity Hours',
          quantity: resource.dataStorageSizeInTBs * 1024,
          price: 0.00016,
          always: true,
        },
      ];
    default:
      return [];
  }
}

const up: ReadonlySet<string> = new Set(['RUNNING', 'ACTIVE', 'AVAILABLE']);

/** What is up now was always up; what is not was up from 8 to 18 UTC on working days. */
function wasUp({ lifecycleState, timeCreated }: Resource, at: number): boolean {
  if (at < timeCreated) return false;
  const moment = new Date(at);
  const [weekday, clock] = [moment.getUTCDay(), moment.getUTCHours()];
  return up.has(lifecycleState) || (weekday > 0 && weekday < 6 && clock >= 8 && clock < 18);
}

const details = z.object({
  tenantId: z.string(),
  timeUsageStarted: z.iso.datetime(),
  timeUsageEnded: z.iso.datetime(),
  granularity: z.enum(['HOURLY', 'DAILY']),
  queryType: z.enum(['COST', 'USAGE']).default('COST'),
  groupBy: z.array(z.string()).default([]),
});

interface Line {
  readonly resource: Resource;
  readonly meter: Meter;
  readonly from: number;
  readonly to: number;
  readonly hours: number;
}

function summarize(call: Call): Reply {
  const asked = call.json(details);
  if (asked.tenantId !== call.tenancy.ocid) throw notFound();
  const [from, to] = [Date.parse(asked.timeUsageStarted), Date.parse(asked.timeUsageEnded)];
  const step = asked.granularity === 'HOURLY' ? hour : day;
  if (from % step !== 0 || to % step !== 0)
    throw invalid(
      `timeUsageStarted and timeUsageEnded: must be at the beginning of an ${step === hour ? 'hour' : 'UTC day'}.`,
    );
  if (to <= from) throw invalid('timeUsageEnded: must be after timeUsageStarted.');
  if (step === hour && to - from > 36 * hour) throw invalid('HOURLY takes 36 hours at the most.');
  const lines = linesOf(call, from, Math.min(to, call.now), step);
  const { items, headers } = page(
    call,
    lines,
    (line) => `${line.resource.ocid} ${line.meter.skuName} ${line.from}`,
    1000,
  );
  return {
    status: 200,
    headers,
    body: { groupBy: asked.groupBy, items: items.map((line) => view(line, asked.groupBy)) },
  };
}

/** Of the whole tenancy, whichever region is asked. */
function linesOf(call: Call, from: number, to: number, step: number): Line[] {
  const lines: Line[] = [];
  for (const resource of call.store.all())
    for (const meter of metersOf(resource))
      for (let at = from; at < to; at += step) {
        const end = Math.min(at + step, to);
        let hours = 0;
        for (let each = at; each < end; each += hour) if (meter.always || wasUp(resource, each)) hours += 1;
        if (hours > 0) lines.push({ resource, meter, from: at, to: at + step, hours });
      }
  return lines;
}

function view({ resource, meter, from, to, hours }: Line, groupBy: readonly string[]): object {
  const of = (name: string, value: string) => (groupBy.includes(name) ? { [name]: value } : {});
  return {
    timeUsageStarted: iso(from),
    timeUsageEnded: iso(to),
    ...of('resourceId', resource.ocid),
    ...of('region', resource.region),
    ...of('compartmentId', resource.compartmentId),
    ...of('skuName', meter.skuName),
    ...of('unit', meter.unit),
    computedAmount: meter.quantity * meter.price * hours,
    computedQuantity: meter.quantity * hours,
    currency,
    tags: [],
  };
}

export const usage: readonly Route[] = [
  {
    operation: 'Usageapi.RequestSummarizedUsages',
    service: 'usageapi',
    method: 'POST',
    path: '/usage',
    handle: summarize,
  },
];
