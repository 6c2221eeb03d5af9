import type { Timetable } from '../../../../src/core/schedule/model.ts';
import { type Hourly, hourlyTimetable, readHourly } from '../../../../src/core/schedule/tags/hourly.ts';
import { tagReader } from '../../../../src/core/schedule/tags/reader.ts';
import { saidBy } from '../../../../src/core/schedule/tags/said.ts';
import { scaleOf } from '../../../../src/core/schedule/tags/slots.ts';
import type { Kind, Target } from '../../../../src/core/target.ts';
import { resource } from '../policies.ts';
import { showProblem } from '../reading.ts';

/** A day of 24 values: `day('0*8 1*10 0*6')`. */
export function day(runs: string): string {
  return runs
    .split(' ')
    .flatMap((run) => {
      const [, value = '', times = '1'] = /^(.+?)(?:x(\d+))?$/.exec(run) ?? [];
      return Array.from({ length: Number(times) }, () => value);
    })
    .join(',');
}

/** Tags of OCI-AutoScale: `theirs({AnyDay: '…'})`. */
export function theirs(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`Schedule.${key}`, value]));
}

export function tagged(tags: Readonly<Record<string, string>>, other: Partial<Target> = {}): Target {
  return resource('web-1', tags, other);
}

/** The timetable of tags that are right. */
export function timetableOf(tags: Readonly<Record<string, string>>, other: Partial<Target> = {}): Timetable {
  const read = tagReader({ early: 0 })(tagged(tags, other));
  if (!read) throw new Error('these tags say nothing');
  if ('problems' in read) throw new Error(read.problems.map(showProblem).join('\n'));
  return read.value;
}

/** What is wrong with tags, as people read it. */
export function problemsOf(
  tags: Readonly<Record<string, string>>,
  other: Partial<Target> = {},
): readonly string[] {
  const read = tagReader({ early: 0 })(tagged(tags, other));
  if (!read) return ['nothing'];
  return 'problems' in read ? read.problems.map(({ sentence, hint }) => `${sentence} ${hint}`) : [];
}

/** Tags that are right, as they were read, and as a timetable in a zone. */
export function hourlyOf(tags: Readonly<Record<string, string>>, kind: Kind, zone: string) {
  const said = saidBy(tags);
  if (!said || 'own' in said) throw new Error('these are no tags of OCI-AutoScale');
  const read = readHourly(said.values, scaleOf({ kind }));
  if ('problems' in read) throw new Error(read.problems.map(showProblem).join('\n'));
  const hourly: Hourly = read.value;
  return { hourly, timetable: hourlyTimetable(hourly, { text: 'tags', zone }) };
}
