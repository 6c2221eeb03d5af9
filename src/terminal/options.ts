import { quoteWord } from '../core/parse.ts';

/** What was typed after `lamplighter`. Without a line, the shell is meant. */
export interface Options {
  readonly line: string;
  /** One JSON document on standard output instead of text. */
  readonly json: boolean;
  /** Run a change without asking here first. It skips no approval. */
  readonly yes: boolean;
}

/**
 * Reads the arguments. One quoted line and several words both work; `--json` and `--yes` are the
 * terminal's own and may stand anywhere outside of the quotes, everything else belongs to the line.
 */
export function readOptions(argv: readonly string[]): Options {
  const own = (flag: string) => argv.includes(flag);
  const words = argv.filter((word) => word !== '--json' && word !== '--yes');
  const [first = '', ...rest] = words;
  if (first === '--help' || first === '-h') return { line: 'help', json: own('--json'), yes: false };
  const line = /\s/.test(first) ? [first, ...rest.map(shellWord)] : words.map(shellWord);
  return { line: line.join(' '), json: own('--json'), yes: own('--yes') };
}

/** A word that the shell has already unquoted, as it has to be typed in a line; a flag stays a flag. */
function shellWord(word: string): string {
  const [, name, value] = /^(--[a-zA-Z][\w-]*)=(.*)$/s.exec(word) ?? [];
  if (name && value !== undefined) return /[\s"'\\]/.test(value) ? `${name} ${quoteWord(value)}` : word;
  return /^--[a-zA-Z][\w-]*$/.test(word) ? word : quoteWord(word);
}
