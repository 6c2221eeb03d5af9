import { quoteWord } from './parse.ts';
import { Refusal } from './refusal.ts';
import { type Kind, kindOf, kinds, type Target } from './target.ts';

/**
 * Which resources a line means. Terms about different things narrow (`app=shop env=dev`); terms about
 * the same thing widen (`web-1 web-2`, `env=dev,test`).
 */
export interface Selector {
  readonly kinds: readonly Kind[];
  /** Names; `*` stands for any run of characters. */
  readonly names: readonly string[];
  readonly ocids: readonly string[];
  readonly regions: readonly string[];
  /** Compartment paths or their last parts; everything below is meant too. */
  readonly compartments: readonly string[];
  readonly tags: readonly { readonly key: string; readonly values: readonly string[] }[];
}

export const everything: Selector = {
  kinds: [],
  names: [],
  ocids: [],
  regions: [],
  compartments: [],
  tags: [],
};

/**
 * Reads selector terms: `web-1`, `web-*`, `env=dev,test`, `kind:vm`, `region:eu-frankfurt-1`,
 * `compartment:shop/dev`, `name:containers` (a name that is also a kind), `ocid1.instance.…`.
 * Throws a Refusal that names the term.
 */
export function parseSelector(terms: readonly string[]): Selector {
  const selector = {
    kinds: [] as Kind[],
    names: [] as string[],
    ocids: [] as string[],
    regions: [] as string[],
    compartments: [] as string[],
    tags: [] as { key: string; values: string[] }[],
  };
  for (const term of terms) {
    refuseRunTogether(term);
    const [, field, value] = /^(kind|region|compartment|name):(.*)$/s.exec(term) ?? [];
    const [, key, wanted] = /^([^=:\s]+)=(.*)$/s.exec(term) ?? [];
    if (field && !value)
      throw new Refusal(`"${term}" has no value.`, `Write ${field}:… with a value after the colon.`);
    if (field === 'kind') selector.kinds.push(...list(value).map(knownKind));
    else if (field === 'region') selector.regions.push(...list(value));
    else if (field === 'compartment') selector.compartments.push(...list(value));
    else if (field === 'name') selector.names.push(...list(value));
    else if (/^ocid1\./i.test(term)) selector.ocids.push(...list(term));
    else if (key) selector.tags.push({ key, values: values(term, wanted) });
    else if (kindOf(term)) selector.kinds.push(knownKind(term));
    else selector.names.push(...list(term));
  }
  return selector;
}

/** What people write between terms elsewhere. */
const joiner = /^(and|or|not|&&|\|\|)$/i;

/** `app=shop,env=dev` would be two values of app, and mean more than was meant. */
function refuseRunTogether(term: string): void {
  const parts = term.split(',');
  if (parts.slice(1).some((part) => /^([a-z][\w.-]*=|(kind|region|compartment|name):)/i.test(part)))
    throw new Refusal(
      `"${term}" has a comma where a space belongs.`,
      `Write ${parts.join(' ')}; a comma stands between values of one thing: env=dev,test.`,
    );
  if (/^[^=:\s]+==/.test(term))
    throw new Refusal(`"${term}" has two equals signs.`, `Write ${term.replace('==', '=')}.`);
  if (joiner.test(term))
    throw new Refusal(
      `"${term}" is no word of a selector.`,
      'What stands side by side holds together: app=shop env=dev. Several values of one: env=dev,test.',
    );
}

function list(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((each) => each !== '');
}

function values(term: string, text: string | undefined): string[] {
  const found = list(text);
  if (found.length === 0)
    throw new Refusal(`"${term}" has no value.`, 'Write a tag as key=value, for example env=dev.');
  return found;
}

function knownKind(word: string): Kind {
  const kind = kindOf(word);
  if (!kind)
    throw new Refusal(
      `"${word}" is not a kind of resource I know.`,
      `Kinds: ${Object.keys(kinds).join(', ')}.`,
    );
  return kind;
}

/** Whether nothing narrows the selector, a name of stars neither: it means every resource there is. */
export function isEverything({ names, ...others }: Selector): boolean {
  const anyName = names.length === 0 || names.some((name) => /^\*+$/.test(name));
  return anyName && Object.values(others).every((terms) => terms.length === 0);
}

export function matches(selector: Selector, target: Target): boolean {
  const anyOf = <T>(terms: readonly T[], holds: (term: T) => boolean) =>
    terms.length === 0 || terms.some(holds);
  const named = selector.names.length + selector.ocids.length === 0;
  return (
    anyOf(selector.kinds, (kind) => kind === target.kind) &&
    anyOf(selector.regions, (region) => region.toLowerCase() === target.region) &&
    anyOf(selector.compartments, (path) => isWithin(target.compartment, path)) &&
    selector.tags.every(({ key, values }) => values.some((value) => hasTag(target, key, value))) &&
    (named ||
      selector.names.some((name) => like(name, target.name)) ||
      selector.ocids.some((ocid) => ocid.toLowerCase() === target.ocid.toLowerCase()))
  );
}

/** `shop` holds for `shop`, `shop/dev` and `apps/shop/dev`: a run of whole path segments, case ignored. */
export function isWithin(
  compartment: { readonly ocid: string; readonly path: string },
  wanted: string,
): boolean {
  if (wanted === compartment.ocid) return true;
  return `/${compartment.path}/`.toLowerCase().includes(`/${wanted.replace(/\/\*?$/, '').toLowerCase()}/`);
}

/** Keys and values ignore case, as Resource Search does. */
export function hasTag(target: Target, key: string, value: string): boolean {
  const wanted = key.toLowerCase();
  return Object.entries(target.tags).some(
    ([name, held]) => name.toLowerCase() === wanted && like(value, held),
  );
}

/**
 * Whether the text is the pattern, `*` standing for any run of characters. Case is ignored. Walks the
 * text once: a line of two thousand stars costs no more than one.
 */
export function like(pattern: string, text: string): boolean {
  const [first = '', ...parts] = pattern.toLowerCase().split('*');
  const whole = text.toLowerCase();
  const last = parts.pop();
  if (last === undefined) return first === whole;
  if (!whole.startsWith(first) || !whole.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = whole.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at + last.length <= whole.length;
}

/** The selector as a person would type it, in one order. */
export function showSelector(selector: Selector): string {
  const known = (names: readonly string[]) =>
    names.map((name) => (kindOf(name) || joiner.test(name) ? `name:${name}` : name));
  return [
    ...selector.kinds.map((kind) => `kind:${kind}`),
    ...known(selector.names),
    ...selector.ocids,
    ...selector.tags.map(({ key, values }) => `${key}=${values.join(',')}`),
    ...selector.regions.map((region) => `region:${region}`),
    ...selector.compartments.map((path) => `compartment:${path}`),
  ]
    .map(quoteWord)
    .join(' ');
}
