import { SlackError } from '../errors.ts';
import { interactive } from '../store.ts';
import { type Block, type Fields, isFields } from '../types.ts';
import { someone, somewhere, type Workspace } from '../workspace.ts';

/** An element that a person can use, and the block it stands in. */
export interface Placed {
  readonly block: Block;
  readonly element: Fields;
}

/** All of them, wherever they stand, in reading order. */
export function placed(blocks: readonly Block[]): Placed[] {
  return blocks.flatMap((block) => within(block, block));
}

function within(part: unknown, block: Block): Placed[] {
  if (Array.isArray(part)) return part.flatMap((each) => within(each, block));
  if (!isFields(part)) return [];
  if (interactive.has(String(part.type))) return [{ block, element: part }];
  const inner = typeof part.block_id === 'string' ? (part as Block) : block;
  return [part.elements, part.accessory, part.element, part.actions, part.child_blocks].flatMap((each) =>
    within(each, inner),
  );
}

/**
 * By action_id, or by what a person reads: a button's text, an input's label, a menu's placeholder.
 * Action ids may repeat from block to block; who knows the block says which is meant.
 */
export function find(blocks: readonly Block[], action: string, blockId?: string): Placed | undefined {
  const all = placed(blocks).filter(({ block }) => blockId === undefined || block.block_id === blockId);
  return (
    all.find(({ element }) => element.action_id === action) ??
    all.find(({ element, block }) => words(element, block).includes(action)) ??
    all.find(({ element, block }) => words(element, block).some((each) => plain(each) === plain(action)))
  );
}

function words(element: Fields, block: Block): string[] {
  const texts = [element.text, block.label, element.placeholder, element.accessibility_label];
  return texts
    .map((each) => (isFields(each) ? String(each.text) : String(each ?? '')))
    .filter((each) => each !== '');
}

/** Without emoji and case, for people who type "approve" at ":white_check_mark: Approve". */
const plain = (words: string) =>
  words
    .replace(/:[a-z0-9_+-]+:/g, '')
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .trim()
    .toLowerCase();

/** What kind of value an element holds, under which name, and what it starts with. */
interface Holding {
  readonly name: string;
  readonly initial: string;
  readonly kind: 'option' | 'options' | 'user' | 'users' | 'channel' | 'channels' | 'text' | 'number' | 'any';
}

const text: Holding = { name: 'value', initial: 'initial_value', kind: 'text' };
const option: Holding = { name: 'selected_option', initial: 'initial_option', kind: 'option' };
const options: Holding = { name: 'selected_options', initial: 'initial_options', kind: 'options' };

const holdings: Readonly<Record<string, Holding>> = {
  plain_text_input: text,
  email_text_input: text,
  url_text_input: text,
  number_input: text,
  static_select: option,
  external_select: option,
  radio_buttons: option,
  multi_static_select: options,
  multi_external_select: options,
  checkboxes: options,
  users_select: { name: 'selected_user', initial: 'initial_user', kind: 'user' },
  multi_users_select: { name: 'selected_users', initial: 'initial_users', kind: 'users' },
  conversations_select: { name: 'selected_conversation', initial: 'initial_conversation', kind: 'channel' },
  multi_conversations_select: {
    name: 'selected_conversations',
    initial: 'initial_conversations',
    kind: 'channels',
  },
  channels_select: { name: 'selected_channel', initial: 'initial_channel', kind: 'channel' },
  multi_channels_select: { name: 'selected_channels', initial: 'initial_channels', kind: 'channels' },
  datepicker: { name: 'selected_date', initial: 'initial_date', kind: 'text' },
  timepicker: { name: 'selected_time', initial: 'initial_time', kind: 'text' },
  datetimepicker: { name: 'selected_date_time', initial: 'initial_date_time', kind: 'number' },
  rich_text_input: { name: 'rich_text_value', initial: 'initial_value', kind: 'any' },
  file_input: { name: 'files', initial: 'initial_files', kind: 'any' },
};

export function holding(element: Fields): Holding | undefined {
  return holdings[String(element.type)];
}

/** What the element holds before anybody touches it, as `state.values` shows it. */
export function initialValue(element: Fields): Fields | undefined {
  const held = holding(element);
  if (!held) return undefined;
  const many = held.kind.endsWith('s') || element.type === 'file_input';
  return { type: element.type, [held.name]: element[held.initial] ?? (many ? [] : null) };
}

/**
 * What the element holds after a person has chosen `given`: an option by its value or its words, a
 * person or channel by name or id, otherwise the value itself.
 * @throws SlackError no_such_option, user_not_found, channel_not_found
 */
export function chosenValue(element: Fields, given: unknown, workspace: Workspace): Fields {
  const held = holding(element);
  if (!held) throw new SlackError('no_value_expected');
  return { type: element.type, [held.name]: read(held.kind, element, given, workspace) };
}

function read(kind: Holding['kind'], element: Fields, given: unknown, workspace: Workspace): unknown {
  const all = Array.isArray(given) ? given : given === null || given === undefined ? [] : [given];
  if (kind.endsWith('s')) {
    const each = kind.slice(0, -1) as Holding['kind'];
    return all.map((one) => read(each, element, one, workspace));
  }
  if (given === null || given === undefined || given === '') return null;
  if (kind === 'option') return pick(element, given);
  if (kind === 'user') return someone(workspace, String(given)).id;
  if (kind === 'channel') return somewhere(workspace, String(given)).id;
  if (kind === 'number') return Number(given);
  return kind === 'text' ? String(given) : given;
}

/** The option that a person means. Type-ahead menus hold any option that the app has suggested. */
export function pick(element: Fields, given: unknown): Fields {
  if (isFields(given) && String(element.type).includes('external')) return given;
  const word = isFields(given) ? given.value : given;
  const found = optionsOf(element).find((each) => each.value === word || optionText(each) === word);
  if (!found) throw new SlackError('no_such_option', { hint: `There is no option ${JSON.stringify(word)}.` });
  return found;
}

export function optionsOf(from: Fields): Fields[] {
  const groups = Array.isArray(from.option_groups) ? from.option_groups.filter(isFields) : [];
  const direct = Array.isArray(from.options) ? from.options.filter(isFields) : [];
  return [...direct, ...groups.flatMap(optionsOf)];
}

export function optionText(option: Fields): string {
  return isFields(option.text) ? String(option.text.text) : '';
}
