import { ocid } from '../ids.ts';
import { dice } from '../random.ts';
import { digestOf, displayNameOf } from '../registry.ts';
import type { RegistryResource } from '../resources/registry.ts';
import type { Seed } from '../seed/seed.ts';
import type { Tenancy } from '../tenancy.ts';
import { common, crowd, DAY } from './common.ts';

/** Repositories and their images. Only what is said to be relative depends on `now`. */
export function growRegistry(seed: Seed, tenancy: Tenancy, now: number): RegistryResource[] {
  return seed.repositories.flatMap((entry) => crowd(entry).flatMap((one) => grown(one, tenancy, now)));
}

function grown(entry: Seed['repositories'][number], tenancy: Tenancy, now: number): RegistryResource[] {
  const id = ocid('containerrepo', entry.region, tenancy.name, entry.name);
  const base = common(entry, tenancy, 'AVAILABLE', dice(id));
  const pushes = entry.images.map((each) => ({ ...each, at: momentOf(each.pushed, now) }));
  return [
    {
      ...base,
      type: 'ContainerRepo',
      ocid: id,
      isPublic: entry.public,
      ...(pushes.length > 0 && { timeLastPushed: Math.max(...pushes.map(({ at }) => at)) }),
    },
    ...pushes.map(({ tags, at, digest = digestOf(entry.name, ...tags) }): RegistryResource => {
      const versions = tags.map((version) => ({ version, at }));
      return {
        ...base,
        type: 'ContainerImage',
        ocid: ocid('containerimage', entry.region, id, digest),
        displayName: displayNameOf(entry.name, versions),
        freeformTags: {},
        definedTags: {},
        timeCreated: at,
        history: [],
        repositoryId: id,
        repositoryName: entry.name,
        digest,
        versions,
      };
    }),
  ];
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 60 * 60_000, d: DAY };

function momentOf(pushed: string, now: number): number {
  const [, count, unit = ''] = /^(\d+)([mhd])$/.exec(pushed) ?? [];
  return count === undefined ? Date.parse(pushed) : now - Number(count) * (units[unit] ?? 0);
}
