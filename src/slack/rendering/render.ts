import type { KnownBlock } from '@slack/types';
import { type Block, plainText, type Report } from '../../core/report.ts';
import { actionBlocks } from './actions.ts';
import { type Drawn, drawBlock, marked, type Pictures, section } from './blocks.ts';
import { type Attachment, textFile } from './files.ts';
import { limits } from './limits.ts';
import { bold, cut, mrkdwn } from './mrkdwn.ts';
import { tableLines } from './table.ts';
import { stepWord, toneSign } from './words.ts';

/** A report as Slack takes it. */
export interface Rendered {
  /** One sentence: the notification, and what a screen reader reads. */
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
  readonly files: readonly Attachment[];
}

/**
 * Draws a report within all of Slack's limits. What is too long for a message is cut with a count of
 * what is missing, and goes along as a file.
 */
export function render(report: Report, pictures: Pictures = noPictures): Rendered {
  const text = cut(mrkdwn(report.title), limits.messageText);
  const actions = actionBlocks(report.actions ?? []);
  for (const lines of [99, 50, 25, 12, 6, 3, 1]) {
    const body = drawAll(report.blocks, lines, pictures);
    const blocks = [title(report), ...body.blocks, ...actions];
    if (fits(blocks)) return { text, blocks, files: body.files };
  }
  return { text, ...remainder(report, actions) };
}

const noPictures: Pictures = new Map();

/** The plainest message with the same words, for when Slack refuses the blocks. */
export function renderPlainly(report: Report): Rendered {
  const text = cut(mrkdwn(report.title), limits.messageText);
  const words = cut(mrkdwn(inWords(report)), limits.sectionText);
  return { text, blocks: [section(words), ...actionBlocks(report.actions ?? [])], files: [] };
}

export function title({ title: sentence, tone }: Pick<Report, 'title' | 'tone'>): KnownBlock {
  const sign = toneSign[tone];
  return section(`${sign ? `${sign} ` : ''}${bold(sentence)}`);
}

function drawAll(blocks: readonly Block[], lines: number, pictures: Pictures): Drawn {
  let table = true;
  const drawn = blocks.map((block) => {
    const one = drawBlock(block, { lines, table, pictures });
    table &&= block.type !== 'table';
    return one;
  });
  return {
    blocks: drawn.flatMap((each) => each.blocks),
    files: distinct(drawn.flatMap((each) => each.files)),
  };
}

/** As many blocks as fit, and the whole of it as a file. */
function remainder({ blocks, ...report }: Report, actions: readonly KnownBlock[]): Omit<Rendered, 'text'> {
  const rest: KnownBlock = { type: 'context', elements: [marked('… the rest is in report.txt')] };
  const shown: KnownBlock[] = [];
  for (const block of drawAll(blocks, 1, noPictures).blocks) {
    if (!fits([title(report), ...shown, block, rest, ...actions])) break;
    shown.push(block);
  }
  return {
    blocks: [title(report), ...shown, rest, ...actions],
    files: [textFile('report.txt', inWords({ blocks, ...report }))],
  };
}

function fits(blocks: readonly KnownBlock[]): boolean {
  return (
    blocks.length <= limits.messageBlocks &&
    Buffer.byteLength(JSON.stringify(blocks), 'utf8') <= limits.messageBytes
  );
}

/** Two files of one message need two names. */
function distinct(files: readonly Attachment[]): readonly Attachment[] {
  const taken = new Map<string, number>();
  return files.map((file) => {
    const count = (taken.get(file.name) ?? 0) + 1;
    taken.set(file.name, count);
    return count === 1 ? file : { ...file, name: file.name.replace(/(\.[^.]*)?$/, `-${count}$1`) };
  });
}

function inWords({ title: sentence, blocks }: Report): string {
  return [plainText(sentence), ...blocks.map(blockInWords)].filter((part) => part !== '').join('\n');
}

function blockInWords(block: Block): string {
  switch (block.type) {
    case 'text':
    case 'note':
      return plainText(block.text);
    case 'heading':
    case 'code':
      return block.text;
    case 'fields':
      return block.fields.map(({ label, value }) => `${label}: ${plainText(value)}`).join('\n');
    case 'list':
      return block.items.map((item) => `• ${plainText(item)}`).join('\n');
    case 'steps':
      return block.steps
        .map(
          ({ label, state, detail }) =>
            `${stepWord[state]} · ${label}${detail ? ` – ${plainText(detail)}` : ''}`,
        )
        .join('\n');
    case 'table':
      return tableLines(block.columns, block.rows);
    case 'image':
      return block.alt;
  }
}
