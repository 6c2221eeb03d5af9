import { z } from 'zod';
import { common, name } from './common.ts';

export const networkLoadBalancer = z.strictObject({
  ...common,
  private: z.boolean().default(false),
  /** `web-1:8080`: a resource of the same compartment by its name, or an address. */
  backendSets: z
    .record(
      z.string(),
      z.strictObject({
        policy: z.enum(['TWO_TUPLE', 'THREE_TUPLE', 'FIVE_TUPLE']).default('FIVE_TUPLE'),
        backends: z.array(z.string().regex(/^.+:\d{1,5}$/, 'like web-1:8080')).default([]),
        /** Without one the check is that a connection is taken. */
        checkPath: z.string().optional(),
        /** Of its health checker, in seconds; OCI's own if absent. */
        checkEvery: z.int().min(1).optional(),
        checkRetries: z.int().min(1).optional(),
      }),
    )
    .default({}),
  listeners: z
    .record(
      z.string(),
      z.strictObject({
        port: z.int().min(0).max(65_535),
        protocol: z.enum(['ANY', 'TCP', 'UDP', 'TCP_AND_UDP', 'L3IP']).default('TCP'),
        backendSet: name,
        /** How long a flow of TCP may rest, in seconds; OCI's own if absent. */
        idle: z.int().min(1).optional(),
      }),
    )
    .default({}),
});
