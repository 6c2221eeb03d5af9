import { everything } from '../../selector.ts';
import type { Target } from '../../target.ts';
import type { TagSchedules } from '../deciding/situation.ts';
import { dailyTimetable } from '../language/daily.ts';
import { early } from '../language/early.ts';
import type { Reading } from '../language/problem.ts';
import { readTimetable } from '../language/timetable.ts';
import type { Policy, Timetable } from '../model.ts';
import { hourlyTimetable, readHourly } from './hourly.ts';
import { namesZone, type Place, placeOf, type Said, saidBy, showSaid } from './said.ts';
import { type Scale, scaleOf } from './slots.ts';

/** What holds for our own tags. */
export interface TagDefaults {
  /** IANA. */
  readonly zone?: string;
  /** How long before a window begins its resources are started, in milliseconds. */
  readonly early: number;
}

/** Timetables that are remembered: those that were asked for last. */
const remembered = 2_000;

/**
 * Reads what a resource says in its tags of when it is to be up; undefined where it says nothing.
 * `Lamplighter.Schedule` is our own language (`readTimetable`) and goes before `Schedule.AnyDay` and the other tags of
 * OCI-AutoScale (`readHourly`). Times of ours are of the zone that they name, else of the default one, else of the
 * region, and begin early as those of policies do; those of OCI-AutoScale are of the region, and begin with their
 * hour. A region that is newer than this program counts as UTC, and the text of the timetable says so.
 *
 * The same tags, of the same kind and zone, give the same timetable.
 */
export function tagReader(defaults: TagDefaults): (target: Target) => Reading<Timetable> | undefined {
  const known = new Map<string, Reading<Timetable>>();
  return (target) => {
    const said = saidBy(target.tags);
    if (!said) return undefined;
    const own = 'own' in said;
    const place = placeOf(target.region, own ? defaults.zone : undefined);
    const scale = scaleOf(target);
    const key = JSON.stringify(own ? [place, said.own] : [place, scale, ...said.values, said.wrong]);
    const found =
      known.get(key) ?? (own ? readOwn(said.own, place, defaults.early) : readTheirs(said, place, scale));
    known.delete(key);
    known.set(key, found);
    for (const oldest of known.keys()) {
      if (known.size <= remembered) break;
      known.delete(oldest);
    }
    return found;
  };
}

/**
 * What `decide` takes as its `tags`, of `schedules.tags` and `schedules.defaults` of the settings. Nothing of it is
 * enforced, and what is to be down is stopped.
 */
export function tagSchedules(
  { policy: name, channel }: { readonly policy: string; readonly channel?: string },
  defaults: Pick<Policy, 'warning' | 'atMost' | 'longestKeep' | 'settleIn'> & TagDefaults,
): TagSchedules {
  const { zone, warning, atMost, longestKeep, settleIn } = defaults;
  return {
    policy: {
      name,
      ...(channel === undefined ? {} : { channel }),
      place: 'the tags of each resource',
      what: [],
      except: [],
      groups: [{ name: 'all', what: [everything], dimming: { act: 'stop' } }],
      timetable: asTagsSay(zone ?? 'UTC'),
      enforced: false,
      protects: false,
      warning,
      atMost,
      longestKeep,
      settleIn,
    },
    read: tagReader(defaults),
  };
}

/** It wants nothing: each resource has its own. */
function asTagsSay(zone: string): Timetable {
  const text = 'as the tags of each resource say';
  return dailyTimetable({
    text,
    zone,
    calendars: [],
    day: () => [{ minute: 0, want: 'any', because: text }],
  });
}

function readOwn(written: string, place: Place, lead: number): Reading<Timetable> {
  const read = readTimetable(written, [], { defaultZone: place.zone });
  if ('problems' in read) return read;
  const remarked = namesZone(written) ? '' : remark(place);
  return { value: { ...early(read.value, lead), text: `${read.value.text}${remarked}` } };
}

function readTheirs(
  said: Exclude<Said, { readonly own: string }>,
  place: Place,
  scale: Scale,
): Reading<Timetable> {
  const read = readHourly(said.values, scale);
  const wrong = said.wrong.map((each) => ({ ...each, entry: 0 }));
  if ('problems' in read || wrong.length > 0)
    return { problems: [...wrong, ...('problems' in read ? read.problems : [])] };
  const text = `${showSaid(said)}${remark(place)}`;
  return { value: hourlyTimetable(read.value, { text, zone: place.zone }) };
}

function remark({ unknown }: Place): string {
  return unknown === undefined ? '' : ` (UTC, since I know no zone of ${unknown})`;
}
