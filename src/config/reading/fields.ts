import { z } from 'zod';
import { parseDuration, showDuration } from '../../core/duration.ts';

/** What the generated docs say of a setting. */
export interface About {
  /** What it does, in one or two sentences. */
  readonly means: string;
  /** As it would stand in the file. */
  readonly example?: string;
  /** What holds when it is left out, where that is not a plain default. */
  readonly otherwise?: string;
}

/** The documentation of each setting, keyed by its schema. */
export const abouts = z.registry<About>();

/**
 * A setting's error is what it should be: `one of socket, http`. The rest of the sentence, what it is
 * instead and where, is added once for all settings in violations.ts.
 */
type Expectation = string;

/** A mapping with fixed keys; any other key is refused. */
export function section<S extends z.ZodRawShape>(shape: S) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? undefined : 'a mapping of keys to values'),
  });
}

export function text(expected: Expectation, holds: RegExp | ((value: string) => boolean) = /\S/) {
  const test = typeof holds === 'function' ? holds : (value: string) => holds.test(value);
  return z.string({ error: expected }).refine(test, { error: expected });
}

export function choice<const V extends readonly [string, ...string[]]>(values: V) {
  return z.enum(values, { error: `one of ${values.join(', ')}` });
}

export function yesOrNo() {
  return z.boolean({ error: 'true or false' });
}

export function whole(min: number, max: number) {
  const error = `a whole number from ${min} to ${max}`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
}

/** Milliseconds, written `90s`, `15m`, `1h30m` or `2d`. */
export function duration(min: string, max: string) {
  const [least, most] = [parseDuration(min) ?? 0, parseDuration(max) ?? 0];
  const error = `a duration such as 15m or 1h30m, from ${showDuration(least)} to ${showDuration(most)}`;
  return z
    .string({ error })
    .refine((value) => within(parseDuration(value), least, most), { error })
    .transform((value) => parseDuration(value) ?? least);
}

/** At least one of something, each only once. */
export function several<T extends z.ZodType<string>>(item: T, expected: Expectation) {
  return z
    .array(item, { error: expected })
    .min(1, { error: `${expected}, at least one` })
    .refine((values) => new Set(values).size === values.length, {
      error: `${expected}, each only once`,
    });
}

/** One value or a list of them, always read as a list. */
export function oneOrMore<T extends z.ZodType<string>>(item: T, expected: Expectation) {
  return z
    .union([item, z.array(item).min(1, { error: expected })], { error: expected })
    .transform((given): readonly string[] => (Array.isArray(given) ? given : [given as string]));
}

/** A text that is read as something else; the problem is the sentence that says what is wrong with it. */
export function readAs<T extends object>(
  expected: Expectation,
  read: (value: string) => T | { readonly problem: string },
) {
  return text(expected).transform((value, context): T => {
    const found = read(value);
    if (!('problem' in found)) return found as T;
    context.addIssue({ code: 'custom', message: String(found.problem), params: { sentence: true } });
    return z.NEVER;
  });
}

/** Of a setting with several forms the one with keys, by its schema: what its keys are and mean. */
export const longForms = new WeakMap<z.core.$ZodType, z.core.$ZodType>();

interface Form<T> {
  readonly as: z.ZodType<T>;
  readonly value: unknown;
}

/**
 * A setting with several forms. Which one is meant is told by the value, so that what is wrong with it is said at
 * its own place; a value of no form should be what is expected.
 */
export function either<T>(
  long: z.ZodType,
  expected: Expectation,
  formOf: (value: unknown) => Form<T> | undefined,
) {
  const schema = z.unknown().transform((value, context): T => {
    const form = formOf(value);
    if (!form) {
      context.addIssue({ code: 'custom', message: expected, input: value });
      return z.NEVER;
    }
    const parsed = form.as.safeParse(form.value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues)
      context.issues.push({ ...issue, input: value } as z.core.$ZodRawIssue);
    return z.NEVER;
  });
  longForms.set(schema, long);
  return schema;
}

/** A mapping, or something shorter that stands for one. */
export function shortOr<T, I>(
  long: z.ZodType<T, I>,
  expected: Expectation,
  short: (value: unknown) => I | undefined,
) {
  return either<T>(long, expected, (value) => {
    const meant = isMapping(value) ? value : short(value);
    return meant === undefined ? undefined : { as: long, value: meant };
  });
}

/** One mapping or a list of them, always read as a list. */
export function oneOrSeveral<T>(item: z.ZodType<T>, expected: Expectation) {
  const list = z.array(item).min(1, { error: expected });
  return either<readonly T[]>(list, expected, (value) => {
    if (Array.isArray(value)) return { as: list, value };
    return isMapping(value) ? { as: item.transform((one) => [one]), value } : undefined;
  });
}

export function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function within(value: number | undefined, min: number, max: number): boolean {
  return value !== undefined && value >= min && value <= max;
}
