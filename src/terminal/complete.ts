import type { Argument, NamedCommand } from '../command.ts';
import type { Actor } from '../core/actor.ts';
import { kinds } from '../core/target.ts';
import { argumentsOf, flagsOf } from '../line/declared.ts';
import { namedIn } from '../line/families.ts';
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
  const before = words.slice(0, -1).map((text) => ({ text, quoted: false }));
  const named = namedIn(bot.commands, before);
  if (before.length === 0 || (named && 'family' in named && named.rest.length === 0))
    return [begins(nextWords(bot.commands, words.slice(0, -1))).map((name) => `${name} `), typed];
  if (!named || !('command' in named)) return [[], typed];
  const { command, rest } = named;
  if (typed.startsWith('--'))
    return [begins(Object.keys(flagsOf(command)).map((name) => `--${name}`)), typed];
  const offered = await offers(bot, actor, command, { typed, before: rest.map(({ text }) => text) });
  return [begins([...new Set(offered)]), typed];
}

/** What may follow these words in the name of a command. */
function nextWords(commands: readonly NamedCommand[], before: readonly string[]): readonly string[] {
  const said = before.map((word) => word.toLowerCase());
  const left = commands
    .map(({ name }) => name.split(' '))
    .filter((name) => said.every((word, at) => name[at] === word));
  return [...new Set(left.flatMap((name) => name[said.length] ?? []))];
}

async function offers(
  bot: Source,
  actor: Actor,
  command: NamedCommand,
  { typed, before }: { readonly typed: string; readonly before: readonly string[] },
): Promise<readonly string[]> {
  const named = argumentsOf(command);
  const args = named.map(([, argument]) => argument);
  const wanted = args.map((argument) => argument.offers);
  if (wanted.includes('commands')) return nextWords(bot.commands, before);
  for (const what of ['operations', 'deploys'] as const)
    if (wanted.includes(what)) return suggested(bot, { what, typed, actor });
  for (const what of ['policies', 'apps'] as const)
    if (wanted.includes(what))
      return before.length === 0
        ? suggested(bot, { what, typed, actor })
        : [...words(args), ...(await dependent(bot, actor, named, before))];
  if (!wanted.includes('targets')) return words(args);
  if (typed.startsWith('kind:')) return Object.keys(kinds).map((kind) => `kind:${kind}`);
  return [...fields, ...words(args), ...(await suggested(bot, { what: 'targets', typed, actor }))];
}

/** What depends on the first argument, as a line says it: `image=1.4.2`, and `7` behind `to`. */
async function dependent(
  bot: Source,
  actor: Actor,
  [first, ...others]: ReturnType<typeof argumentsOf>,
  before: readonly string[],
): Promise<readonly string[]> {
  const [said = '', ...more] = before;
  const beside = first ? { [first[0]]: said } : {};
  const offered = await Promise.all(
    others.map(async ([, { offers: what, per, inLine }]) => {
      if (!what || per !== first?.[0]) return [];
      // all of them: what was typed is matched as a line says it
      const values = await suggested(bot, { what, typed: '', actor, beside });
      return values.map((value) => inLine?.(value) ?? value);
    }),
  );
  const last = `${more.at(-1) ?? ''} `;
  const all = offered.flat();
  const behind = all.filter((each) => each.startsWith(last)).map((each) => each.slice(last.length));
  return behind.length > 0 ? behind : all;
}

/** Of an argument that is one of a few words, those words: its usage is their list. */
function words(args: readonly Argument<unknown>[]): readonly string[] {
  return args.filter(({ usage }) => /^[a-z|-]+$/.test(usage)).flatMap(({ usage }) => usage.split('|'));
}

async function suggested(bot: Source, request: Parameters<Source['suggest']>[0]): Promise<readonly string[]> {
  return (await bot.suggest(request)).map(({ value }) => value);
}
