import { like } from '../selector.ts';
import type { Tags } from '../target.ts';
import type { Finder } from './app.ts';

/** Which instances belong to an app. Case is ignored, as in selectors. */

/** The tag of what runs once for an app and is none of its instances. */
export const hookTag = 'lamplighter-hook-of';

export interface Findable {
  readonly name: string;
  /** Freeform tags by their key, defined tags as `Namespace.Key`. */
  readonly tags: Tags;
  readonly state: string;
}

export function finds(
  { name, tags, states }: Finder,
  { name: called, tags: held, state }: Findable,
): boolean {
  return (
    (states.length === 0 || states.includes(state)) &&
    (name === undefined || like(name, called)) &&
    Object.entries(tags).every(([key, value]) => {
      const own = tagOf(held, key);
      return own !== undefined && like(value, own);
    })
  );
}

/** Whether there could be an instance that both find. */
export function mayShare(one: Finder, other: Finder): boolean {
  const names = one.name === undefined || other.name === undefined || meet(one.name, other.name);
  const states =
    one.states.length === 0 ||
    other.states.length === 0 ||
    one.states.some((state) => other.states.includes(state));
  const tags = Object.entries(one.tags).every(([key, value]) => {
    const wanted = tagOf(other.tags, key);
    return wanted === undefined || meet(value, wanted);
  });
  return names && states && tags;
}

/**
 * A name that the finder finds: its first `*` is the suffix, with a dash where it would run into a word, and its others are
 * nothing.
 */
export function nameFor({ name }: Pick<Finder, 'name'>, app: string, suffix: string): string {
  if (name === undefined || /^\*+$/.test(name)) return `${app}-${suffix}`;
  const [before = '', ...rest] = name.split('*');
  if (rest.length === 0) return name;
  const after = rest.join('');
  const isWord = /^[\p{L}\p{N}]$/u;
  return [
    before,
    isWord.test(before.slice(-1)) ? '-' : '',
    suffix,
    isWord.test(after.slice(0, 1)) ? '-' : '',
    after,
  ].join('');
}

function tagOf(tags: Tags, key: string): string | undefined {
  const wanted = key.toLowerCase();
  return Object.entries(tags).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

/** Whether some text is like both patterns: each cell of the table says so of the rests that begin there. */
function meet(one: string, other: string): boolean {
  const [first, second] = [one.toLowerCase(), other.toLowerCase()];
  let below: readonly boolean[] = [];
  for (let row = first.length; row >= 0; row--) {
    const cells: boolean[] = [];
    for (let column = second.length; column >= 0; column--) {
      const [a, b] = [first[row], second[column]];
      const ends = a === undefined && b === undefined;
      const star = a === '*' || b === '*';
      const skips = star && ((below[column] ?? false) || (cells[column + 1] ?? false));
      const steps = a !== undefined && a === b && (below[column + 1] ?? false);
      cells[column] = ends || skips || steps;
    }
    below = cells;
  }
  return below[0] ?? false;
}
