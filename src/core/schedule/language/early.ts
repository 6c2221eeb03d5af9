import type { Edge, Moment, Timetable } from '../model.ts';
import { isUp } from '../want.ts';
import { wallClock } from '../wording.ts';

/**
 * The timetable with its windows begun so many milliseconds early, so that what takes a while to start is up
 * when its window begins, and whoever owns what does not start hears of it before. Everything else keeps its
 * time: one-sided starts, ends of freezes, and beginnings with another edge so shortly before.
 */
export function early(timetable: Timetable, lead: number): Timetable {
  if (lead <= 0) return timetable;
  const { text, zone } = timetable;
  const moved = (edge: Edge): Edge => {
    const at = edge.at - lead;
    if (!isUp(edge.want)) return edge;
    const before = timetable.at(at);
    const dark = before.want === 'down' && before.until === edge.at && (before.since ?? 0) < at;
    return dark ? { ...edge, at, because: `${edge.because} at ${wallClock(edge.at, zone)}` } : edge;
  };
  const edgeAt = (moment: number | undefined): Edge | undefined =>
    moment === undefined ? undefined : timetable.edges(moment - 1, moment)[0];
  return {
    text,
    zone,
    ...(timetable.overlaps ? { overlaps: timetable.overlaps } : {}),
    edges: (from, to) =>
      timetable
        .edges(from, to + lead)
        .map(moved)
        .filter(({ at }) => at > from && at <= to),
    at: (moment) => {
      const now = timetable.at(moment);
      const coming = edgeAt(now.until);
      const next = coming && moved(coming);
      if (coming && next && next.at <= moment && next.at < coming.at) return begun(timetable, coming, next);
      const last = isUp(now.want) ? edgeAt(now.since) : undefined;
      return {
        ...now,
        ...(last ? { since: moved(last).at } : {}),
        ...(next ? { until: next.at } : {}),
      };
    },
    meant: (edge) => {
      const coming = edgeAt(timetable.at(edge).until);
      return coming && coming.at > edge && moved(coming).at === edge ? coming.at : edge;
    },
  };
}

function begun(timetable: Timetable, coming: Edge, { at: since, because }: Edge): Moment {
  const { want, until } = timetable.at(coming.at);
  return { want, because, since, ...(until === undefined ? {} : { until }) };
}
