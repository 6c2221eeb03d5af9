import type { Calendar } from '../../../src/core/schedule/calendar.ts';
import { showLocal } from '../../../src/core/schedule/clock/zone.ts';
import { type Problem, readTimetable } from '../../../src/core/schedule/language/timetable.ts';
import type { Edge, Timetable } from '../../../src/core/schedule/model.ts';

/** The timetable of what is right. */
export function timetable(
  written: string | readonly string[],
  calendars: readonly Calendar[] = [],
  options: { readonly defaultZone?: string } = {},
): Timetable {
  const read = readTimetable(written, calendars, options);
  if ('problems' in read) throw new Error(read.problems.map(showProblem).join('\n'));
  return read.value;
}

/** The problems of what is not. */
export function problems(written: string | readonly string[]): readonly Problem[] {
  const read = readTimetable(written);
  return 'problems' in read ? read.problems : [];
}

export function showProblem({ text, sentence, hint }: Problem): string {
  return `${text}: ${sentence} ${hint}`;
}

/** `Mon 23 Nov 07:30 up`, in the zone of the timetable. */
export function showEdge({ zone }: Timetable, { at, want }: Edge): string {
  return `${showLocal(zone, at)} ${typeof want === 'object' ? `size ${want.size}` : want}`;
}

export function showEdges(timetable: Timetable, from: string, to: string): string[] {
  return timetable.edges(Date.parse(from), Date.parse(to)).map((edge) => showEdge(timetable, edge));
}
