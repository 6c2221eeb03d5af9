import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Argument, Flag, NamedCommand, Offer } from '../../command.ts';
import { argumentsOf, flagsOf } from '../../line/declared.ts';
import { plain } from '../rendering/actions.ts';
import { marked } from '../rendering/blocks.ts';
import { limits } from '../rendering/limits.ts';
import { mrkdwn } from '../rendering/mrkdwn.ts';

export const formView = 'form';
/** The form's first field: a pick changes the other fields. */
export const formCommand = 'form-command';
/** Begins the action ids of fields that are filled from suggestions: `type-ahead:targets`. */
export const typeAhead = 'type-ahead:';

/** What the form carries until it is submitted. */
export interface FormNotes {
  readonly channel: string;
  /** What other fields depend on, by the argument's name: Slack tells a type-ahead nothing of other fields. */
  readonly picked?: Picked;
}

export type Picked = Readonly<Record<string, string>>;

/**
 * A command as a form: its fields derive from the declaration, as parser and help do. `chosen` is
 * absent until a command is picked.
 */
export function formModal(
  commands: readonly NamedCommand[],
  chosen: NamedCommand | undefined,
  notes: FormNotes,
): ModalView {
  return {
    type: 'modal',
    callback_id: formView,
    private_metadata: JSON.stringify(notes),
    title: plain('Run a command', limits.viewTitle),
    submit: plain('Run', limits.viewButton),
    close: plain('Go back', limits.viewButton),
    blocks: [
      commandField(commands, chosen),
      ...(chosen ? fieldsFor(chosen, notes.picked ?? {}) : []),
      channelField(notes.channel),
    ],
  };
}

function commandField(commands: readonly NamedCommand[], chosen: NamedCommand | undefined): InputBlock {
  const options = commands.slice(0, limits.menuOptions).map(commandOption);
  const initial = chosen ? { initial_option: commandOption(chosen) } : {};
  return {
    type: 'input',
    block_id: 'command',
    dispatch_action: true,
    label: plain('Command', limits.labelText),
    element: { type: 'static_select', action_id: formCommand, options, ...initial },
  };
}

function commandOption({ name, summary }: NamedCommand): PlainTextOption {
  return {
    text: plain(name, limits.optionText),
    value: name,
    description: plain(summary, limits.optionText),
  };
}

/** Slack keeps what was typed in a block of the same id, so ids carry the command's name. */
function fieldsFor(command: NamedCommand, picked: Picked): KnownBlock[] {
  const flags = Object.entries(flagsOf(command));
  const switches = flags.filter(([, flag]) => !flag.value);
  return [
    ...argumentsOf(command).map(([name, argument]) => argumentField(command, name, argument, picked)),
    ...flags.filter(([, flag]) => flag.value).map(([name, flag]) => flagField(command, name, flag)),
    ...(switches.length > 0 ? [switchField(command, switches)] : []),
    example(command),
  ];
}

function argumentField(
  command: NamedCommand,
  name: string,
  argument: Argument<unknown>,
  picked: Picked,
): InputBlock {
  const others = argumentsOf(command).some(([, { per }]) => per === name);
  const of = argument.per === undefined ? undefined : picked[argument.per];
  return {
    type: 'input',
    // what was picked for one app is nothing to another
    block_id: argumentBlock(command, name) + (of === undefined ? '' : `${dependsOn}${of}`),
    optional: !argument.required,
    ...(others ? { dispatch_action: true } : {}),
    label: plain(name, limits.labelText),
    hint: plain(argument.about, limits.inputHint),
    element: argumentElement(argument),
  };
}

function argumentElement({ field, offers, usage, preset }: Argument<unknown>): InputBlock['element'] {
  const placeholder = plain(
    offers && few.includes(offers) ? 'Pick one, or type to search' : usage,
    limits.placeholderText,
  );
  if (field?.type === 'moment') return { type: 'datetimepicker', action_id: 'moment' };
  if (field?.type === 'pick')
    return {
      type: 'static_select',
      action_id: 'pick',
      placeholder,
      options: field.options.map((value) => ({ text: plain(value, limits.optionText), value })),
    };
  if (offers)
    return {
      type: offers === 'targets' ? 'multi_external_select' : 'external_select',
      action_id: `${typeAhead}${offers}`,
      min_query_length: few.includes(offers) ? 0 : 1,
      placeholder,
      ...(preset
        ? { initial_option: { text: plain(preset.label, limits.optionText), value: preset.value } }
        : {}),
    };
  if (field?.type === 'lines')
    return { type: 'plain_text_input', action_id: 'text', max_length: 1_500, multiline: true, placeholder };
  return { type: 'plain_text_input', action_id: 'text', max_length: 500, placeholder };
}

function flagField(command: NamedCommand, name: string, flag: Flag<unknown>): InputBlock {
  return {
    type: 'input',
    block_id: flagBlock(command, name),
    optional: true,
    label: plain(`--${name}`, limits.labelText),
    hint: plain(flag.about, limits.inputHint),
    element: { type: 'plain_text_input', action_id: 'text', max_length: 500 },
  };
}

function switchField(command: NamedCommand, switches: readonly [string, Flag<unknown>][]): InputBlock {
  return {
    type: 'input',
    block_id: switchesBlock(command),
    optional: true,
    label: plain('Options', limits.labelText),
    element: {
      type: 'checkboxes',
      action_id: 'switches',
      options: switches.slice(0, 10).map(([name, flag]) => ({
        text: plain(`--${name}`, limits.optionText),
        value: name,
        description: plain(flag.about, limits.optionText),
      })),
    },
  };
}

function channelField(channel: string): InputBlock {
  return {
    type: 'input',
    block_id: 'channel',
    optional: true,
    label: plain('Answer in', limits.labelText),
    hint: plain('Some commands are allowed in some channels only.', limits.inputHint),
    element: {
      type: 'conversations_select',
      action_id: 'channel',
      default_to_current_conversation: true,
      ...(channel ? { initial_conversation: channel } : {}),
    },
  };
}

function example({ examples: [first] }: NamedCommand): KnownBlock {
  const text = first === undefined ? 'As typed with /oci' : mrkdwn(['The same typed: ', { run: first }]);
  return { type: 'context', elements: [marked(text)] };
}

/** Of these there are so few that they are all shown before anything is typed. */
const few: readonly Offer[] = ['apps', 'images', 'strategies', 'releases', 'deploys', 'policies'];

/** Ends the id of a field's block, before what was picked for the field that it depends on. */
const dependsOn = ' of ';

/** Whether it is the block of that argument, whatever it depends on. */
export function isBlockOf(block: string, argument: string): boolean {
  return block === argument || block.startsWith(`${argument}${dependsOn}`);
}

export const argumentBlock = ({ name }: NamedCommand, argument: string) => `${name} argument ${argument}`;
export const flagBlock = ({ name }: NamedCommand, flag: string) => `${name} flag ${flag}`;
export const switchesBlock = ({ name }: NamedCommand) => `${name} switches`;
