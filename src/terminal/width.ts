import { stripVTControlCharacters } from 'node:util';

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Script=Han}|\p{Emoji_Presentation}|\uFE0F/u;
const zero = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;

/** The characters as a reader counts them: an accent or a skin tone belongs to what it stands on. */
export function graphemes(text: string): string[] {
  return [...segments.segment(text)].map(({ segment }) => segment);
}

/** How many cells of a terminal the text takes (Unicode Standard Annex 11: wide characters take two). */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return graphemes(text).reduce((sum, each) => sum + (zero.test(each) ? 0 : wide.test(each) ? 2 : 1), 0);
}

/**
 * Text from outside made harmless: no escape sequence that moves the cursor or sets the title, no
 * control character, nothing that reverses the direction of reading. Line feeds and tabs stay.
 */
export function safe(text: string): string {
  return stripVTControlCharacters(text.replace(/\r\n?/g, '\n'))
    .replace(/[^\P{Cc}\n\t]|[\u2028\u2029]/gu, '')
    .replace(/[\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, '');
}

/** The same on one line. */
export function safeLine(text: string): string {
  return safe(text).replace(/\s+/g, ' ');
}

/** Lines of at most `width` cells, broken at spaces, or within a word that is longer than a line. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(width, 1)));
}

function wrapLine(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line];
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(/(?<= )/)) {
    if (widthOf(`${current}${word}`.trimEnd()) <= width) current += word;
    else {
      if (current.trim() !== '') lines.push(current.trimEnd());
      const pieces = cut(word, width);
      lines.push(...pieces.slice(0, -1));
      current = pieces.at(-1) ?? '';
    }
  }
  return current.trim() === '' ? lines : [...lines, current.trimEnd()];
}

/** A word in pieces of at most `width` cells, after a hyphen, dot or slash where there is one. */
function cut(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const each of graphemes(word)) {
    if (each !== ' ' && widthOf(piece) + widthOf(each) > width) {
      const soft = Math.max(...['-', '/', '.', '_'].map((mark) => piece.lastIndexOf(mark))) + 1;
      const end = soft > piece.length / 2 ? soft : piece.length;
      pieces.push(piece.slice(0, end));
      piece = piece.slice(end);
    }
    piece += each;
  }
  return [...pieces, piece];
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}
