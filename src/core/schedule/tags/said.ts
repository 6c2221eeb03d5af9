import type { Tags } from '../../target.ts';
import type { Wrong } from '../language/problem.ts';
import { readTimetable } from '../language/timetable.ts';
import { autoScaleTags, tagOf } from './autoscale-keys.ts';
import { zoneOfRegion } from './region-zones.ts';

/** What a resource says in its tags of when it is to be up: in our language, or in OCI-AutoScale’s. */
export type Said =
  | { readonly own: string }
  | {
      /** By their keys, in the order of the alphabet. */
      readonly values: ReadonlyMap<string, string>;
      /** Tags that were meant to be such and are none. */
      readonly wrong: readonly Wrong[];
    };

/** Where its times are those of the clocks. */
export interface Place {
  /** IANA. */
  readonly zone: string;
  /** A region that this program does not know, so that UTC was taken. */
  readonly unknown?: string;
}

export const ownTag = 'Lamplighter.Schedule';

/** Ours goes before the others. OCI ignores the case of namespaces and keys, so that ours is written in any. */
export function saidBy(tags: Tags): Said | undefined {
  for (const tag in tags) {
    if (tag.length === ownTag.length && tag.toLowerCase() === ownTag.toLowerCase())
      return { own: tags[tag] ?? '' };
  }
  return autoScaleTags(tags);
}

/** `Schedule.AnyDay: 0,0,…; Schedule.Monday: 1,1,…`. */
export function showSaid(said: Said): string {
  if ('own' in said) return `${ownTag}: ${said.own}`;
  const values = [...said.values].map(([key, value]) => `${tagOf(key)}: ${value.trim()}`);
  return [...values, ...said.wrong.map(({ text }) => text)].join('; ');
}

/** `Schedule.AnyDay`, `Schedule.Monday`. */
export function keysOf(said: Said): readonly string[] {
  if ('own' in said) return [ownTag];
  return [...[...said.values.keys()].map(tagOf), ...said.wrong.map(({ text }) => text)];
}

/** The zone that holds where nothing better is said, else the region's. */
export function placeOf(region: string, defaultZone: string | undefined): Place {
  const zone = defaultZone ?? zoneOfRegion(region);
  return zone === undefined ? { zone: 'UTC', unknown: region } : { zone };
}

/** Whether our language needs no zone there, since one is written, or since none is asked for: `always`. */
export function namesZone(written: string): boolean {
  return 'value' in readTimetable(written);
}
