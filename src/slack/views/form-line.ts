import type { ViewStateValue } from '@slack/bolt';
import type { NamedCommand } from '../../command.ts';
import { quoteWord } from '../../core/parse.ts';
import { argumentsOf, flagsOf } from '../../line/declared.ts';
import { argumentBlock, flagBlock, isBlockOf, switchesBlock } from './form.ts';

/** `view.state.values`: what was filled in, by block id and action id. */
export type Filled = Readonly<Record<string, Readonly<Record<string, ViewStateValue>>>>;

/** The line that a filled form stands for; it goes the way of every typed line. */
export function lineOf(command: NamedCommand, filled: Filled): string {
  const flags = Object.entries(flagsOf(command));
  return [
    command.name,
    ...argumentsOf(command).map(([name, argument]) => {
      const typed = textIn(filled, argumentBlock(command, name));
      if (typed !== '' && argument.inLine) return argument.inLine(typed);
      const isOneWord = !argument.raw && argument.offers !== 'targets';
      return typed !== '' && isOneWord ? quoteWord(typed) : typed;
    }),
    ...flags.flatMap(([name, flag]) => {
      const typed = flag.value ? textIn(filled, flagBlock(command, name)) : '';
      return typed === '' ? [] : [`--${name}`, quoteWord(typed)];
    }),
    ...switchesIn(filled, switchesBlock(command)).map((name) => `--${name}`),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** What stands in the one field of a block. Suggestions are values that are typed as they are. */
export function textIn(filled: Filled, block: string): string {
  const [, fields = {}] = Object.entries(filled).find(([id]) => isBlockOf(id, block)) ?? [];
  const [field] = Object.values(fields);
  if (!field) return '';
  if (field.selected_options) return field.selected_options.map(({ value }) => value).join(' ');
  if (typeof field.selected_date_time === 'number')
    return new Date(field.selected_date_time * 1000).toISOString();
  return (field.selected_option?.value ?? field.selected_conversation ?? field.value ?? '').trim();
}

function switchesIn(filled: Filled, block: string): readonly string[] {
  const [field] = Object.values(filled[block] ?? {});
  return field?.selected_options?.map(({ value }) => value) ?? [];
}
