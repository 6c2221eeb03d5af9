import { z } from 'zod';
import { common } from './common.ts';

/** Of a vault, which is there by being named. */
export const secretShape = z.strictObject({
  ...common,
  vault: z.string().min(1).default('vault'),
  /** Text; clients get it as base64. */
  content: z.string(),
  /** What it was before the last rotation. */
  previous: z.string().optional(),
});
