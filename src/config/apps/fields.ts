import { z } from 'zod';
import { readThreshold } from '../../core/deploy/threshold.ts';
import { duration, readAs, text, whole } from '../reading/fields.ts';
import { policyNamePattern } from '../reading/ids.ts';

/** What settings of apps have in common. */

/** The documentation hangs on the schema, so that each setting has one of its own. */
export const plainName = () => text('a name of letters, digits and hyphens', policyNamePattern);

export const port = () => whole(1, 65535);

/** Whole seconds as OCI counts them, written `30s` or `5m`. */
export function seconds(min: string, max: string) {
  return duration(min, max)
    .refine((ms) => ms % 1000 === 0, { error: 'a duration of whole seconds such as 30s' })
    .transform((ms) => ms / 1000);
}

/** A number with decimals. */
export function amount(min: number, max: number, of: string) {
  const error = `${of}, a number from ${min} to ${max}`;
  return z.number({ error }).min(min, { error }).max(max, { error });
}

export function ocidOf(type: string, what: string) {
  return text(`the OCID of ${what}, ocid1.${type}.…`, new RegExp(`^ocid1\\.${type}\\.\\S+$`));
}

const quoted = 'Numbers, true and false have to stand in quotes';

export const texts = z.array(z.string({ error: `a text. ${quoted}` }), {
  error: `a list of texts. ${quoted}`,
});

export const tags = z.record(z.string(), z.string({ error: `a text. ${quoted}` }), {
  error: 'a mapping of tag keys to values, such as {team: shop}',
});

export const threshold = readAs('a threshold such as "< 1", ">= 99.5" or "== 0"', readThreshold);
