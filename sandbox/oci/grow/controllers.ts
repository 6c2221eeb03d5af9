import { ocid } from '../ids.ts';
import { dice } from '../random.ts';
import type { Resource } from '../resources/resources.ts';
import type { Seed } from '../seed/seed.ts';
import type { Tenancy } from '../tenancy.ts';
import { common } from './common.ts';

/** They bear the names of what they belong to. */
const parts: ReadonlySet<Resource['type']> = new Set(['Vnic', 'Container', 'Subnet', 'Vcn']);

/** What else decides when resources run: schedules of Resource Scheduler, and autoscaling of instance pools. */
export function controllers(seed: Seed, tenancy: Tenancy, resources: readonly Resource[]): Resource[] {
  const named = (name: string, region: string): string => {
    const found = resources.find(
      (each) => each.displayName === name && each.region === region && !parts.has(each.type),
    );
    if (!found) throw new Error(`The seed has no ${name} in ${region}.`);
    return found.ocid;
  };
  const rest = { tags: {}, defined: {}, count: 1 };
  return [
    ...seed.schedules.map((entry): Resource => {
      const id = ocid('resourceschedule', entry.region, tenancy.name, entry.compartment, entry.name);
      return {
        type: 'ResourceSchedule',
        ocid: id,
        ...common({ ...entry, ...rest }, tenancy, entry.active ? 'ACTIVE' : 'INACTIVE', dice(id)),
        description: '',
        action: entry.action,
        recurrenceType: 'CRON',
        recurrenceDetails: entry.cron,
        resources: entry.resources.map((name) => ({ id: named(name, entry.region) })),
        resourceFilters: [],
      };
    }),
    ...seed.autoScaling.map((entry): Resource => {
      const id = ocid('autoscalingconfiguration', entry.region, tenancy.name, entry.compartment, entry.name);
      return {
        type: 'AutoScalingConfiguration',
        ocid: id,
        ...common({ ...entry, ...rest }, tenancy, 'ACTIVE', dice(id)),
        poolId: named(entry.pool, entry.region),
        isEnabled: entry.enabled,
        coolDownInSeconds: 300,
        policies: [],
      };
    }),
  ];
}
