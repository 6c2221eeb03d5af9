import type { Calendar } from '../../core/schedule/calendar.ts';
import { early } from '../../core/schedule/language/early.ts';
import { readTimetable } from '../../core/schedule/language/timetable.ts';
import type { Policy, Timetable } from '../../core/schedule/model.ts';
import { nearest } from '../../core/suggest.ts';
import type { Found } from '../reading/found.ts';
import { policyNamePattern } from '../reading/ids.ts';
import type { Path } from '../reading/yaml.ts';
import { present } from '../rules/rules.ts';
import { groupsOf } from './groups.ts';
import { unsafePolicy } from './policy-safety.ts';
import type { FileOwners, FilePolicy } from './schema.ts';
import { itemPath, readSelectors, said } from './selectors.ts';

/** What holds for a policy that does not say otherwise. Durations in milliseconds. */
export interface Defaults {
  readonly warning: number;
  readonly atMost: number;
  readonly longestKeep: number;
  readonly settleIn: number;
  readonly early: number;
  /** `slack.announce`. */
  readonly channel?: string;
  /** IANA. */
  readonly zone?: string;
}

/** What surrounds a policy in its file and beside it. */
export interface Surroundings {
  readonly name: string;
  readonly path: Path;
  /** `policies/shop.yml:12`. */
  readonly place: string;
  readonly owners: Partial<FileOwners>;
  readonly defaults: Defaults;
  readonly calendars: readonly Calendar[];
  /** Those too that could not be read: they are told of by themselves. */
  readonly calendarNames: readonly string[];
  /** Where this file says its zone: `zone`, `schedules.zone`. */
  readonly zoneKey: string;
  readonly now: number;
}

/** The policy as it is carried out, or everything that is wrong with it. */
export function policyOf(
  written: Partial<FilePolicy>,
  around: Surroundings,
): { readonly policy?: Policy; readonly found: readonly Found[] } {
  const { name, path, owners, defaults } = around;
  const what = readSelectors(written.what ?? [], [...path, 'what']);
  const except = readSelectors(written.except ?? [], [...path, 'except']);
  const groups = groupsOf(written, what.selectors, path);
  const { timetable: plain, found } = timetableOf(written, around);
  const timetable = plain && early(plain, written.early ?? defaults.early);
  const wrong = [...misnamed(around), ...what.found, ...except.found, ...groups.found, ...found];
  const channel = written.channel ?? owners.channel ?? defaults.channel;
  const policy = timetable && {
    name,
    ...present({ team: owners.team, channel }),
    place: around.place,
    what: what.selectors,
    except: except.selectors,
    groups: groups.groups,
    timetable,
    enforced: written.enforced ?? false,
    protects: written.protect ?? false,
    warning: written.warn ?? defaults.warning,
    atMost: written.atMost ?? defaults.atMost,
    longestKeep: written.longestKeep ?? defaults.longestKeep,
    settleIn: written.settleIn ?? defaults.settleIn,
  };
  const unsafe = unsafePolicy(written, {
    path,
    what: what.selectors,
    except: except.selectors,
    timetable,
    now: around.now,
  });
  const all = [...wrong, ...unsafe];
  return policy && all.length === 0 ? { policy, found: [] } : { found: all };
}

function misnamed({ name, path }: Surroundings): readonly Found[] {
  if (policyNamePattern.test(name)) return [];
  return [{ path, sentence: `should have a name of letters, digits and hyphens, but is "${name}"` }];
}

/** What protects is always up. */
function timetableOf(
  written: Partial<FilePolicy>,
  around: Surroundings,
): { readonly timetable?: Timetable; readonly found: readonly Found[] } {
  const { calendars, found } = followed(written, around);
  const zone = around.owners.zone ?? around.defaults.zone;
  const options = zone === undefined ? {} : { defaultZone: zone };
  if (written.protect) {
    const always = readTimetable('always', [], { defaultZone: zone ?? 'UTC' });
    return 'value' in always ? { timetable: always.value, found } : { found };
  }
  if (!written.when) return { found };
  const when = written.when;
  const read = readTimetable(when, calendars, options);
  if ('value' in read) return { timetable: read.value, found };
  const zoneless = readTimetable(when, calendars, { defaultZone: zone ?? 'UTC' });
  const others = 'problems' in zoneless ? zoneless.problems : [];
  const problems = read.problems.map(({ entry, text, sentence, hint }) => {
    const because = others.some((other) => other.entry === entry)
      ? said(sentence, hint)
      : noZone(text, around.zoneKey);
    return { path: itemPath([...around.path, 'when'], when, entry), sentence: because };
  });
  return { found: [...found, ...problems] };
}

function noZone(text: string, zoneKey: string): string {
  return `"${text}" has no zone: write one after it, as in "${text} Europe/Amsterdam", or as ${zoneKey} for all of this file`;
}

function followed(
  written: Partial<FilePolicy>,
  { path, calendars, calendarNames: known }: Surroundings,
): { readonly calendars: readonly Calendar[]; readonly found: readonly Found[] } {
  const names = written.calendars ?? [];
  const found = names.flatMap((name, index) => {
    if (known.includes(name)) return [];
    const [near] = nearest(name, known, 1);
    const help = near
      ? `did you mean ${near}?`
      : known.length > 0
        ? `there are ${known.join(', ')}`
        : 'calendars stand under calendars:';
    return [{ path: [...path, 'calendars', index], sentence: `"${name}" is not a calendar; ${help}` }];
  });
  return { calendars: calendars.filter(({ name }) => names.includes(name)), found };
}
