import type { models } from 'oci-containerinstances';
import { z } from 'zod';
import type { Checker } from '../../core/deploy/app.ts';
import { CloudError } from '../../core/fault.ts';
import type { Step } from '../../core/plan.ts';

const kind = z.enum(['load-balancer', 'network-load-balancer']);

const standing = z.object({
  weight: z.number(),
  backup: z.boolean(),
  drain: z.boolean(),
  offline: z.boolean(),
  maxConnections: z.number().optional(),
});

/** What keeps so many of the app's backends in traffic. */
const guard = z.object({
  minimum: z.number(),
  /** Names of its backends as there were before: `10.0.0.3:8080`. */
  own: z.array(z.string()),
  /** Names of the steps that make the new ones, and their port. */
  made: z.array(z.string()),
  port: z.number(),
});

const checker = z.custom<Checker>(
  (value) => typeof value === 'object' && value !== null && 'protocol' in value && 'interval' in value,
);

const details = z.custom<models.CreateContainerInstanceDetails>(
  (value) => typeof value === 'object' && value !== null && 'containers' in value,
);

const place = z.object({ kind, balancer: z.string(), in: z.string(), set: z.string() });

/** What the steps of a deploy carry, as src/core/deploy/steps.ts writes it. */
export const shapes = {
  place,
  /** A backend by its name, or by the port at the address of what was made. */
  backend: place.extend({ backend: z.string().optional(), port: z.number().optional() }),
  add: place.extend({ port: z.number(), standing }),
  set: place.extend({
    backend: z.string().optional(),
    port: z.number().optional(),
    change: standing.partial(),
    guard: guard.optional(),
    ifThere: z.boolean().optional(),
  }),
  remove: place.extend({
    backend: z.string().optional(),
    port: z.number().optional(),
    guard: guard.optional(),
  }),
  well: place.extend({
    backend: z.string().optional(),
    port: z.number().optional(),
    ok: z.number(),
    sure: z.number(),
  }),
  part: place.extend({ part: z.string() }),
  newSet: place.extend({ part: z.string(), made: z.object({ policy: z.string(), checker }) }),
  newListener: place.extend({
    part: z.string(),
    made: z.object({ port: z.number(), protocol: z.string() }),
  }),
  served: z.object({ places: z.array(place.extend(guard.shape)) }),
  wait: z.object({ ms: z.number() }),
  make: z.object({
    details,
    spots: z.array(z.object({ availabilityDomain: z.string(), faultDomain: z.string().optional() })).min(1),
    secrets: z.array(z.object({ container: z.number(), key: z.string(), ocid: z.string() })),
  }),
  check: z.object({
    /** A retirement has none. */
    image: z.string().optional(),
    digest: z.string().optional(),
    places: z.array(
      z.object({
        kind,
        balancer: z.string(),
        name: z.string(),
        set: z.string(),
        /** It is made by the deploy. */
        isMissing: z.boolean().optional(),
        backends: z.array(standing.extend({ name: z.string(), port: z.number() })),
      }),
    ),
  }),
} as const;

export type Guard = z.infer<typeof guard>;

/** What a step carries. Throws a CloudError 400 where a plan is not one that this version wrote, which fails the step. */
export function carried<S extends z.ZodType>(shape: S, step: Step): z.infer<S> {
  const read = shape.safeParse(step.with);
  if (read.success) return read.data;
  throw new CloudError({
    message: `The plan does not say what ${step.name} needs: ${read.error.issues[0]?.path.join('.')}.`,
    status: 400,
    code: 'InvalidParameter',
    operation: step.verb,
  });
}
