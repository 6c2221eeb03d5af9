import type { KnownBlock, MrkdwnElement } from '@slack/types';
import { type Block, plainText, type ReportStep, type Text } from '../../core/report.ts';
import { plain } from './actions.ts';
import { type Attachment, csvFile, textFile } from './files.ts';
import { limits } from './limits.ts';
import { bold, cut, mrkdwn } from './mrkdwn.ts';
import { tableBlock, tableLines } from './table.ts';
import { stepWord } from './words.ts';

/** A block in Slack's blocks, with what did not fit. */
export interface Drawn {
  readonly blocks: readonly KnownBlock[];
  readonly files: readonly Attachment[];
}

/** Ids of the pictures that Slack has, by their bytes in base64. */
export type Pictures = ReadonlyMap<string, string>;

export interface Room {
  /** Most rows, items or steps that a block may show. */
  readonly lines: number;
  /** Whether the message's one table block is still free. */
  readonly table: boolean;
  readonly pictures: Pictures;
}

/** More lines than this in one message nobody follows. */
const mostSteps = 30;

/** Draws one block in the room it is given. */
export function drawBlock(block: Block, room: Room): Drawn {
  switch (block.type) {
    case 'text':
      return only(section(mrkdwn(block.text)));
    case 'note':
      return only({ type: 'context', elements: [marked(cut(mrkdwn(block.text), limits.contextText))] });
    case 'heading':
      return only({ type: 'header', text: plain(block.text, limits.headerText) });
    case 'fields':
      return { blocks: fieldSections(block.fields), files: [] };
    case 'list':
      return drawList(block.items, room);
    case 'steps':
      return { blocks: sections(stepLines(block.steps, Math.min(room.lines, mostSteps))), files: [] };
    case 'table':
      return drawTable(block, room);
    case 'code':
      return drawCode(block, room);
    case 'image':
      return drawImage(block, room);
  }
}

export function section(text: string): KnownBlock {
  return { type: 'section', text: marked(cut(text, limits.sectionText)) };
}

/** `verbatim` keeps Slack from making links of what only looks like one. */
export function marked(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text: text.trim() || '–', verbatim: true };
}

function only(block: KnownBlock): Drawn {
  return { blocks: [block], files: [] };
}

function fieldSections(fields: Extract<Block, { type: 'fields' }>['fields']): KnownBlock[] {
  const drawn = fields.map(({ label, value }) =>
    marked(cut(`${bold(label)}\n${mrkdwn(value) || '–'}`, limits.fieldText)),
  );
  const blocks: KnownBlock[] = [];
  for (let at = 0; at < drawn.length; at += limits.sectionFields)
    blocks.push({ type: 'section', fields: drawn.slice(at, at + limits.sectionFields) });
  return blocks;
}

function drawList(items: readonly Text[], { lines }: Room): Drawn {
  const shown = items.slice(0, lines).map((item) => `• ${mrkdwn(item)}`);
  if (items.length <= lines) return { blocks: sections(shown), files: [] };
  return {
    blocks: sections([...shown, `… ${items.length - lines} more`]),
    files: [textFile('list.txt', items.map(plainText).join('\n'))],
  };
}

/** When not all steps fit, those that need eyes come first: failed and unknown, then running. */
function stepLines(steps: readonly ReportStep[], most: number): string[] {
  const urgent = ['failed', 'unknown', 'running'];
  const rank = ({ state }: ReportStep) => (urgent.includes(state) ? urgent.indexOf(state) : urgent.length);
  const shown = steps.length <= most ? steps : steps.toSorted((a, b) => rank(a) - rank(b)).slice(0, most);
  const hidden = steps.filter((step) => !shown.includes(step));
  return [...shown.map(stepLine), ...(hidden.length > 0 ? [moreSteps(hidden)] : [])];
}

function stepLine({ label, state, detail }: ReportStep): string {
  return `${stepWord[state]} · ${bold(label)}${detail ? ` – ${mrkdwn(detail)}` : ''}`;
}

function moreSteps(hidden: readonly ReportStep[]): string {
  const states = [...new Set(hidden.map(({ state }) => state))];
  const counts = states.map(
    (state) => `${stepWord[state]} ${hidden.filter((s) => s.state === state).length}`,
  );
  return `… ${hidden.length} more: ${counts.join(', ')}`;
}

function drawTable(block: Extract<Block, { type: 'table' }>, { lines, table }: Room): Drawn {
  const { columns, rows, file } = block;
  if (rows.length === 0) return { blocks: [], files: [] };
  if (file !== undefined)
    return {
      blocks: [moreNote(`All ${rows.length} rows are in ${file}`)],
      files: [csvFile(file, columns, rows)],
    };
  const shown = rows.slice(0, Math.min(lines, limits.tableRows - 1));
  const hidden = rows.length - shown.length;
  return {
    blocks: [
      table ? tableBlock(columns, shown) : preformatted(tableLines(columns, shown)),
      ...(hidden > 0 ? [moreNote(`${hidden} more; all ${rows.length} are in table.csv`)] : []),
    ],
    files: hidden > 0 ? [csvFile('table.csv', columns, rows)] : [],
  };
}

/** In the message where Slack has the picture already, beside it otherwise. */
function drawImage({ file, alt, bytes }: Extract<Block, { type: 'image' }>, { pictures }: Room): Drawn {
  const id = pictures.get(bytes);
  if (id === undefined)
    return { blocks: [], files: [{ name: file, title: alt, bytes: Buffer.from(bytes, 'base64') }] };
  return only({ type: 'image', slack_file: { id }, alt_text: cut(alt, limits.imageAlt) || file });
}

/** Rich text parses nothing, so code needs no escaping there. */
function drawCode({ text, name }: Extract<Block, { type: 'code' }>, { lines }: Room): Drawn {
  const most = Math.min(limits.sectionText, lines * 100);
  const file = name ?? 'output.txt';
  if (text.length <= most) return only(preformatted(text));
  return {
    // the end of a log is where it says what went wrong
    blocks: [
      preformatted(text.slice(-most).replace(/^[^\n]*\n(?=.)/s, '')),
      moreNote(`The last part of ${text.length} characters; all of it is in ${file}`),
    ],
    files: [textFile(file.includes('.') ? file : `${file}.txt`, text)],
  };
}

function preformatted(text: string): KnownBlock {
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_preformatted',
        elements: [{ type: 'text', text: text.trim() === '' ? '(empty)' : text }],
      },
    ],
  };
}

function moreNote(text: string): KnownBlock {
  return { type: 'context', elements: [marked(mrkdwn(`… ${text}`))] };
}

/** Lines in as few sections as hold them. */
function sections(lines: readonly string[]): KnownBlock[] {
  const texts: string[] = [];
  for (const line of lines.map((each) => cut(each, limits.sectionText))) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= limits.sectionText)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts.map(section);
}
