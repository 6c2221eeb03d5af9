import type { Calendar } from '../../core/schedule/calendar.ts';
import type { Found } from '../reading/found.ts';
import type { Path } from '../reading/yaml.ts';
import { readDays, type Span } from './days.ts';
import { daysOfIcs } from './ics.ts';
import type { FileCalendar } from './schema.ts';

/** The text of a file beside the one that names it. Throws what Node throws. */
export type ReadBeside = (path: string) => string;

const modes = ['closed', 'open', 'freeze'] as const;

/** The calendar as timetables follow it, or what is wrong with it. */
export function calendarOf(
  name: string,
  written: FileCalendar,
  options: { readonly path: Path; readonly span: Span; readonly readBeside: ReadBeside },
): { readonly calendar?: Calendar; readonly found: readonly Found[] } {
  const { path, span, readBeside } = options;
  const given = [...modes, 'file' as const].filter((key) => written[key] !== undefined);
  const [only] = given;
  if (given.length !== 1 || !only)
    return { found: [{ path, sentence: 'should have one of closed, open, freeze or file' }] };
  if (only !== 'file') {
    const read = inline(name, only, written[only] ?? [], { path: [...path, only], span });
    if (!written.mode) return read;
    const sentence = `should be left out: the days are ${only} already`;
    return { found: [{ path: [...path, 'mode'], sentence }, ...read.found] };
  }
  const mode = written.mode ?? 'closed';
  const read = daysOfFile(written.file ?? '', readBeside, span);
  if ('wrong' in read) return { found: [{ path: [...path, 'file'], sentence: read.wrong }] };
  return { calendar: { name, mode, days: read.days }, found: [] };
}

function inline(
  name: string,
  mode: Calendar['mode'],
  entries: NonNullable<FileCalendar['closed']>,
  { path, span }: { readonly path: Path; readonly span: Span },
): { readonly calendar?: Calendar; readonly found: readonly Found[] } {
  const days = new Map<string, string>();
  const found: Found[] = [];
  for (const [index, entry] of entries.entries()) {
    const text = typeof entry === 'string' ? entry : lineOf(entry);
    const read = readDays(text, span);
    if ('wrong' in read) found.push({ path: [...path, index], sentence: `"${text}" ${read.wrong}` });
    else for (const [day, words] of read.days) days.set(day, words);
  }
  return found.length > 0 ? { found } : { calendar: { name, mode, days }, found };
}

/** `- 2026-12-25: Christmas` is a mapping to YAML and a day to whoever wrote it. */
function lineOf(entry: Readonly<Record<string, string>>): string {
  return Object.entries(entry)
    .map(([day, words]) => `${day} ${words}`)
    .join(' ');
}

function daysOfFile(
  file: string,
  readBeside: ReadBeside,
  span: Span,
): { readonly days: ReadonlyMap<string, string> } | { readonly wrong: string } {
  let text: string;
  try {
    text = readBeside(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const wrong =
      code === 'ENOENT'
        ? `"${file}" is not there; it is looked for beside this file`
        : `"${file}" cannot be read: ${message}`;
    return { wrong };
  }
  try {
    return { days: daysOfIcs(text, span) };
  } catch (error) {
    return {
      wrong: `"${file}" is not a calendar that can be read: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
