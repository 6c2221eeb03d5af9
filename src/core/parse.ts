import { Refusal } from './refusal.ts';
import { plainLine } from './text.ts';

/** One word of a command line. */
export interface Token {
  readonly text: string;
  /** Whether it began with a quote, so that `"--x"` stays a word. */
  readonly quoted: boolean;
}

/** Slack accepts longer lines; nobody types them. */
export const maxLineLength = 2_000;

/**
 * Cuts a line as it was sent into words, before anyone knows what the command takes. Quotes group,
 * a backslash escapes a quote, a space or itself. Throws a Refusal for a line that is too long or has
 * an unclosed quote.
 */
export function cutLine(sent: string): readonly Token[] {
  if (sent.length > maxLineLength)
    throw new Refusal(
      `That line has ${sent.length} characters; I read at most ${maxLineLength}.`,
      'Use a tag or a name pattern instead of a long list of names.',
    );
  return tokenize(plainLine(sent));
}

/** A word as it would have to be typed to come out of `cutLine` unchanged. */
export function quoteWord(text: string): string {
  return text === '' || /[\s"'\\]|^--/.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : text;
}

function tokenize(line: string): readonly Token[] {
  const tokens: Token[] = [];
  let text = '';
  let quote = '';
  let started = false;
  let quoted = false;
  const end = () => {
    if (started) tokens.push({ text, quoted });
    text = '';
    started = false;
    quoted = false;
  };
  for (let at = 0; at < line.length; at++) {
    const char = line[at] as string;
    if (char === '\\' && (quote ? quote === '"' : true) && /["'\\ ]/.test(line[at + 1] ?? '')) {
      text += line[++at];
      started = true;
    } else if (quote) {
      if (char === quote) quote = '';
      else text += char;
    } else if (char === '"' || (char === "'" && !started)) {
      quote = char;
      quoted ||= !started;
      started = true;
    } else if (char === ' ') end();
    else {
      text += char;
      started = true;
    }
  }
  if (quote) throw new Refusal(`A quote (${quote}) is not closed.`, 'Close it, or leave it out.');
  end();
  return tokens;
}
