import type { TableBlock } from '@slack/types';
import type { Column } from '../../core/report.ts';
import { limits } from './limits.ts';

type Rows = readonly (readonly string[])[];

/** Slack's own table; a message may hold one. Cells are raw text, which Slack does not parse. */
export function tableBlock(columns: readonly Column[], rows: Rows): TableBlock {
  const shown = columns.slice(0, limits.tableColumns);
  const cells = (row: readonly string[]) =>
    shown.map((_, at) => ({ type: 'raw_text' as const, text: row[at] || '–' }));
  return {
    type: 'table',
    column_settings: shown.map(({ align }) => ({ align: align ?? 'left', is_wrapped: true })),
    rows: [cells(shown.map(({ label }) => label)), ...rows.map(cells)],
  };
}

/** The same in aligned lines of text, where no table block is to be had. */
export function tableLines(columns: readonly Column[], rows: Rows): string {
  const all = [columns.map(({ label }) => label), ...rows];
  const widths = columns.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)));
  const pad = (text: string, at: number) =>
    columns[at]?.align === 'right' ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0);
  return all
    .map((row) =>
      columns
        .map((_, at) => pad(row[at] ?? '', at))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
