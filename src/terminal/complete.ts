import type { Argument, NamedCommand } from '../command.ts';
import type { Actor } from '../core/actor.ts';
import { kinds } from '../core/target.ts';
import { argumentsOf, flagsOf } from '../declared.ts';
import type { Bot } from './ports.ts';

/** Where completion looks. */
export type Source = Pick<Bot, 'commands' | 'suggest'>;

const fields = ['kind:', 'region:', 'compartment:', 'name:'];

/**
 * What the last word of the line could become, and that word: commands first, then what the command's
 * declaration offers. In the shape that node:readline wants.
 */
export async function complete(bot: Source, actor: Actor, line: string): Promise<[string[], string]> {
  const words = line.trimStart().split(/\s+/);
  const typed = words.at(-1) ?? '';
  const begins = (all: readonly string[]) => all.filter((each) => each.startsWith(typed)).sort();
  const names = bot.commands.map(({ name }) => name);
  if (words.length <= 1) return [begins(names).map((name) => `${name} `), typed];
  const command = bot.commands.find(({ name }) => name === words[0]?.toLowerCase());
  if (!command) return [[], typed];
  if (typed.startsWith('--'))
    return [begins(Object.keys(flagsOf(command)).map((name) => `--${name}`)), typed];
  const offered = await offers(bot, actor, command, typed);
  return [begins([...new Set(offered)]), typed];
}

async function offers(
  bot: Source,
  actor: Actor,
  command: NamedCommand,
  typed: string,
): Promise<readonly string[]> {
  const wanted = argumentsOf(command).map(([, argument]) => argument.offers);
  if (wanted.includes('commands')) return bot.commands.map(({ name }) => name);
  if (wanted.includes('operations')) return suggested(bot, actor, 'operations', typed);
  if (!wanted.includes('targets')) return words(argumentsOf(command).map(([, argument]) => argument));
  if (typed.startsWith('kind:')) return Object.keys(kinds).map((kind) => `kind:${kind}`);
  return [...fields, ...(await suggested(bot, actor, 'targets', typed))];
}

/** Of an argument that is one of a few words, those words: its usage is their list. */
function words(args: readonly Argument<unknown>[]): readonly string[] {
  return args.filter(({ usage }) => /^[a-z|-]+$/.test(usage)).flatMap(({ usage }) => usage.split('|'));
}

async function suggested(
  bot: Source,
  actor: Actor,
  what: 'targets' | 'operations',
  typed: string,
): Promise<readonly string[]> {
  return (await bot.suggest({ what, typed, actor })).map(({ value }) => value);
}
