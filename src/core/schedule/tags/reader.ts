import { everything } from '../../selector.ts';
import type { Target } from '../../target.ts';
import { dailyTimetable } from '../daily.ts';
import type { Policy, Timetable } from '../model.ts';
import type { Reading } from '../problem.ts';
import type { TagSchedules } from '../situation.ts';
import { readTimetable } from '../timetable.ts';
import { hourlyTimetable, readHourly } from './hourly.ts';
import { namesZone, type Place, placeOf, type Said, saidBy, showSaid } from './said.ts';
import { type Scale, scaleOf } from './slots.ts';

/** Timetables that are remembered: those that were asked for last. */
const remembered = 2_000;

/**
 * Reads what a resource says in its tags of when it is to be up; undefined where it says nothing.
 * `Lamplighter.Schedule` is our own language (`readTimetable`) and goes before `Schedule.AnyDay` and the other tags of
 * OCI-AutoScale (`readHourly`). Times of ours are of the zone that they name, else of `defaultZone`, else of the
 * region; those of OCI-AutoScale are of the region. A region that is newer than this program counts as UTC, and the
 * text of the timetable says so.
 *
 * The same tags, of the same kind and zone, give the same timetable.
 */
export function tagReader(
  defaultZone: string | undefined,
): (target: Target) => Reading<Timetable> | undefined {
  const known = new Map<string, Reading<Timetable>>();
  return (target) => {
    const said = saidBy(target.tags);
    if (!said) return undefined;
    const own = 'own' in said;
    const place = placeOf(target.region, own ? defaultZone : undefined);
    const scale = scaleOf(target);
    const key = JSON.stringify(own ? [place, said.own] : [place, scale, ...said.values, said.wrong]);
    const found = known.get(key) ?? read(said, place, scale);
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
  defaults: Pick<Policy, 'warning' | 'atMost' | 'longestKeep' | 'settleIn'> & { readonly zone?: string },
): TagSchedules {
  const { zone, warning, atMost, longestKeep, settleIn } = defaults;
  return {
    policy: {
      name,
      ...(channel === undefined ? {} : { channel }),
      place: 'tags',
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
    read: tagReader(zone),
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

function read(said: Said, place: Place, scale: Scale): Reading<Timetable> {
  return 'own' in said ? readOwn(said.own, place) : readTheirs(said, place, scale);
}

function readOwn(written: string, place: Place): Reading<Timetable> {
  const read = readTimetable(written, [], { defaultZone: place.zone });
  if ('problems' in read || place.unknown === undefined || namesZone(written)) return read;
  return { value: { ...read.value, text: `${read.value.text}${remark(place)}` } };
}

function readTheirs(
  said: Extract<Said, { readonly values: unknown }>,
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
