import { quoteWord } from './core/parse.ts';
import { Refusal } from './core/refusal.ts';
import { isUntilWord, readUntil, type Until } from './core/schedule/until.ts';
import { parseSelector, type Selector } from './core/selector.ts';

/** What a command can take: kinds of arguments and of flags. Commands get them through src/command.ts. */

/** What can be offered while it is typed. */
export type Offer =
  | 'targets'
  | 'operations'
  | 'commands'
  | 'policies'
  | 'apps'
  | 'images'
  | 'strategies'
  | 'releases'
  | 'deploys';

type Offered = Pick<Argument<unknown>, 'offers' | 'per'>;

/** A positional argument. `take` gets the words that are left and answers how many it used. */
export interface Argument<T> {
  /** As usage shows it: `<target…>`, `[operation]`. */
  readonly usage: string;
  readonly about: string;
  readonly required: boolean;
  /** What the front end may offer while it is typed. */
  readonly offers?: Offer;
  /** What is offered depends on what was picked for the argument of this name: the tags of an app. */
  readonly per?: string;
  /** What a form that offers has picked before anybody picks; what that means in a line is `inLine`'s to say. */
  readonly preset?: { readonly label: string; readonly value: string };
  /** It swallows the rest of the line, flags included. */
  readonly raw?: boolean;
  /** It may also be given as a flag of its name, with every word up to the next flag: `--until Fri 18:00`. */
  readonly flag?: boolean;
  /** How a form asks for it, where a line of text or a search is not the way. */
  readonly field?:
    | { readonly type: 'pick'; readonly options: readonly string[] }
    | { readonly type: 'moment' }
    /** Several lines of text. */
    | { readonly type: 'lines' };
  /** What a line says for what was filled in, where that is not just the word. */
  inLine?(filled: string): string;
  take(words: readonly string[]): { readonly value: T; readonly used: number };
}

/** A flag: `--previous`, `--because "…"`. */
export interface Flag<T> {
  readonly about: string;
  /** What its value is called in usage; absent for a switch. */
  readonly value?: string;
  read(given: string | true | undefined): T;
}

/**
 * One or more selector terms; with `optional`, none means everything. It ends before the first of the
 * words in `before`: what is called so is written `name:on`.
 */
export function selector(
  options: { optional?: boolean; about?: string; before?: readonly string[] } = {},
): Argument<Selector> {
  return {
    usage: options.optional ? '[target…]' : '<target…>',
    about: options.about ?? 'a name, name*, key=value, kind:, region:, compartment: or OCID',
    required: !options.optional,
    offers: 'targets',
    take: (words) => {
      const end = words.findIndex((word) => options.before?.includes(word.toLowerCase()));
      const terms = end < 0 ? words : words.slice(0, end);
      return { value: parseSelector(terms), used: terms.length };
    },
  };
}

/** One word, such as an operation id. */
export function word(usage: string, about: string, offers?: Offer): Argument<string> {
  return {
    usage: `<${usage}>`,
    about,
    required: true,
    ...(offers ? { offers } : {}),
    take: ([first]) => ({ value: first as string, used: 1 }),
  };
}

export function optionalWord(usage: string, about: string, offers?: Offer): Argument<string | undefined> {
  return {
    usage: `[${usage}]`,
    about,
    required: false,
    ...(offers ? { offers } : {}),
    take: ([first]) => ({ value: first, used: first === undefined ? 0 : 1 }),
  };
}

/** The name of a command or of a family, one word or two; or nothing. */
export function commandName(about: string): Argument<string | undefined> {
  return {
    usage: '[command]',
    about,
    required: false,
    offers: 'commands',
    take: (words) => {
      const name = words.slice(0, 2);
      return { value: name.length > 0 ? name.join(' ') : undefined, used: name.length };
    },
  };
}

/** Whatever is left of the line, flags included, as it was typed. */
export function restOfLine(usage: string, about: string): Argument<string> {
  return {
    usage: `<${usage}…>`,
    about,
    required: true,
    raw: true,
    take: (words) => ({ value: words.join(' '), used: words.length }),
  };
}

/** One of a few words. */
export function oneOf<const W extends string>(words: readonly W[], about: string): Argument<W> {
  return {
    usage: words.join('|'),
    about,
    required: true,
    field: { type: 'pick', options: words },
    take: ([first]) => {
      const word = words.find((each) => each === first?.toLowerCase());
      if (!word) throw new Refusal(`"${first}" is not one of ${words.join(', ')}.`, 'See the usage.');
      return { value: word, used: 1 };
    },
  };
}

/** One of a few words, or none of them. */
export function optionalOneOf<const W extends string>(
  words: readonly W[],
  about: string,
): Argument<W | undefined> {
  const one = oneOf(words, about);
  return {
    ...one,
    usage: `[${one.usage}]`,
    required: false,
    take: (left) => (left.length > 0 ? one.take(left) : { value: undefined, used: 0 }),
  };
}

/** `until Fri 18:00` or `for 2h`, read but not yet brought to a clock: the zone depends on what it is about. */
export function moment(about: string): Argument<Until | undefined> {
  return {
    usage: 'until <time>',
    about,
    required: false,
    flag: true,
    field: { type: 'moment' },
    inLine: (filled) => `until ${filled}`,
    take: (words) => {
      const [first] = words;
      if (!isUntilWord(first)) return { value: undefined, used: 0 };
      const end = words.findIndex((word) => word.toLowerCase() === 'because');
      const said = end < 0 ? words : words.slice(0, end);
      return { value: readUntil(said), used: said.length };
    },
  };
}

/** `because …`: the reason, to the end of the line. */
export function reason(about: string): Argument<string | undefined> {
  return {
    usage: '[because <reason…>]',
    about,
    required: false,
    flag: true,
    inLine: (filled) => `because ${quoteWord(filled)}`,
    take: (words) => {
      if (words[0]?.toLowerCase() !== 'because') return { value: undefined, used: 0 };
      const text = words.slice(1).join(' ').trim();
      if (text === '') throw new Refusal('There is no reason behind because.', 'Say why, or leave it out.');
      return { value: text.slice(0, longestReason), used: words.length };
    },
  };
}

/** What is kept with a keep and shown wherever it is told of. */
const longestReason = 300;

/** One word behind another that is always there: `to 2:16`. */
export function after(before: string, usage: string, about: string, offered?: Offered): Argument<string> {
  return {
    usage: `${before} <${usage}>`,
    about,
    required: true,
    ...offered,
    inLine: (filled) => `${before} ${quoteWord(filled)}`,
    take: ([first, second]) => {
      if (first?.toLowerCase() !== before) return { value: '', used: 0 };
      if (second === undefined) throw new Refusal(`There is no ${usage} behind ${before}.`, `Name ${about}.`);
      return { value: second, used: 2 };
    },
  };
}

/** The same, or nothing. */
export function optionalAfter(
  before: string,
  usage: string,
  about: string,
  offered?: Offered,
): Argument<string | undefined> {
  const one = after(before, usage, about, offered);
  return {
    ...one,
    usage: `[${one.usage}]`,
    required: false,
    take: (words) => {
      const { value, used } = one.take(words);
      return { value: used > 0 ? value : undefined, used };
    },
  };
}

/** A switch: present or not. */
export function toggle(about: string): Flag<boolean> {
  return {
    about,
    read: (given) => {
      if (typeof given === 'string') throw new Refusal('That flag takes no value.', 'Leave the value out.');
      return given === true;
    },
  };
}

/** A flag with a text. */
export function text(value: string, about: string): Flag<string | undefined> {
  return { about, value, read: (given) => (given === true ? undefined : given) };
}

/** A flag with a whole number between the bounds. */
export function count(
  value: string,
  about: string,
  bounds: { readonly min: number; readonly max: number; readonly default: number },
): Flag<number> {
  return {
    about: `${about} (${bounds.min} to ${bounds.max}, ${bounds.default} if left out)`,
    value,
    read: (given) => {
      if (given === undefined) return bounds.default;
      const number = typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : Number.NaN;
      if (!(number >= bounds.min && number <= bounds.max))
        throw new Refusal(
          `"${given === true ? '' : given}" is not a whole number from ${bounds.min} to ${bounds.max}.`,
          `Write --${value} ${bounds.default}, for example.`,
        );
      return number;
    },
  };
}
