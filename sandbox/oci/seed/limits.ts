import { z } from 'zod';
import { limitDefinitions } from '../limit-definitions.ts';

/** A service limit, or the quota of a compartment and those below it, as seeds and the control API say it. */
export const limitShape = z
  .strictObject({
    service: z.enum([...new Set(limitDefinitions.map(({ service }) => service))]),
    name: z.string(),
    /** In all regions, or availability domains, if absent. */
    region: z.string().optional(),
    value: z.int().min(0),
    /** A path: then it is a quota. */
    compartment: z.string().optional(),
  })
  .refine(
    ({ service, name }) => limitDefinitions.some((each) => each.service === service && each.name === name),
    { path: ['name'], message: 'the service has no limit of that name' },
  );
export type SaidLimit = z.infer<typeof limitShape>;
