import type { z } from 'zod';
import { nearest } from '../../core/suggest.ts';
import { stopped, unstopped } from '../../core/text.ts';
import { Violation } from './violation.ts';
import { keysOf, schemaAt } from './walk.ts';
import type { Path, Source } from './yaml.ts';

export interface Checked<T> {
  /** Absent when there are violations. */
  readonly value?: T;
  readonly violations: readonly Violation[];
}

/** Holds a source against the schema. Every violation is reported. */
export function check<S extends z.ZodType>(schema: S, source: Source): Checked<z.output<S>> {
  if (source.faults.length > 0) return { violations: source.faults };
  const value = isFree(source.key) ? source.value : withoutExtensions(source.value);
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data, violations: [] };
  const written = source.written === undefined ? value : source.written;
  const violations = parsed.error.issues
    .flatMap((issue) => sentences(schema, written, issue))
    .map(({ path, sentence }) => violationAt(source, path, sentence));
  return { violations };
}

export function violationAt(source: Source, path: Path, sentence: string): Violation {
  return new Violation({ file: source.file, ...source.locate(path), path, sentence });
}

type Found = { readonly path: Path; readonly sentence: string };

function sentences(schema: z.ZodType, value: unknown, issue: z.core.$ZodIssue): Found[] {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(keysOf(schemaAt(schema, issue.path) ?? schema) ?? {});
    return issue.keys.map((key) => ({ path: [...issue.path, key], sentence: unknownKey(key, known) }));
  }
  if (issue.code === 'custom' && issue.params?.sentence)
    return [{ path: issue.path, sentence: unstopped(issue.message) }];
  const held = valueAt(value, issue.path);
  const instead = held === undefined ? 'is missing; it should be' : 'should be';
  const but =
    held === undefined || (typeof held === 'object' && held !== null) ? '' : `, but is ${show(held)}`;
  const options = issue.code === 'invalid_value' ? issue.values.map(String) : [];
  const meant = typeof held === 'string' ? nearest(held, options, 1)[0] : undefined;
  const hint = meant ? `; did you mean ${meant}?` : '';
  const [expected = '', ...help] = issue.message.split(/(?<=\w\)?)\. /);
  const said = [`${instead} ${expected}${but}${hint}`, ...help];
  return [{ path: issue.path, sentence: unstopped(said.map(stopped).join(' ')) }];
}

function unknownKey(key: string, known: readonly string[]): string {
  const meant = nearest(key, known, 1)[0];
  return `is not a setting; ${meant ? `did you mean ${meant}?` : `known here: ${known.join(', ')}`}`;
}

/** The value as a person recognises it; never long, never something that may be a secret. */
function show(value: unknown): string {
  if (value === null) return 'empty';
  const text = String(value);
  if (typeof value !== 'string') return text;
  if (/^(xox|xapp-|-----BEGIN)/.test(text)) return 'a secret, which must not stand in this file';
  return `"${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (holder, key) =>
      typeof holder === 'object' && holder !== null && Object.hasOwn(holder, key)
        ? (holder as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}

/** Mappings whose keys are data: an `x-` there is a tag, an argument or a file. */
const free: readonly unknown[] = ['tags', 'definedTags', 'arguments', 'env', 'files', 'pullSecrets'];

function isFree(key: unknown): boolean {
  return free.includes(key);
}

/** The value without `x-…` keys, which belong to the person who wrote the file (anchors, notes). */
export function withoutExtensions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExtensions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('x-'))
      .map(([key, member]) => [key, isFree(key) ? member : withoutExtensions(member)]),
  );
}
