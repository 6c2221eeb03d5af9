import { Temporal } from 'temporal-polyfill';
import { msOfDay } from './civil.ts';

/**
 * How far a zone's clocks are from UTC over one stretch of time: `offsets[i]` holds from `starts[i]` until
 * `starts[i + 1]`. All in milliseconds; the first start is that of the stretch.
 */
interface Stretch {
  readonly starts: readonly number[];
  readonly offsets: readonly number[];
}

/** Long enough that a year's work asks for two or three of them. */
const span = 512 * msOfDay;

const zones = new Map<string, Map<number, Stretch>>();

/** Milliseconds that are to be added to UTC. The zone is one that `zoneNamed` has named. */
export function offsetAt(zone: string, instant: number): number {
  const { starts, offsets } = stretchOf(zone, Math.floor(instant / span));
  let at = starts.length - 1;
  while (at > 0 && (starts[at] ?? 0) > instant) at -= 1;
  return offsets[at] ?? 0;
}

/** The first moment after this one, and before another, at which the zone's clocks are set. */
export function nextChange(zone: string, after: number, before: number): number | undefined {
  for (let block = Math.floor(after / span); block * span < before; block += 1) {
    const { starts } = stretchOf(zone, block);
    for (let at = 1; at < starts.length; at += 1) {
      const start = starts[at] ?? 0;
      if (start > after) return start < before ? start : undefined;
    }
  }
  return undefined;
}

/** Asking Temporal takes a millisecond, reading an array nothing: every stretch is asked for once. */
function stretchOf(zone: string, block: number): Stretch {
  let known = zones.get(zone);
  if (!known) {
    known = new Map();
    zones.set(zone, known);
  }
  let stretch = known.get(block);
  if (!stretch) {
    stretch = asked(zone, block * span);
    known.set(block, stretch);
  }
  return stretch;
}

function asked(zone: string, from: number): Stretch {
  const first = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone);
  const starts = [from];
  const offsets = [first.offsetNanoseconds / 1e6];
  let next = first.getTimeZoneTransition('next');
  while (next && next.epochMilliseconds < from + span) {
    starts.push(next.epochMilliseconds);
    offsets.push(next.offsetNanoseconds / 1e6);
    next = next.getTimeZoneTransition('next');
  }
  return { starts, offsets };
}
