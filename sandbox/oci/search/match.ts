import type { DefinedTags, FreeformTags } from '../resources/common.ts';
import { BadQuery, type Comparison, type Condition, type Operator, type Query } from './query.ts';

/** What the index holds of a resource. */
export interface Indexed {
  readonly resourceType: string;
  readonly identifier: string;
  readonly compartmentId: string;
  readonly displayName: string;
  readonly lifecycleState: string;
  readonly timeCreated: string;
  readonly availabilityDomain: string | undefined;
  readonly region: string | undefined;
  readonly freeformTags: FreeformTags;
  readonly definedTags: DefinedTags;
  readonly additionalDetails: Readonly<Record<string, string>>;
}

type Tag = Readonly<Record<string, string>>;

const fields = {
  resourcetype: (of: Indexed) => of.resourceType,
  identifier: (of: Indexed) => of.identifier,
  id: (of: Indexed) => of.identifier,
  compartmentid: (of: Indexed) => of.compartmentId,
  displayname: (of: Indexed) => of.displayName,
  name: (of: Indexed) => of.displayName,
  lifecyclestate: (of: Indexed) => of.lifecycleState,
  timecreated: (of: Indexed) => of.timeCreated,
  availabilitydomain: (of: Indexed) => of.availabilityDomain,
  region: (of: Indexed) => of.region,
} as const;

const tagFields: Readonly<Record<string, { list: 'freeform' | 'defined'; part: string }>> = {
  'freeformtags.key': { list: 'freeform', part: 'key' },
  'freeformtags.value': { list: 'freeform', part: 'value' },
  'definedtags.namespace': { list: 'defined', part: 'namespace' },
  'definedtags.key': { list: 'defined', part: 'key' },
  'definedtags.value': { list: 'defined', part: 'value' },
};

/** The fields that every type has, as ListResourceTypes names them. */
export const queryable: readonly string[] = [
  'identifier',
  'compartmentId',
  'displayName',
  'lifecycleState',
  'timeCreated',
  'availabilityDomain',
  'region',
];

/** The value of a plain field. @throws BadQuery when there is no such field. */
export function fieldOf(of: Indexed, field: string): string {
  return reader(field)(of) ?? '';
}

function reader(field: string): (of: Indexed) => string | undefined {
  const read = Object.entries(fields).find(([name]) => name === field)?.[1];
  if (!read) throw new BadQuery(`The field ${field} cannot be queried.`);
  return read;
}

/** @throws BadQuery for a field that the index does not have, also where nothing would be compared. */
export function checkFields({ where, sort }: Query): void {
  const check = (condition: Condition): void => {
    if ('any' in condition) condition.any.forEach(check);
    else if ('all' in condition) condition.all.forEach(check);
    else if (!tagFields[condition.field]) reader(condition.field);
  };
  if (where) check(where);
  if (sort) reader(sort.field);
}

/**
 * Whether the resource fulfils the condition. Comparisons of tags that stand side by side in one
 * conjunction speak of one and the same tag, so that `(freeformTags.key = 'env' && freeformTags.value
 * = 'dev')` does not hold for `env=prod tier=dev`.
 */
export function holds(condition: Condition, of: Indexed): boolean {
  if ('any' in condition) return condition.any.some((part) => holds(part, of));
  if (!('all' in condition)) return conjunction([condition], of);
  return conjunction(condition.all, of);
}

function conjunction(parts: readonly Condition[], of: Indexed): boolean {
  const tags: Record<'freeform' | 'defined', Comparison[]> = { freeform: [], defined: [] };
  for (const part of parts) {
    const tag = 'field' in part ? tagFields[part.field] : undefined;
    if (tag && 'field' in part) tags[tag.list].push(part);
    else if ('field' in part) {
      if (!compare(fieldOf(of, part.field), part.operator, part.value)) return false;
    } else if (!holds(part, of)) return false;
  }
  return tagHolds(tags.freeform, freeform(of)) && tagHolds(tags.defined, defined(of));
}

/** That one tag fulfils all of it; a lone "is not" means that no tag is so. */
function tagHolds(comparisons: readonly Comparison[], tags: readonly Tag[]): boolean {
  if (comparisons.length === 0) return true;
  const fits = (tag: Tag) =>
    comparisons.every(({ field, operator, value }) =>
      compare(tag[tagFields[field]?.part ?? ''] ?? '', operator, value),
    );
  return comparisons.every(({ operator }) => operator.startsWith('!')) ? tags.every(fits) : tags.some(fits);
}

function freeform({ freeformTags }: Indexed): Tag[] {
  return Object.entries(freeformTags).map(([key, value]) => ({ key, value }));
}

function defined({ definedTags }: Indexed): Tag[] {
  return Object.entries(definedTags).flatMap(([namespace, tags]) =>
    Object.entries(tags).map(([key, value]) => ({ namespace, key, value })),
  );
}

function compare(held: string, operator: Operator, wanted: string): boolean {
  const a = held.toLowerCase();
  const b = wanted.toLowerCase();
  switch (operator) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '==':
      return held === wanted;
    case '!==':
      return held !== wanted;
    case '=~':
      return a.includes(b);
    case '!=~':
      return !a.includes(b);
    default:
      return ordered(a, operator, b);
  }
}

/** Times by when they are, numbers by size, everything else by the alphabet. */
function ordered(a: string, operator: '>' | '<' | '>=' | '<=', b: string): boolean {
  const rank = (value: string) => (/^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number(value));
  const [left, right] = [rank(a), rank(b)];
  const difference = Number.isNaN(left) || Number.isNaN(right) ? (a < b ? -1 : a > b ? 1 : 0) : left - right;
  if (operator === '>') return difference > 0;
  if (operator === '<') return difference < 0;
  return operator === '>=' ? difference >= 0 : difference <= 0;
}

/** Whether any field holds every one of the words, as free-text search and `matching` mean it. */
export function mentions(of: Indexed, words: string): boolean {
  const all = [
    ...Object.values(fields).map((read) => read(of) ?? ''),
    ...freeform(of).flatMap((tag) => Object.values(tag)),
    ...defined(of).flatMap((tag) => Object.values(tag)),
    ...Object.values(of.additionalDetails),
  ].map((value) => value.toLowerCase());
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return wanted.every((word) => all.some((value) => value.includes(word)));
}
