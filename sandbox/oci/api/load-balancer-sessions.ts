import { z } from 'zod';
import { invalid } from '../errors.ts';
import type { BackendSet } from '../resources/resources.ts';

/** The name that the load balancer's own cookie has unless told otherwise; also the one it adds to the application's. */
export const ROUTE_COOKIE = 'X-Oracle-BMC-LBS-Route';

/** How requests of one session find the same backend, in the details of a backend set. */
export const persistence = {
  sessionPersistenceConfiguration: z
    .object({ cookieName: z.string().min(1), disableFallback: z.boolean().default(false) })
    .nullish(),
  lbCookieSessionPersistenceConfiguration: z
    .object({
      cookieName: z.string().min(1).default(ROUTE_COOKIE),
      disableFallback: z.boolean().default(false),
      domain: z.string().optional(),
      path: z.string().default('/'),
      maxAgeInSeconds: z.int().min(1).optional(),
      isSecure: z.boolean().default(false),
      isHttpOnly: z.boolean().default(true),
    })
    .nullish(),
};

type Persistence = Pick<
  BackendSet,
  'sessionPersistenceConfiguration' | 'lbCookieSessionPersistenceConfiguration'
>;

/** @throws OciError 400 for both kinds at once. */
export function persistenceFrom(details: z.infer<z.ZodObject<typeof persistence>>): Persistence {
  const { sessionPersistenceConfiguration: app, lbCookieSessionPersistenceConfiguration: own } = details;
  if (app && own)
    throw invalid(
      'sessionPersistenceConfiguration and lbCookieSessionPersistenceConfiguration exclude each other.',
    );
  return {
    ...(app && { sessionPersistenceConfiguration: app }),
    ...(own && { lbCookieSessionPersistenceConfiguration: own }),
  };
}

export function persistenceView(set: BackendSet): object {
  const { sessionPersistenceConfiguration: app, lbCookieSessionPersistenceConfiguration: own } = set;
  return {
    sessionPersistenceConfiguration: app ?? null,
    lbCookieSessionPersistenceConfiguration: own
      ? {
          ...own,
          domain: own.domain ?? null,
          maxAgeInSeconds: own.maxAgeInSeconds ?? null,
        }
      : null,
  };
}
