/**
 * The structured query language of Resource Search, as a tree.
 * https://docs.oracle.com/en-us/iaas/Content/Search/Concepts/querysyntax.htm
 */
export interface Query {
  /** Resource types in lower case, or all of them. */
  readonly types: 'all' | readonly string[];
  readonly where?: Condition;
  /** Text that any field may hold. */
  readonly matching?: string;
  readonly sort?: { readonly field: string; readonly ascending: boolean };
}

export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | Comparison;

export interface Comparison {
  /** In lower case: `displayname`, `freeformtags.key`. */
  readonly field: string;
  readonly operator: Operator;
  readonly value: string;
}

/** `=` and `!=` ignore case, `==` and `!==` do not, `=~` and `!=~` mean contains and ignore it. */
export const operators = ['!==', '!=~', '==', '=~', '!=', '>=', '<=', '=', '>', '<'] as const;
export type Operator = (typeof operators)[number];

/** A query that cannot be parsed; says what was met, where, and what was expected. */
export class BadQuery extends Error {}

type Token =
  | { readonly kind: 'word' | 'text'; readonly value: string; readonly at: number }
  | { readonly kind: 'operator'; readonly value: Operator; readonly at: number }
  | { readonly kind: 'mark'; readonly value: '(' | ')' | ',' | '&&' | '||' | '-'; readonly at: number }
  | { readonly kind: 'end'; readonly value: ''; readonly at: number };

const space = /\s+/y;
const text = /'((?:[^'\\]|\\.)*)'/sy;
const word = /[\p{L}_\d][\p{L}\p{N}_.:]*/uy;
const marks = ['&&', '||', '(', ')', ',', '-'] as const;

function lex(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(query);
  };
  while (at < query.length) {
    const blank = take(space);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const quoted = take(text);
    const operator = operators.find((each) => query.startsWith(each, at));
    const mark = marks.find((each) => query.startsWith(each, at));
    const plain = take(word);
    if (quoted) {
      tokens.push({ kind: 'text', value: (quoted[1] ?? '').replace(/\\(.)/gs, '$1'), at });
      at += quoted[0].length;
    } else if (operator) {
      tokens.push({ kind: 'operator', value: operator, at });
      at += operator.length;
    } else if (mark) {
      tokens.push({ kind: 'mark', value: mark, at });
      at += mark.length;
    } else if (plain) {
      tokens.push({ kind: 'word', value: plain[0], at });
      at += plain[0].length;
    } else throw new BadQuery(`Unexpected character ${JSON.stringify(query[at])} at position ${at}.`);
  }
  tokens.push({ kind: 'end', value: '', at });
  return tokens;
}

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** How deep brackets may be nested. */
const DEEPEST = 50;

/** @throws BadQuery */
export function parseQuery(query: string, now: number): Query {
  return new Parser(lex(query), now).query();
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #now: number;
  #position = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], now: number) {
    this.#tokens = tokens;
    this.#now = now;
  }

  query(): Query {
    this.#expect('query');
    const types = this.#types();
    this.#expect('resources');
    if (this.#accept('return')) this.#names();
    const where = this.#accept('where') ? this.#any() : undefined;
    const matching = this.#accept('matching') ? this.#text() : undefined;
    const sort = this.#accept('sorted') ? this.#sort() : undefined;
    if (this.#next.kind !== 'end') throw this.#unexpected('the end of the query');
    return {
      types,
      ...(where && { where }),
      ...(matching !== undefined && { matching }),
      ...(sort && { sort }),
    };
  }

  #types(): Query['types'] {
    const names = this.#names().map((name) => name.toLowerCase());
    return names.includes('all') ? 'all' : names;
  }

  #names(): string[] {
    const names = [this.#word('a name')];
    while (this.#accept(',')) names.push(this.#word('a name'));
    return names;
  }

  #sort(): NonNullable<Query['sort']> {
    this.#expect('by');
    const field = this.#word('a field').toLowerCase();
    if (this.#accept('asc')) return { field, ascending: true };
    return { field, ascending: !this.#accept('desc') };
  }

  #any(): Condition {
    const parts = [this.#all()];
    while (this.#accept('||') || this.#accept('or')) parts.push(this.#all());
    return parts.length === 1 && parts[0] ? parts[0] : { any: parts };
  }

  #all(): Condition {
    const parts = [this.#condition()];
    while (this.#accept('&&') || this.#accept('and')) parts.push(this.#condition());
    return parts.length === 1 && parts[0] ? parts[0] : { all: parts };
  }

  #condition(): Condition {
    if (!this.#accept('(')) return this.#comparison();
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new BadQuery(`Brackets are nested more than ${DEEPEST} deep.`);
    const inner = this.#any();
    this.#expect(')');
    this.#depth -= 1;
    return inner;
  }

  #comparison(): Comparison {
    const field = this.#word('a field').toLowerCase();
    const token = this.#next;
    if (token.kind !== 'operator') throw this.#unexpected('an operator');
    this.#position += 1;
    return { field, operator: token.value, value: this.#value() };
  }

  /** `'text'`, a number, true, false, or `now - 3h`. */
  #value(): string {
    if (this.#next.kind === 'text') return this.#text();
    const value = this.#word('a value in single quotation marks');
    if (value.toLowerCase() !== 'now') {
      if (!/^(true|false|\d+(\.\d+)?)$/i.test(value))
        throw new BadQuery(`Expected a value in single quotation marks and met ${value}.`);
      return value;
    }
    if (!this.#accept('-')) return new Date(this.#now).toISOString();
    const [, count, unit] = /^(\d+)([smhdw])$/.exec(this.#word('a duration such as 3h')) ?? [];
    const size = units[unit ?? ''];
    if (size === undefined) throw new BadQuery('Expected a duration such as 3h after now -.');
    return new Date(this.#now - Number(count) * size).toISOString();
  }

  #text(): string {
    const token = this.#next;
    if (token.kind !== 'text') throw this.#unexpected('text in single quotation marks');
    this.#position += 1;
    return token.value;
  }

  #word(expected: string): string {
    const token = this.#next;
    if (token.kind !== 'word') throw this.#unexpected(expected);
    this.#position += 1;
    return token.value;
  }

  get #next(): Token {
    return this.#tokens[this.#position] ?? { kind: 'end', value: '', at: 0 };
  }

  /** Keywords ignore case. */
  #accept(value: string): boolean {
    const { kind, value: met } = this.#next;
    if (kind === 'text' || kind === 'end' || met.toLowerCase() !== value) return false;
    this.#position += 1;
    return true;
  }

  #expect(value: string): void {
    if (!this.#accept(value)) throw this.#unexpected(value);
  }

  #unexpected(expected: string): BadQuery {
    const { value, kind, at } = this.#next;
    const met = kind === 'end' ? 'the end of the query' : `"${value}" at position ${at}`;
    return new BadQuery(`Expected ${expected} and met ${met}.`);
  }
}
