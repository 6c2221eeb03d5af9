import { BadQuery } from './syntax.ts';

/** Reads a query from left to right; blanks between what it is asked for mean nothing. */
export class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#skip() >= this.#text.length;
  }

  /** What comes next, if it is like the pattern. */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(pattern.source, 'y');
    sticky.lastIndex = this.#skip();
    const found = sticky.exec(this.#text);
    if (found) this.#at = sticky.lastIndex;
    return found ?? undefined;
  }

  /** The first of the words that comes next. */
  word<W extends string>(words: readonly W[]): W | undefined {
    const from = this.#skip();
    const found = words.find((word) => this.#text.startsWith(word, from));
    if (found) this.#at = from + found.length;
    return found;
  }

  expect(word: string): void {
    if (!this.word([word])) throw this.wrong(`"${word}"`);
  }

  /** Goes back to where it was, for what may be two things. */
  attempt<T>(read: () => T | undefined): T | undefined {
    const from = this.#at;
    const found = read();
    if (found === undefined) this.#at = from;
    return found;
  }

  wrong(expected: string): BadQuery {
    const rest = this.#text.slice(this.#skip(), this.#skip() + 20);
    return new BadQuery(
      `expected ${expected} at position ${this.#at}${rest === '' ? ', where the query ends' : `: "${rest}"`}`,
    );
  }

  #skip(): number {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
    return this.#at;
  }
}
