import type { Column } from '../core/report.ts';
import type { Paint } from './paint.ts';
import { padEnd, padStart, safeLine, widthOf, wrap } from './width.ts';

const gap = 2;
const least = 6;

/**
 * A table whose columns are aligned by display width. When it is too wide, its widest columns are made
 * narrower and their cells wrapped: a name is never cut off.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
  paint: Paint,
): string[] {
  const cells = rows.map((row) => columns.map((_, at) => safeLine(row[at] ?? '')));
  const labels = columns.map(({ label }) => safeLine(label));
  const widest = (measure: (text: string) => number) =>
    labels.map((label, at) => Math.max(measure(label), ...cells.map((row) => measure(row[at] ?? ''))));
  const widths = narrowed(widest(widthOf), widest(longestWord), width - gap * (columns.length - 1));
  const line = (row: readonly string[]) => rowLines(columns, row, widths);
  const header = line(labels).map((text) => paint('heading', text));
  return [...header, ...cells.flatMap(line)];
}

/** Takes from the columns that can give at their spaces first, and only then breaks words. */
function narrowed(natural: readonly number[], words: readonly number[], width: number): number[] {
  return taken(
    taken(natural, words, width),
    natural.map(() => least),
    width,
  );
}

/** Takes from the widest column that is above its floor, cell by cell, until all fit or none can give. */
function taken(natural: readonly number[], floors: readonly number[], width: number): number[] {
  const widths = [...natural];
  for (let excess = widths.reduce((sum, each) => sum + each, 0) - width; excess > 0; excess--) {
    const able = widths.map((held, at) => (held > (floors[at] ?? 0) ? held : 0));
    const widest = able.indexOf(Math.max(...able));
    if (able[widest] === 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function longestWord(text: string): number {
  return Math.max(...text.split(' ').map(widthOf));
}

function rowLines(columns: readonly Column[], row: readonly string[], widths: readonly number[]): string[] {
  const wrapped = row.map((cell, at) => wrap(cell, widths[at] ?? least));
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, nth) =>
    columns
      .map(({ align }, at) => {
        const text = wrapped[at]?.[nth] ?? '';
        return (align === 'right' ? padStart : padEnd)(text, widths[at] ?? 0);
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  );
}
