import { showSelector } from '../selector.ts';
import type { Decision, Edge, Keep, Pause, Policy, Want } from './model.ts';
import { showMoment, showMomentTwice } from './until.ts';

/** Schedules in words, the same in every command. */

export function showWant(want: Want): string {
  if (typeof want === 'object') return `size ${want.size}`;
  return want === 'any' ? 'left as it is' : want;
}

/** `app=shop env=dev or kind:instance env=dev, except web-1`. The policy of tags has no selector. */
export function showWhat({ what, except }: Pick<Policy, 'what' | 'except'>): string {
  if (what.length === 0) return 'resources whose tags say when';
  const all = what.map((each) => showSelector(each) || 'everything').join(' or ');
  return except.length > 0 ? `${all}, except ${except.map(showSelector).join(' or ')}` : all;
}

/** `down Wed 25 Nov 19:00 Europe/Amsterdam, 18:00 UTC`. */
export function showEdge({ at, want }: Edge, zone: string): string {
  return `${showWant(want)} ${showMomentTwice(at, zone)}`;
}

/** What would be done with one resource, and why: `stop: the window Mon-Fri 07:30-20:00 ends`. */
export function showDecision({ act, size, because }: Decision): string {
  return `${act === 'nothing' ? 'nothing' : act}${size === undefined ? '' : ` to ${size}`}: ${because}`;
}

/** `on until Wed 25 Nov 22:00 Europe/Amsterdam`. */
export function showKeep({ want, until }: Keep, zone: string): string {
  return `${want === 'up' ? 'on' : 'off'} until ${showMoment(until, zone)}`;
}

export function showPause({ until, because }: Pause, zone: string): string {
  return `paused until ${showMoment(until, zone)}${because ? ` – ${because}` : ''}`;
}
