import { z } from 'zod';
import { common } from './common.ts';

const tag = z.string().regex(/^\w[\w.-]{0,127}$/, 'letters, digits, dots and dashes');

const image = z.strictObject({
  /** The latest last; none for an image that lost its tags. */
  tags: z.array(tag),
  /** A date, or how long before the cloud began: `3d`, `2h`. */
  pushed: z.union([z.iso.datetime(), z.iso.date(), z.string().regex(/^\d+[mhd]$/, 'like 3d')]).default('7d'),
  /** `sha256:…`; made of the repository and the tags if absent. */
  digest: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, 'sha256: and 64 hex digits')
    .optional(),
});

/** Of Container Registry; its namespace is the tenancy's name. */
export const repository = z.strictObject({
  ...common,
  name: z.string().regex(/^[a-z0-9][a-z0-9._/{}-]*$/, 'small letters, digits, dots, dashes and slashes'),
  public: z.boolean().default(false),
  images: z.array(image).default([]),
});
