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
  const natural = labels.map((label, at) =>
    Math.max(widthOf(label), ...cells.map((row) => widthOf(row[at] ?? ''))),
  );
  const widths = narrowed(natural, width - gap * (columns.length - 1));
  const line = (row: readonly string[]) => rowLines(columns, row, widths);
  const header = line(labels).map((text) => paint('heading', text));
  return [...header, ...cells.flatMap(line)];
}

/** Takes from the widest column, cell by cell, until all fit or none can give more. */
function narrowed(natural: readonly number[], width: number): number[] {
  const widths = [...natural];
  for (let excess = widths.reduce((sum, each) => sum + each, 0) - width; excess > 0; excess--) {
    const widest = widths.indexOf(Math.max(...widths));
    const held = widths[widest] ?? 0;
    if (held <= least) break;
    widths[widest] = held - 1;
  }
  return widths;
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
