import { count, optionalWord, query } from '../src/command.ts';
import type { AuditEntry } from '../src/core/audit.ts';
import { mention } from '../src/core/describe.ts';
import { canonical, type Json } from '../src/core/json.ts';
import type { Span, Text } from '../src/core/report.ts';

export default query({
  summary: 'Read the audit: who did what, and what OCI answered',
  examples: ['history', 'history op-81', 'history web-1 --last 50'],
  args: { about: optionalWord('about', 'an operation id, a person (@name) or a word of the command line') },
  flags: { last: count('last', 'how many entries', { min: 1, max: 200, default: 20 }) },
  async run({ about, last }, { operations }) {
    const entries = await operations.history({ ...(about ? { about } : {}), limit: last });
    const of = about ? ` about ${about}` : '';
    return {
      title:
        entries.length === 0
          ? `The audit has nothing${of}.`
          : `The latest ${entries.length} audit entries${of}.`,
      tone: 'plain',
      blocks: entries.length === 0 ? [] : [{ type: 'list', items: entries.map(line) }],
    };
  },
});

function line({ seq, at, event, actor, operation, line, details }: AuditEntry): Text {
  const shown = Object.entries(details).flatMap(([key, value], nth): Span[] => [
    nth === 0 ? ' (' : ', ',
    ...detail(key, value),
  ]);
  return [
    `#${seq} `,
    { time: at },
    ' ',
    mention(actor),
    ` ${event}`,
    ...(operation ? [' ', { code: operation }] : []),
    ...(line ? [` ${line}`] : []),
    ...shown,
    ...(shown.length > 0 ? [')'] : []),
  ];
}

/** What the audit keeps in full is shortened for the reader: digests to their beginning, instants to times. */
function detail(key: string, value: Json): Span[] {
  if (typeof value === 'number' && key.endsWith('At')) return [`${key.slice(0, -2)} `, { time: value }];
  if (isTexts(value))
    return [`${key} `, ...value.flatMap((each, nth): Span[] => [nth > 0 ? ', ' : '', named(each)])];
  const text = typeof value === 'string' ? value : canonical(value);
  return [`${key} ${/^[0-9a-f]{64}$/.test(text) ? text.slice(0, 12) : text}`];
}

function isTexts(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** People and groups by their names, everything else as it is. */
function named(text: string): Span {
  return /^[UWS][A-Z0-9]{8,}$/.test(text) ? mention(text) : text;
}
