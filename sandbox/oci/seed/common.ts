import { z } from 'zod';

export const freeform = z.record(z.string(), z.coerce.string()).default({});
export const defined = z.record(z.string(), z.record(z.string(), z.coerce.string())).default({});
export const name = z.string().min(1).max(255);

/** What every resource of a seed has. */
export const common = {
  /** `{n}` stands for the number, when there is a count. */
  name,
  region: z.string(),
  compartment: z.string(),
  tags: freeform,
  defined,
  /** This many of them, to make a crowd. */
  count: z.int().min(1).max(10_000).default(1),
};
