import { SlackError } from '../errors.ts';
import { limits } from '../limits.ts';
import { interactive } from '../store.ts';
import { type Block, type Fields, isFields } from '../types.ts';
import { blocksOn, type Surface } from './blocks.ts';
import { plainText } from './parts.ts';
import { boolean, list, object, oneOf, type Report, text, typed } from './rules.ts';

/**
 * What Slack finds wrong with the blocks of a message: `no more than 50 items allowed
 * [json-pointer:/blocks]`. Empty when it takes them. `files` says whether an uploaded image exists.
 */
export function findingsOfBlocks(
  blocks: unknown,
  surface: Surface,
  files: (id: string) => boolean,
): string[] {
  return collect((report) => {
    const max = surface === 'message' ? limits.message.blocks : limits.view.blocks;
    list(
      typed(() => blocksOn[surface]),
      max,
      0,
    )(blocks, '/blocks', report);
    acrossBlocks(blocks, '/blocks', report, files);
  });
}

/** What Slack finds wrong with a view that is opened, pushed, updated or published. */
export function findingsOfView(view: unknown, files: (id: string) => boolean): string[] {
  return collect((report) => {
    if (isFields(view) && view.type === 'home') home(view, '/view', report);
    else modal(view, '/view', report);
    if (!isFields(view)) return;
    acrossBlocks(view.blocks, '/view/blocks', report, files);
    if (view.type === 'modal' && view.submit === undefined) needsSubmit(view.blocks, report);
  });
}

/** @throws SlackError invalid_blocks, invalid_blocks_format, msg_blocks_too_long */
export function checkMessageBlocks(
  blocks: unknown,
  files: (id: string) => boolean,
): readonly Block[] | undefined {
  if (blocks === undefined) return undefined;
  if (!Array.isArray(blocks) || !blocks.every(isFields)) throw new SlackError('invalid_blocks_format');
  const findings = findingsOfBlocks(blocks, 'message', files);
  if (findings.length > 0) throw SlackError.invalid('invalid_blocks', findings);
  if (textLength(blocks) > limits.message.blockText) throw new SlackError('msg_blocks_too_long');
  return blocks as Block[];
}

/** @throws SlackError invalid_arguments, view_too_large */
export function checkView(view: unknown, files: (id: string) => boolean): Fields {
  if (!isFields(view))
    throw SlackError.invalid('invalid_arguments', ['must provide an object [json-pointer:/view]']);
  const findings = findingsOfView(view, files);
  if (findings.length > 0) throw SlackError.invalid('invalid_arguments', findings);
  if (Buffer.byteLength(JSON.stringify(view)) > limits.view.bytes) throw new SlackError('view_too_large');
  return view;
}

const common = {
  private_metadata: text(limits.view.privateMetadata, 0),
  callback_id: text(limits.id, 0),
  external_id: text(limits.id, 0),
};

const modal = object(
  {
    type: oneOf('modal'),
    title: plainText(limits.view.title),
    blocks: list(
      typed(() => blocksOn.modal),
      limits.view.blocks,
      0,
    ),
  },
  {
    submit: plainText(limits.view.button),
    close: plainText(limits.view.button),
    clear_on_close: boolean,
    notify_on_close: boolean,
    submit_disabled: boolean,
    ...common,
  },
);

const home = object(
  {
    type: oneOf('home'),
    blocks: list(
      typed(() => blocksOn.home),
      limits.view.blocks,
      0,
    ),
  },
  common,
);

/** What no block can know alone: unique ids, and the budgets of the whole message. */
function acrossBlocks(
  blocks: unknown,
  pointer: string,
  report: Report,
  files: (id: string) => boolean,
): void {
  if (!Array.isArray(blocks)) return;
  const seen = new Set<unknown>();
  for (const [index, block] of blocks.entries()) {
    if (!isFields(block)) continue;
    if (block.block_id !== undefined && seen.has(block.block_id))
      report(`block_id already exists: ${String(block.block_id)}`, `${pointer}/${index}/block_id`);
    seen.add(block.block_id);
    uniqueActions(block, `${pointer}/${index}`, report);
    knownFiles(block, `${pointer}/${index}`, report, files);
  }
  const sum = (...types: readonly string[]) =>
    textLength(blocks.filter((each) => isFields(each) && types.includes(String(each.type))));
  if (sum('markdown') > limits.message.markdown)
    report(`must be less than ${limits.message.markdown + 1} characters`, pointer);
  if (sum('table', 'data_table') > limits.message.tableText)
    report(`must be less than ${limits.message.tableText + 1} characters`, pointer);
  if (blocks.filter((each) => isFields(each) && each.type === 'table').length > limits.message.tables)
    report('only one table allowed', pointer);
}

function uniqueActions(block: Fields, pointer: string, report: Report): void {
  if (!Array.isArray(block.elements)) return;
  const seen = new Set<unknown>();
  for (const [index, element] of block.elements.entries()) {
    if (!isFields(element) || element.action_id === undefined || !interactive.has(String(element.type)))
      continue;
    if (seen.has(element.action_id))
      report(
        `action_id already exists: ${String(element.action_id)}`,
        `${pointer}/elements/${index}/action_id`,
      );
    seen.add(element.action_id);
  }
}

function knownFiles(part: unknown, pointer: string, report: Report, files: (id: string) => boolean): void {
  if (Array.isArray(part)) {
    for (const [index, each] of part.entries()) knownFiles(each, `${pointer}/${index}`, report, files);
  } else if (isFields(part)) {
    const file = isFields(part.slack_file) ? part.slack_file : undefined;
    if (typeof file?.id === 'string' && !files(file.id))
      report('invalid slack file', `${pointer}/slack_file`);
    for (const [name, each] of Object.entries(part)) knownFiles(each, `${pointer}/${name}`, report, files);
  }
}

function needsSubmit(blocks: unknown, report: Report): void {
  if (!Array.isArray(blocks)) return;
  for (const [index, block] of blocks.entries())
    if (isFields(block) && block.type === 'input')
      report('must define `submit` to use an `input` block in modals', `/view/blocks/${index}/input`);
}

/** Characters that a person would see: every `text` that is a string, wherever it stands. */
export function textLength(part: unknown): number {
  if (Array.isArray(part)) return part.reduce<number>((sum, each) => sum + textLength(each), 0);
  if (!isFields(part)) return 0;
  return Object.entries(part).reduce(
    (sum, [name, value]) =>
      sum + (name === 'text' && typeof value === 'string' ? value.length : textLength(value)),
    0,
  );
}

function collect(run: (report: Report) => void): string[] {
  const findings: string[] = [];
  run((finding, pointer) => findings.push(`${finding} [json-pointer:${pointer}]`));
  return findings;
}
