import type { NamedCommand } from '../command.ts';
import { quoteWord, type Token } from '../core/parse.ts';
import { Refusal } from '../core/refusal.ts';
import { nearest } from '../core/suggest.ts';
import { argumentsOf, flagsOf } from './declared.ts';
import { usageOf } from './usage.ts';

/** A line bound to the command that it names. */
export interface Invocation {
  readonly command: NamedCommand;
  /** What the command's `run` or `plan` gets. */
  readonly input: Readonly<Record<string, unknown>>;
  /** The same as text, for rules with argument conditions. */
  readonly given: Readonly<Record<string, string>>;
  readonly dryRun: boolean;
  /** Answer in the channel instead of only to the caller. */
  readonly share: boolean;
}

/** Gives each word its place. Throws a Refusal with the usage for whatever has none. */
export function bind(command: NamedCommand, tokens: readonly Token[]): Invocation {
  const { words, flags, spelled } = separate(command, tokens);
  const input: Record<string, unknown> = {};
  const given: Record<string, string> = {};
  let left = words;
  for (const [name, argument] of argumentsOf(command)) {
    const missing = () =>
      new Refusal(`${command.name} needs ${argument.usage}: ${argument.about}.`, usageHint(command));
    const apart = spelled[name];
    const source = apart ?? left;
    if (source.length === 0 && argument.required) throw missing();
    const { value, used } = argument.take(source);
    if (used === 0 && argument.required) throw missing();
    input[name] = value;
    if (used > 0) given[name] = source.slice(0, used).map(quoteWord).join(' ');
    if (!apart) left = left.slice(used);
  }
  if (left.length > 0) throw new Refusal(`I have no use for "${left.join(' ')}".`, usageHint(command));
  for (const [name, flag] of Object.entries(flagsOf(command))) {
    input[name] = flag.read(flags[name]);
    if (flags[name] !== undefined) given[name] = String(flags[name]);
  }
  return { command, input, given, dryRun: input['dry-run'] === true, share: input.share === true };
}

interface Separated {
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string | true>>;
  /** Arguments that were given as flags, as they would stand in the line: `until`, `Fri`, `18:00`. */
  readonly spelled: Readonly<Record<string, readonly string[]>>;
}

function separate(command: NamedCommand, tokens: readonly Token[]): Separated {
  const known = flagsOf(command);
  const raw = argumentsOf(command).findIndex(([, argument]) => argument.raw);
  const words: string[] = [];
  const flags: Record<string, string | true> = {};
  const spelled: Record<string, readonly string[]> = {};
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const [, name, inline] = token.quoted ? [] : (/^--([^=]*)(?:=(.*))?$/s.exec(token.text) ?? []);
    const inRaw = raw >= 0 && words.length >= raw;
    if (name === undefined || inRaw) {
      words.push(inRaw ? asTyped(token) : token.text);
      continue;
    }
    const key = name.toLowerCase();
    if (argumentsOf(command).some(([argument, { flag }]) => flag && argument === key)) {
      if (Object.hasOwn(spelled, key)) throw twice(key);
      const until = tokens.findIndex((each, n) => n > at && isFlag(each));
      const behind = tokens.slice(at + 1, until < 0 ? tokens.length : until).map(({ text }) => text);
      const said = [...(inline ? [inline] : []), ...behind];
      if (said.length === 0) throw new Refusal(`--${key} needs a value.`, usageHint(command));
      spelled[key] = [key, ...said];
      at += behind.length;
      continue;
    }
    const flag = Object.hasOwn(known, key) ? known[key] : undefined;
    if (!flag) throw unknownFlag(command, key);
    if (Object.hasOwn(flags, key)) throw twice(key);
    if (!flag.value && inline !== undefined)
      throw new Refusal(`--${key} takes no value.`, `Write --${key} alone, or leave it out.`);
    const value = flag.value ? (inline ?? tokens[++at]?.text) : true;
    if (value === undefined || value === '') throw new Refusal(`--${key} needs a value.`, usageHint(command));
    flags[key] = value;
  }
  return { words, flags, spelled };
}

function isFlag({ text, quoted }: Token): boolean {
  return !quoted && text.startsWith('--');
}

function twice(key: string): Refusal {
  return new Refusal(`--${key} is given twice.`, 'Say it once.');
}

/** A word of a line within the line: what was a flag stays one. */
function asTyped({ text, quoted }: Token): string {
  return isFlag({ text, quoted }) ? text : quoteWord(text);
}

function unknownFlag(command: NamedCommand, key: string): Refusal {
  const meant = nearest(key, Object.keys(flagsOf(command)), 1)[0];
  return new Refusal(
    `${command.name} has no flag --${key}.${meant ? ` Did you mean --${meant}?` : ''}`,
    usageHint(command),
  );
}

function usageHint(command: NamedCommand): string {
  const example = command.examples[0];
  return `Usage: ${usageOf(command)}${example ? ` – for example: ${example}` : ''}`;
}
