import { SlackError } from '../errors.ts';
import { type Block, type Fields, isFields } from '../types.ts';
import type { Workspace } from '../workspace.ts';
import { chosenValue, find, holding, initialValue, placed } from './elements.ts';

/** `state.values`: block id → action id → what the element holds. */
export type Values = Readonly<Record<string, Readonly<Record<string, Fields>>>>;

/** What a form holds before anybody touches it. */
export function initialValues(blocks: readonly Block[]): Values {
  return placed(blocks).reduce<Values>((values, { block, element }) => {
    const held = initialValue(element);
    return held ? withValue(values, block, element, held) : values;
  }, {});
}

export function withValue(values: Values, block: Block, element: Fields, held: Fields): Values {
  const blockId = String(block.block_id);
  return { ...values, [blockId]: { ...values[blockId], [String(element.action_id)]: held } };
}

/**
 * The form with what a person fills in, by block_id, action_id or label.
 * @throws SlackError no_such_field, no_such_option
 */
export function filled(
  workspace: Workspace,
  blocks: readonly Block[],
  before: Values,
  given: Fields,
): Values {
  return Object.entries(given).reduce((values, [name, value]) => {
    const named = placed(blocks).find(({ block }) => block.type === 'input' && block.block_id === name);
    const at = named ?? find(blocks, name);
    if (!at) throw new SlackError('no_such_field', { hint: `There is no field ${JSON.stringify(name)}.` });
    return withValue(values, at.block, at.element, chosenValue(at.element, value, workspace));
  }, before);
}

/** What Slack itself says of a form before it is sent: block id → sentence. Empty when it may go. */
export function complaints(blocks: readonly Block[], values: Values): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { block, element } of placed(blocks)) {
    const held = holding(element);
    if (block.type !== 'input' || !held) continue;
    const value = values[String(block.block_id)]?.[String(element.action_id)]?.[held.name];
    const complaint = complaintAbout(element, value, block.optional === true);
    if (complaint) found[String(block.block_id)] = complaint;
  }
  return found;
}

function complaintAbout(element: Fields, value: unknown, optional: boolean): string | undefined {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return optional ? undefined : 'Please complete this required field.';
  const text = typeof value === 'string' ? value : '';
  if (element.type === 'plain_text_input') return lengthComplaint(element, text);
  if (element.type === 'number_input') return numberComplaint(element, text);
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(text))
    return 'Enter a valid email address.';
  if (element.type === 'url_text_input' && !URL.canParse(text)) return 'Enter a valid URL.';
  return undefined;
}

function lengthComplaint(element: Fields, text: string): string | undefined {
  const min = Number(element.min_length ?? 0);
  const max = Number(element.max_length ?? 3000);
  if (text.length < min) return `This field must be at least ${min} characters.`;
  return text.length > max ? `This field must be at most ${max} characters.` : undefined;
}

function numberComplaint(element: Fields, text: string): string | undefined {
  const number = Number(text);
  if (!Number.isFinite(number)) return 'Enter a number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return 'Enter a whole number.';
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `Enter ${element.min_value} or more.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `Enter ${element.max_value} or less.`;
  return undefined;
}

/** `options` or `option_groups`, as an app answers a suggestion. */
export function suggested(body: unknown): Fields | undefined {
  if (!isFields(body)) return undefined;
  return Array.isArray(body.options) || Array.isArray(body.option_groups) ? body : undefined;
}
