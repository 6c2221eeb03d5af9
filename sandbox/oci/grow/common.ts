import { ocid } from '../ids.ts';
import type { Seed } from '../seed/seed.ts';
import type { Region, Tenancy } from '../tenancy.ts';

export const DAY = 24 * 60 * 60 * 1000;
/** The oldest and the youngest that seeded resources are. */
const OLDEST = Date.UTC(2025, 8, 1);
export const YOUNGEST = Date.UTC(2026, 9, 20);

export type Entry = Pick<
  Seed['instances'][number],
  'name' | 'region' | 'compartment' | 'tags' | 'defined' | 'count'
>;

function compartmentId(tenancy: Tenancy, path: string): string {
  return tenancy.compartments.find((compartment) => compartment.path === path)?.ocid ?? tenancy.ocid;
}

export function regionOf(tenancy: Tenancy, name: string): Region {
  const region = tenancy.regions.find((each) => each.name === name);
  if (!region) throw new Error(`${name} is not a region of the seed.`);
  return region;
}

/** What every resource has. One history entry at the beginning of time: the index knows it already. */
export function common(entry: Entry, tenancy: Tenancy, state: string, roll: () => number) {
  const timeCreated =
    OLDEST + Math.floor((roll() * (YOUNGEST - OLDEST)) / DAY) * DAY + Math.floor(roll() * DAY);
  const definedTags = {
    ...entry.defined,
    'Oracle-Tags': {
      CreatedBy: `default/${entry.tags.owner ?? 'platform'}@lamplight.example`,
      CreatedOn: new Date(timeCreated).toISOString(),
      ...entry.defined['Oracle-Tags'],
    },
  };
  return {
    region: entry.region,
    compartmentId: compartmentId(tenancy, entry.compartment),
    displayName: entry.name,
    freeformTags: entry.tags,
    definedTags,
    lifecycleState: state,
    timeCreated,
    revision: 1,
    phases: [],
    history: [
      {
        at: 0,
        displayName: entry.name,
        lifecycleState: state,
        freeformTags: entry.tags,
        definedTags,
      },
    ],
  };
}

export function subnetId(tenancy: string, region: string, path: string): string {
  return ocid('subnet', region, tenancy, path);
}

/** As many as the entry asks for, each with its number in its name. */
export function crowd<E extends Entry>(entry: E): E[] {
  if (entry.count === 1) return [entry];
  return Array.from({ length: entry.count }, (_, at) => ({
    ...entry,
    name: entry.name.includes('{n}')
      ? entry.name.replaceAll('{n}', String(at + 1))
      : `${entry.name}-${at + 1}`,
  }));
}
