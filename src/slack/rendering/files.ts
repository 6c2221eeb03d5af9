import type { Column } from '../../core/report.ts';

/** What a message is too small for: shared next to it. */
export interface Attachment {
  readonly name: string;
  readonly title: string;
  readonly bytes: Buffer;
}

export function textFile(name: string, text: string): Attachment {
  return { name, title: name, bytes: Buffer.from(text, 'utf8') };
}

/** A table by RFC 4180, with a byte order mark so that spreadsheets read it as UTF-8. */
export function csvFile(
  name: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): Attachment {
  const lines = [columns.map(({ label }) => label), ...rows].map((row) => row.map(cell).join(','));
  return textFile(name, `\uFEFF${lines.join('\r\n')}\r\n`);
}

/** A cell that begins like a formula is quoted with an apostrophe: spreadsheets would run it. */
function cell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
