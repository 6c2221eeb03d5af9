import type { Argument } from '../arguments.ts';
import { readStrategy, strategyLike } from '../core/deploy/strategy.ts';
import { quoteWord } from '../core/parse.ts';
import { Refusal } from '../core/refusal.ts';

/** What stands behind the app in a line that deploys it: `image=1.4.2 env LOG_LEVEL=debug canary 5 % 10m, 100 %`. */

/** What is set in the environment, by its key. */
export type Environment = Readonly<Record<string, string>>;

/** What a form has picked where the app's own strategy is meant. */
export const ownStrategy = 'own';

const hint = 'For example: deploy shop image=1.4.2 env LOG_LEVEL=debug canary 5 % 10m, 100 %';
const key = /^[A-Za-z_]\w*$/;

/** `image=1.4.2`, or the tag or the whole name alone. */
export function image(): Argument<string | undefined> {
  return {
    usage: '[image=<image>]',
    about: 'a tag such as 1.4.2, or the whole name of an image; the newest tags of the app are offered',
    required: false,
    offers: 'images',
    per: 'app',
    inLine: (filled) => quoteWord(`image=${filled}`),
    take: (words) => {
      const end = words.findIndex((word) => beginsEnvironment(word) || beginsStrategy(word));
      const mine = end < 0 ? words : words.slice(0, end);
      return { value: mine.reduce(imageIn, undefined), used: mine.length };
    },
  };
}

/** `env KEY=VALUE …`: it ends where the strategy begins. */
export function environment(): Argument<Environment> {
  return {
    usage: '[env KEY=VALUE…]',
    about: 'what is set in the environment, over what the file says; in a form a line for each KEY=VALUE',
    required: false,
    field: { type: 'lines' },
    inLine: (filled) => `env ${linesOf(filled).map(quoteWord).join(' ')}`,
    take: (words) => {
      if (!beginsEnvironment(words[0])) return { value: {}, used: 0 };
      const end = words.findIndex(isStrategy);
      refuseMisspelt(words.slice(1, end < 0 ? words.length : end).filter((word) => !word.includes('=')));
      const mine = end < 0 ? words : words.slice(0, end);
      return { value: environmentOf(mine.filter((word) => !beginsEnvironment(word))), used: mine.length };
    },
  };
}

/** `rolling 2`, `blue-green`, `canary 5 % 10m, 100 %`: to the end of the line. */
export function strategy(
  usual = 'what the app’s file says',
  preset: NonNullable<Argument<unknown>['preset']> = { label: 'As the app says', value: ownStrategy },
): Argument<string | undefined> {
  return {
    usage: '[strategy]',
    about: `rolling 2, blue-green or canary 5 % 10m, 100 %; ${usual} if left out`,
    required: false,
    offers: 'strategies',
    per: 'app',
    preset,
    inLine: (filled) => (filled === ownStrategy ? '' : filled),
    take: (words) => {
      const [first = '', ...others] = words;
      refuseMisspelt(words.slice(0, 1));
      if (!beginsStrategy(first)) return { value: undefined, used: 0 };
      const [, named = first] = /^strategy=(.*)$/is.exec(first) ?? [];
      return { value: [named, ...others].join(' '), used: words.length };
    },
  };
}

/** Whether it would be taken for a strategy, so that it may be offered as it was typed. */
export function isWholeStrategy(text: string): boolean {
  return !('problem' in readStrategy(text));
}

function beginsEnvironment(word: string | undefined): boolean {
  return word?.toLowerCase() === 'env' || word?.toLowerCase() === 'set';
}

function isStrategy(word: string): boolean {
  return /^(rolling|blue-?green|canary)$/i.test(word);
}

/** In an environment, strategy= sets a variable of that name. */
function beginsStrategy(word: string): boolean {
  return isStrategy(word) || /^strategy=/i.test(word);
}

/** Where no image and no variable is meant. */
function refuseMisspelt(words: readonly string[]): void {
  const odd = words.find((word) => !beginsStrategy(word) && strategyLike(word) !== undefined);
  if (odd === undefined) return;
  throw new Refusal(`"${odd}" is not a strategy.`, `Did you mean ${strategyLike(odd)}?`);
}

function imageIn(before: string | undefined, word: string): string {
  const [, named] = /^image=(.*)$/is.exec(word) ?? [];
  if (named === undefined && before !== undefined) refuseMisspelt([before, word]);
  if (named === undefined && (word.includes('=') || before !== undefined))
    throw new Refusal(`I have no use for "${word}".`, hint);
  if (before !== undefined) throw new Refusal('image= is given twice.', 'Say it once.');
  if (named === '') throw new Refusal('There is no image behind image=.', hint);
  return named ?? word;
}

function environmentOf(words: readonly string[]): Environment {
  if (words.length === 0) throw new Refusal('There is nothing behind env.', hint);
  const set = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf('=');
    const name = word.slice(0, at);
    if (at < 0 || !key.test(name))
      throw new Refusal(`"${word}" sets nothing in the environment.`, 'Write it as KEY=VALUE.');
    if (set.has(name)) throw new Refusal(`${name} is set twice.`, 'Say it once.');
    set.set(name, word.slice(at + 1));
  }
  return Object.fromEntries(set);
}

function linesOf(filled: string): readonly string[] {
  return filled
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
