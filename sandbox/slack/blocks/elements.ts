import { limits } from '../limits.ts';
import {
  confirm,
  eitherText,
  id,
  image,
  link,
  option,
  optionGroups,
  options,
  overflowOption,
  plainText,
  richOption,
  style,
} from './parts.ts';
import { richText } from './richtext.ts';
import {
  anything,
  boolean,
  integer,
  list,
  object,
  oneField,
  oneOf,
  pattern,
  type Rule,
  text,
  where,
} from './rules.ts';

/** Every element of @slack/types, with the properties and limits of docs.slack.dev/reference/block-kit. */

const placeholder = plainText(limits.placeholder);
const focus = { focus_on_load: boolean };
const dispatch = {
  dispatch_action_config: object(
    {},
    { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2) },
  ),
};

function element(type: string, required: Record<string, Rule>, optional: Record<string, Rule>): Rule {
  return object({ type: oneOf(type), ...required }, { action_id: id, ...optional });
}

const ids = list(id, limits.select.options, 0);
const initialOptions = list(option, limits.select.options, 0);
const maximum = { max_selected_items: integer(1, limits.select.options) };
const choose = { placeholder, confirm, ...focus };
const filter = where(
  object(
    {},
    {
      include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
      exclude_external_shared_channels: boolean,
      exclude_bot_users: boolean,
    },
  ),
  oneField('must provide at least one field', [
    'include',
    'exclude_external_shared_channels',
    'exclude_bot_users',
  ]),
);
const eitherOptions = oneField(
  'must define either `options` or `option_groups`',
  ['options', 'option_groups'],
  true,
);
const respond = { response_url_enabled: boolean };
const current = { default_to_current_conversation: boolean, filter };
const query = { min_query_length: integer(0, 3_000) };

const selects: Record<string, Rule> = {
  static_select: where(
    element('static_select', {}, { ...choose, options, option_groups: optionGroups, initial_option: option }),
    eitherOptions,
  ),
  external_select: element('external_select', {}, { ...choose, initial_option: option, ...query }),
  users_select: element('users_select', {}, { ...choose, initial_user: id }),
  conversations_select: element(
    'conversations_select',
    {},
    { ...choose, initial_conversation: id, ...current, ...respond },
  ),
  channels_select: element('channels_select', {}, { ...choose, initial_channel: id, ...respond }),
};

const multiSelects: Record<string, Rule> = {
  multi_static_select: where(
    element(
      'multi_static_select',
      {},
      { ...choose, ...maximum, options, option_groups: optionGroups, initial_options: initialOptions },
    ),
    eitherOptions,
  ),
  multi_external_select: element(
    'multi_external_select',
    {},
    { ...choose, ...maximum, initial_options: initialOptions, ...query },
  ),
  multi_users_select: element('multi_users_select', {}, { ...choose, ...maximum, initial_users: ids }),
  multi_conversations_select: element(
    'multi_conversations_select',
    {},
    { ...choose, ...maximum, initial_conversations: ids, ...current },
  ),
  multi_channels_select: element(
    'multi_channels_select',
    {},
    { ...choose, ...maximum, initial_channels: ids },
  ),
};

const label = { accessibility_label: text(limits.button.label) };
const buttonText = plainText(limits.button.text);
const value = text(limits.button.value);

export const button = element('button', { text: buttonText }, { value, url: link, style, confirm, ...label });

const workflowButton = element(
  'workflow_button',
  {
    text: buttonText,
    workflow: object({ trigger: object({ url: link }, { customizable_input_parameters: anything }) }),
  },
  { style, ...label },
);

const pickers: Record<string, Rule> = {
  datepicker: element(
    'datepicker',
    {},
    { ...choose, initial_date: pattern(/^\d{4}-\d{2}-\d{2}$/, 'a date as YYYY-MM-DD') },
  ),
  timepicker: element(
    'timepicker',
    {},
    { ...choose, initial_time: pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time as HH:mm'), timezone: id },
  ),
  datetimepicker: element(
    'datetimepicker',
    {},
    { confirm, ...focus, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
  ),
};

const choices: Record<string, Rule> = {
  checkboxes: element(
    'checkboxes',
    { options: list(richOption, limits.checkboxes) },
    { initial_options: list(richOption, limits.checkboxes), confirm, ...focus },
  ),
  radio_buttons: element(
    'radio_buttons',
    { options: list(richOption, limits.checkboxes) },
    { initial_option: richOption, confirm, ...focus },
  ),
};

const overflow = element('overflow', { options: list(overflowOption, limits.overflow) }, { confirm });
const lines = { min_lines: integer(1, 100), max_lines: integer(1, 100) };
const richTextInput = element(
  'rich_text_input',
  {},
  { initial_value: richText, placeholder, ...dispatch, ...focus, ...lines },
);

const textInputs: Record<string, Rule> = {
  plain_text_input: element(
    'plain_text_input',
    {},
    {
      placeholder,
      initial_value: text(limits.input, 0),
      multiline: boolean,
      min_length: integer(0, limits.input),
      max_length: integer(1, limits.input),
      ...dispatch,
      ...focus,
    },
  ),
  email_text_input: element(
    'email_text_input',
    {},
    { placeholder, initial_value: text(limits.input), ...dispatch, ...focus },
  ),
  url_text_input: element(
    'url_text_input',
    {},
    { placeholder, initial_value: text(limits.input), ...dispatch, ...focus },
  ),
  number_input: element(
    'number_input',
    { is_decimal_allowed: boolean },
    { placeholder, initial_value: id, min_value: id, max_value: id, ...dispatch, ...focus },
  ),
};

export const sectionAccessories: Record<string, Rule> = {
  button,
  workflow_button: workflowButton,
  overflow,
  image,
  ...selects,
  ...multiSelects,
  ...choices,
  datepicker: pickers.datepicker as Rule,
  timepicker: pickers.timepicker as Rule,
};

export const actionElements: Record<string, Rule> = {
  button,
  workflow_button: workflowButton,
  overflow,
  ...selects,
  ...multiSelects,
  ...choices,
  ...pickers,
  rich_text_input: richTextInput,
};

export const inputElements: Record<string, Rule> = {
  ...textInputs,
  ...selects,
  ...multiSelects,
  ...choices,
  ...pickers,
  rich_text_input: richTextInput,
  file_input: element('file_input', {}, { filetypes: list(id, 100), max_files: integer(1, 10) }),
};

export const contextElements: Record<string, Rule> = {
  image,
  plain_text: eitherText(limits.text),
  mrkdwn: eitherText(limits.text),
};

const feedback = object({ text: buttonText, value }, label);

export const contextActionElements: Record<string, Rule> = {
  feedback_buttons: element('feedback_buttons', { positive_button: feedback, negative_button: feedback }, {}),
  icon_button: element(
    'icon_button',
    { icon: id, text: buttonText },
    { value, visible_to_user_ids: ids, confirm, ...label },
  ),
};
