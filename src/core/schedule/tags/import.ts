import { everything, showSelector } from '../../selector.ts';
import type { Target } from '../../target.ts';
import { readTimetable } from '../language/timetable.ts';
import { readHourly } from './hourly.ts';
import { keysOf, namesZone, type Place, placeOf, type Said, saidBy, showSaid } from './said.ts';
import { type Scale, scaleOf } from './slots.ts';
import { written } from './writing.ts';

/** What tags say, as policies that say the same. */
export interface Imported {
  /** Those of most resources first. */
  readonly policies: readonly ImportedPolicy[];
  /** What no timetable of a policy says: `because` has no subject and no full stop. */
  readonly left: readonly (Tagged & { readonly because: string })[];
  /** Sentences with their hints. */
  readonly unreadable: readonly (Tagged & { readonly problems: readonly string[] })[];
}

export interface Tagged {
  readonly target: Target;
  /** `Schedule.AnyDay`, `Lamplighter.Schedule`. */
  readonly keys: readonly string[];
  /** `Schedule.AnyDay: 0,0,…`. */
  readonly tags: string;
}

export interface ImportedPolicy {
  readonly name: string;
  readonly members: readonly (Tagged & {
    /** What means this resource and no other. */
    readonly selector: string;
  })[];
  /** Each with its zone. */
  readonly when: readonly string[];
  /** Its windows begin at their time, as those of OCI-AutoScale do, and not early. */
  readonly punctual: boolean;
  /** Regions whose zone is not known, so that UTC was written. */
  readonly unknownRegions: readonly string[];
}

/**
 * The schedules of these resources as policies, one for each timetable. `all` are the resources that names could be
 * mistaken for; `zone` is that of times without one in tags of ours; `taken` are names of policies that there are.
 */
export function importTags(
  targets: readonly Target[],
  around: {
    readonly all: readonly Target[];
    readonly zone: string | undefined;
    readonly taken: readonly string[];
  },
): Imported {
  const left: Imported['left'][number][] = [];
  const unreadable: Imported['unreadable'][number][] = [];
  const groups = new Map<string, Group>();
  for (const target of targets) {
    const said = saidBy(target.tags);
    if (!said) continue;
    const place = placeOf(target.region, 'own' in said ? around.zone : undefined);
    const tagged = { target, keys: keysOf(said), tags: showSaid(said) };
    const read = policyTimes(said, place, scaleOf(target));
    if ('problems' in read) unreadable.push({ ...tagged, problems: read.problems });
    else if ('because' in read) left.push({ ...tagged, because: read.because });
    else join(groups, { when: read.when, punctual: !('own' in said) }, tagged, place);
  }
  return { policies: named([...groups.values()], around), left, unreadable };
}

interface Group extends Pick<ImportedPolicy, 'when' | 'punctual'> {
  readonly members: Tagged[];
  readonly unknown: Set<string>;
}

function join(
  groups: Map<string, Group>,
  how: Pick<Group, 'when' | 'punctual'>,
  tagged: Tagged,
  { unknown }: Place,
): void {
  const key = JSON.stringify(how);
  const group = groups.get(key) ?? { ...how, members: [], unknown: new Set<string>() };
  group.members.push(tagged);
  if (unknown !== undefined) group.unknown.add(unknown);
  groups.set(key, group);
}

type Times =
  | { readonly when: readonly string[] }
  | { readonly because: string }
  | { readonly problems: readonly string[] };

function policyTimes(said: Said, { zone }: Place, scale: Scale): Times {
  if ('own' in said) return ownTimes(said.own, zone);
  const read = readHourly(said.values, scale);
  const wrong = [...said.wrong, ...('problems' in read ? read.problems : [])];
  if ('problems' in read || wrong.length > 0)
    return { problems: wrong.map(({ sentence, hint }) => `${sentence} ${hint}`) };
  const times = written(read.value);
  if ('because' in times) return times;
  return { when: times.entries.map((entry) => (entry === 'never' ? entry : `${entry} ${zone}`)) };
}

function ownTimes(text: string, zone: string): Times {
  const read = readTimetable(text, [], { defaultZone: zone });
  if ('problems' in read)
    return { problems: read.problems.map(({ sentence, hint }) => `${sentence} ${hint}`) };
  return { when: [namesZone(text) ? read.value.text : `${read.value.text} ${zone}`] };
}

function named(
  groups: readonly Group[],
  { all, taken }: { readonly all: readonly Target[]; readonly taken: readonly string[] },
): readonly ImportedPolicy[] {
  const names = new Set(taken.map((name) => name.toLowerCase()));
  const counts = new Map<string, number>();
  for (const { name } of all) counts.set(name.toLowerCase(), (counts.get(name.toLowerCase()) ?? 0) + 1);
  let number = 0;
  const free = () => {
    do number += 1;
    while (names.has(`from-tags-${number}`));
    return `from-tags-${number}`;
  };
  return groups
    .toSorted((a, b) => b.members.length - a.members.length)
    .map(({ when, punctual, members, unknown }) => ({
      name: free(),
      when,
      punctual,
      members: members.map((tagged) => ({ ...tagged, selector: selectorOf(tagged.target, counts) })),
      unknownRegions: [...unknown],
    }));
}

/** By its name where no other has it and nothing in it means something else, by its OCID otherwise. */
function selectorOf({ name, kind, ocid }: Target, counts: ReadonlyMap<string, number>): string {
  const plain = /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(name) && !/^ocid1\./i.test(name);
  return plain && counts.get(name.toLowerCase()) === 1
    ? showSelector({ ...everything, kinds: [kind], names: [name] })
    : showSelector({ ...everything, ocids: [ocid] });
}
