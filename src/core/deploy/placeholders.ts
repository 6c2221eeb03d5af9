import { nearest } from '../suggest.ts';

/**
 * Words in braces that stand for something known only when a deploy runs. `{{version}}` is the text `{version}`;
 * braces around anything else are left as they are.
 */

/** What each stands for. */
export const placeholders = {
  app: 'the name of the app',
  version: 'the number of the release, 1, 2, 3 …',
  tag: 'the tag of the image',
  replica: 'the number of the instance, from 1',
  region: 'the region, such as eu-frankfurt-1',
  ip: 'the private address of a new instance',
} as const;

export type Placeholder = keyof typeof placeholders;

/** Which of them are known where. An address is known only once the instance is there. */
export const placeholdersOf = {
  environment: ['app', 'version', 'tag', 'replica', 'region'],
  url: ['app', 'version', 'tag', 'region', 'ip'],
  query: ['app', 'version', 'tag', 'region'],
} as const satisfies Readonly<Record<string, readonly Placeholder[]>>;

const known = new RegExp(`\\{(\\{?)(${Object.keys(placeholders).join('|')})\\}(\\}?)`, 'g');

/** The text with those filled in whose value is given; the others stay. */
export function fill(text: string, values: Readonly<Partial<Record<Placeholder, string>>>): string {
  return text.replace(known, (whole, open: string, name: Placeholder, close: string) => {
    if (open && close) return `{${name}}`;
    const value = values[name];
    return value === undefined ? whole : `${open}${value}${close}`;
  });
}

/**
 * The first word in braces that is not among the allowed ones, as a sentence without a full stop. Where braces are
 * common, words that stand for nothing are left.
 */
export function strayPlaceholder(
  text: string,
  allowed: readonly Placeholder[],
  unknown: 'refused' | 'left' = 'refused',
): string | undefined {
  for (const [, name = ''] of text.matchAll(/(?<!\{)\{([A-Za-z]+)\}(?!\})/g)) {
    if ((allowed as readonly string[]).includes(name)) continue;
    if (Object.hasOwn(placeholders, name))
      return `has {${name}}, which is not known here: ${listed(allowed)} are`;
    if (unknown === 'left') continue;
    const [near] = nearest(name, allowed, 1);
    return `has {${name}}, which stands for nothing; ${near ? `did you mean {${near}}?` : `known here: ${listed(allowed)}`}`;
  }
  return undefined;
}

function listed(names: readonly Placeholder[]): string {
  return names.map((name) => `{${name}}`).join(', ');
}
