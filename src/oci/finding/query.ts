import type { Selector } from '../../core/selector.ts';

/**
 * A Resource Search query that finds at least what the selector means. Narrowing that the language
 * cannot be trusted with is left out: the exact filter runs over the answer anyway. Pure.
 * Source: docs.oracle.com, Search/Concepts/querysyntax.htm.
 */
export interface SearchTerms {
  /** Names that Search gives to resource types, at least one. */
  readonly types: readonly string[];
  readonly selector: Pick<Selector, 'names' | 'tags'>;
  /** OCIDs of compartments, any of which; undefined for all. */
  readonly compartments: readonly string[] | undefined;
}

/** Search has no limit of terms that is documented; more than this are not worth sending. */
const mostCompartments = 50;

export function searchQuery({ types, selector, compartments }: SearchTerms): string {
  const wanted = compartments && compartments.length <= mostCompartments ? compartments : [];
  const conditions = [
    "lifecycleState != 'TERMINATED'",
    "lifecycleState != 'DELETED'",
    anyOf(wanted.map((ocid) => equals('compartmentId', ocid))),
    anyOf(selector.names.map(named)),
    ...selector.tags.map(({ key, values }) => anyOf(values.map((value) => tagged(key, value)))),
  ].filter((condition) => condition !== undefined);
  return `query ${types.join(', ')} resources where ${conditions.join(' && ')}`;
}

type Condition = string | undefined;

/** One that cannot be said makes the whole alternative unsaid: the answer may be too much, never too little. */
function anyOf(conditions: readonly Condition[]): Condition {
  const said = conditions.filter((each) => each !== undefined);
  if (said.length === 0 || said.length < conditions.length) return undefined;
  return said.length === 1 ? said[0] : `(${said.join(' || ')})`;
}

function named(name: string): Condition {
  if (!name.includes('*')) return equals('displayName', name);
  const longest = name.split('*').reduce((a, b) => (b.length > a.length ? b : a), '');
  return longest && isPlain(longest) ? `displayName =~ '${longest}'` : undefined;
}

/** A freeform tag, or a defined one when the key has a namespace: `Operations.CostCenter`. */
function tagged(key: string, value: string): Condition {
  const freeform = allOf([tagTerm('freeformTags.key', key), tagTerm('freeformTags.value', value)]);
  const [namespace = '', ...rest] = key.split('.');
  if (rest.length === 0) return freeform;
  const defined = allOf([
    tagTerm('definedTags.namespace', namespace),
    tagTerm('definedTags.key', rest.join('.')),
    tagTerm('definedTags.value', value),
  ]);
  return anyOf([freeform, defined]);
}

/** The value `*` narrows nothing, and needs no term. */
function tagTerm(field: string, value: string): Condition {
  return value.includes('*') ? undefined : equals(field, value);
}

/** What can be said of it; terms that cannot are left out, which widens. */
function allOf(conditions: readonly Condition[]): Condition {
  const said = conditions.filter((each) => each !== undefined);
  return said.length > 0 ? `(${said.join(' && ')})` : undefined;
}

function equals(field: string, value: string): Condition {
  return isPlain(value) ? `${field} = '${value}'` : undefined;
}

/**
 * Whether the text means itself between quotes. How the language escapes a quote or a backslash is not
 * documented, so that what has one never gets there; nor do wildcards and line breaks.
 */
export function isPlain(text: string): boolean {
  return /^[\p{L}\p{N} ._:/@+,()#~-]{1,255}$/u.test(text);
}
