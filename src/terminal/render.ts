import type {
  Action,
  Block,
  Field,
  Report,
  ReportStep,
  Span,
  StepState,
  Text,
  Tone,
} from '../core/report.ts';
import { type Paint, plain, type Style } from './paint.ts';
import { tableLines } from './table.ts';
import { padEnd, safe, safeLine, widthOf, wrap } from './width.ts';

export interface Screen {
  /** Cells per line. */
  readonly width: number;
  /** Cells per row of a table, where that is another: what programs read has a row on one line. */
  readonly tableWidth?: number;
  readonly paint: Paint;
}

/** What holds where nothing is known of the terminal. */
export const plainScreen: Screen = { width: 80, paint: plain };

/** The report as lines without a line feed at the end. Every text from outside is made harmless first. */
export function renderReport(report: Report, screen: Screen = plainScreen): string[] {
  const [mark, style] = tones[report.tone];
  const title = folded(oneLine(report.title), screen.width - widthOf(mark));
  const head = title.map(
    (line, at) =>
      `${at === 0 ? screen.paint(style, mark) : ' '.repeat(widthOf(mark))}${screen.paint('title', line)}`,
  );
  const body = report.blocks.flatMap((block, at) => [
    ...(at === 0 || isLoose(block, report.blocks[at - 1]) ? [''] : []),
    ...renderBlock(block, screen),
  ]);
  const menus = (report.actions ?? []).flatMap((action) => renderAction(action, screen));
  return [...head, ...body, ...(menus.length > 0 ? ['', ...menus] : [])];
}

export function renderBlock(block: Block, screen: Screen): string[] {
  const { width, tableWidth = width, paint } = screen;
  switch (block.type) {
    case 'text':
      return folded(words(block.text), width);
    case 'note':
      return folded(words(block.text), width).map((line) => paint('quiet', line));
    case 'heading':
      return folded(safeLine(block.text), width).map((line) => paint('heading', line));
    case 'fields':
      return fieldLines(block.fields, screen);
    case 'list':
      return block.items.flatMap((item) => hanging('- ', oneLine(item), width));
    case 'table':
      return tableLines(block.columns, block.rows, tableWidth, paint);
    case 'steps':
      return stepLines(block.steps, screen);
    case 'code':
      return [
        ...(block.name ? [paint('quiet', `${safeLine(block.name)}:`)] : []),
        ...safe(block.text)
          .split('\n')
          .map((line) => (line === '' ? '' : `  ${line}`)),
      ];
    case 'image':
      return folded(`[image: ${safeLine(block.alt)} (${safeLine(block.file)})]`, width);
  }
}

const tones: Readonly<Record<Tone, readonly [string, Style]>> = {
  plain: ['', 'title'],
  waiting: ['… ', 'warning'],
  running: ['> ', 'active'],
  success: ['✓ ', 'success'],
  warning: ['! ', 'warning'],
  failure: ['✗ ', 'failure'],
};

export const stepMarks: Readonly<Record<StepState, readonly [string, Style]>> = {
  pending: ['· waiting', 'quiet'],
  running: ['> running', 'active'],
  done: ['✓ done', 'success'],
  failed: ['✗ failed', 'failure'],
  skipped: ['- skipped', 'quiet'],
  unknown: ['? unknown', 'warning'],
};

function stepLines(steps: readonly ReportStep[], { width, paint }: Screen): string[] {
  const column = Math.max(...Object.values(stepMarks).map(([mark]) => widthOf(mark))) + 2;
  return steps.flatMap(({ label, state, detail }) => {
    const [mark, style] = stepMarks[state];
    const said = folded(detail ? `${safeLine(label)}: ${oneLine(detail)}` : safeLine(label), width - column);
    return said.map((line, at) =>
      at === 0 ? `${paint(style, padEnd(mark, column))}${line}` : `${' '.repeat(column)}${line}`,
    );
  });
}

function fieldLines(fields: readonly Field[], { width, paint }: Screen): string[] {
  const labels = fields.map(({ label }) => safeLine(label));
  const column = Math.min(Math.max(0, ...labels.map(widthOf)), Math.floor(width / 3)) + 2;
  return fields.flatMap(({ value }, at) => {
    const label = labels[at] ?? '';
    const lines = folded(oneLine(value), width - column);
    const fits = widthOf(label) + 2 <= column;
    const first = lines[0] && fits ? `${' '.repeat(column - widthOf(label))}${lines[0]}` : '';
    const rest = lines.slice(fits ? 1 : 0).map((line) => `${' '.repeat(column)}${line}`);
    return [`${paint('heading', label)}${first}`, ...rest];
  });
}

/** Buttons that have a line to type; the others are Slack's. */
const typedActions = { cancel: true, promote: true, abort: true };

/** A menu is a numbered list. */
function renderAction(action: Action, { width, paint }: Screen): string[] {
  if (action.type === 'button')
    return Object.hasOwn(typedActions, action.id)
      ? [paint('quiet', `To ${action.id}: ${typed(`${action.id} ${action.value}`)}`)]
      : [];
  const options = action.options.map(({ label, hint }, at) => ({
    mark: `${String(at + 1).padStart(String(action.options.length).length)}  `,
    said: safeLine(hint ? `${label} – ${hint}` : label),
  }));
  return [
    paint('heading', safeLine(action.label)),
    ...options.flatMap(({ mark, said }) => hanging(mark, said, width)),
  ];
}

/** Blocks of one kind that follow each other stay together; others are set apart by an empty line. */
function isLoose(block: Block, before: Block | undefined): boolean {
  return (
    !(block.type === before?.type && ['text', 'note', 'fields', 'list'].includes(block.type)) &&
    before?.type !== 'heading'
  );
}

function hanging(mark: string, text: string, width: number): string[] {
  return folded(text, width - widthOf(mark)).map((line, at) =>
    `${at === 0 ? mark : ' '.repeat(widthOf(mark))}${line}`.trimEnd(),
  );
}

function folded(text: string, width: number): string[] {
  return wrap(text, Math.max(width, 20));
}

function oneLine(text: Text): string {
  return words(text).replace(/\s+/g, ' ');
}

function words(text: Text): string {
  return typeof text === 'string' ? safe(text) : text.map((span) => safe(spanText(span))).join('');
}

function spanText(span: Span): string {
  if (typeof span === 'string') return span;
  if ('strong' in span) return span.strong;
  if ('code' in span) return span.code;
  if ('user' in span) return `@${span.user}`;
  if ('group' in span) return `@${span.group}`;
  if ('channel' in span) return `#${span.channel}`;
  if ('time' in span) return `${new Date(span.time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if ('run' in span) return typed(span.run);
  return span.text === span.link ? span.link : `${span.text} (${span.link})`;
}

/** A command line as it is typed into a shell (POSIX: within single quotes nothing has a meaning). */
function typed(line: string): string {
  return `lamplighter '${line.replaceAll("'", `'\\''`)}'`;
}
