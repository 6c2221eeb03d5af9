import type { NamedCommand } from '../command.ts';
import { cutLine, type Token } from '../core/parse.ts';
import { argumentsOf } from './declared.ts';

/** Commands of two words: `schedule list` is one of the family `schedule`, a folder in commands/. */

/** What the first words of a line name, and the words behind the name. */
export type Named =
  | { readonly command: NamedCommand; readonly rest: readonly Token[] }
  | { readonly family: string; readonly rest: readonly Token[] }
  | undefined;

/** The command that a line begins with, or the family where its second word names none of it. */
export function namedIn(commands: readonly NamedCommand[], tokens: readonly Token[]): Named {
  const [first, second] = tokens.map(({ text }) => text.toLowerCase());
  const named = (name: string) => commands.find((command) => command.name === name);
  // two words mean more than one: `deploy lock shop` is no deploy of an app called lock
  const together = second === undefined ? undefined : named(`${first} ${second}`);
  if (together) return { command: together, rest: tokens.slice(2) };
  const alone = first === undefined ? undefined : named(first);
  if (alone) return { command: alone, rest: tokens.slice(1) };
  return first !== undefined && membersOf(first, commands).length > 0
    ? { family: first, rest: tokens.slice(1) }
    : undefined;
}

/** The commands of a family, by its name; none where there is no such family. */
export function membersOf<C extends { readonly name: string }>(
  family: string,
  commands: readonly C[],
): readonly C[] {
  return commands.filter(({ name }) => familyOf(name) === family);
}

/** As rules name them: a word that is a command by itself means only that, `deploy` and not `deploy lock`. */
export function meantBy<C extends { readonly name: string }>(
  word: string,
  commands: readonly C[],
): readonly C[] {
  return commands.some(({ name }) => name === word) ? [] : membersOf(word, commands);
}

/** `schedule` of `schedule list`; undefined for a command of one word. */
export function familyOf(name: string): string | undefined {
  const [family, second] = name.split(' ');
  return second === undefined ? undefined : family;
}

/** Every family, each once. */
export function familiesOf(commands: readonly { readonly name: string }[]): readonly string[] {
  return [...new Set(commands.flatMap(({ name }) => familyOf(name) ?? []))];
}

/**
 * The line with one more selector term, right behind the name of its command: what follows the targets
 * may swallow the rest of the line. Of a line within a line, it is the inner one that gets it.
 */
export function withTarget(commands: readonly NamedCommand[], line: string, term: string): string {
  const named = namedIn(commands, cutLine(line));
  if (!named || !('command' in named)) return `${line} ${term}`;
  const { command } = named;
  const words = command.name.split(' ').length;
  const [name = ''] = new RegExp(`^(\\s*\\S+){${words}}`).exec(line) ?? [];
  const rest = line.slice(name.length).trim();
  const holdsLine = argumentsOf(command).some(([, argument]) => argument.raw);
  return holdsLine ? `${name} ${withTarget(commands, rest, term)}` : `${name} ${term} ${rest}`.trim();
}
