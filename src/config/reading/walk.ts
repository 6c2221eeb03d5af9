import { z } from 'zod';
import { longForms } from './fields.ts';

/** The schema without what makes it optional or gives it a default; of several forms the one with keys. */
export function bare(schema: z.core.$ZodType): z.core.$ZodType {
  const long = longForms.get(schema);
  if (long) return bare(long);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return bare(schema.unwrap());
  return schema instanceof z.ZodPipe ? bare(schema.in) : schema;
}

/** The keys that a mapping, or each of a list, may have; undefined where any key may stand. */
export function keysOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> | undefined {
  const inner = bare(schema);
  if (inner instanceof z.ZodArray) return keysOf(inner.element);
  return inner instanceof z.ZodObject ? inner.shape : undefined;
}

/** The schema of what stands at the path, as far as the path is known to the schema. */
export function schemaAt(
  schema: z.core.$ZodType | undefined,
  path: readonly PropertyKey[],
): z.core.$ZodType | undefined {
  const [key, ...rest] = path;
  if (!schema || key === undefined) return schema;
  const inner = bare(schema);
  if (inner instanceof z.ZodObject) return schemaAt(inner.shape[String(key)], rest);
  if (inner instanceof z.ZodArray) return schemaAt(inner.element, typeof key === 'number' ? rest : path);
  return inner instanceof z.ZodRecord ? schemaAt(inner.valueType, rest) : undefined;
}
