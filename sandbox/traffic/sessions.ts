import { createHash } from 'node:crypto';
import { ROUTE_COOKIE } from '../oci/api/load-balancer-sessions.ts';
import type { BackendSet } from '../oci/resources/resources.ts';

/** What stands for a backend in a cookie: opaque, the same on every node and after a restart. */
export const routeOf = (set: string, backend: string): string =>
  createHash('sha256').update(`${set}\0${backend}`).digest('hex').slice(0, 32);

/** The route that the client's cookie asks for; undefined when the set knows no sessions or the client none. */
export function askedRoute(set: BackendSet, cookies: string | undefined): string | undefined {
  const name = cookieNameOf(set);
  if (name === undefined || cookies === undefined) return undefined;
  for (const part of cookies.split(';')) {
    const at = part.indexOf('=');
    if (part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

/** Whether a session whose backend is not there may go elsewhere. */
export function mayFallBack(set: BackendSet): boolean {
  const { sessionPersistenceConfiguration: app, lbCookieSessionPersistenceConfiguration: own } = set;
  return !(app ?? own)?.disableFallback;
}

/**
 * The cookie that the load balancer adds to the answer of a backend, if any: its own whenever the session
 * is not there already, the application's when that has set one.
 */
export function routeCookie(
  set: BackendSet,
  backend: string,
  asked: string | undefined,
  setCookies: readonly string[],
): string | undefined {
  const { sessionPersistenceConfiguration: app, lbCookieSessionPersistenceConfiguration: own } = set;
  const route = routeOf(set.name, backend);
  if (own) return asked === route ? undefined : ownCookie(own, route);
  const isMeant = (cookie: string) =>
    app?.cookieName === '*' || cookie.split('=')[0]?.trim() === app?.cookieName;
  return app && setCookies.some(isMeant) ? `${ROUTE_COOKIE}=${route}; Path=/; HttpOnly` : undefined;
}

function cookieNameOf(set: BackendSet): string | undefined {
  if (set.lbCookieSessionPersistenceConfiguration)
    return set.lbCookieSessionPersistenceConfiguration.cookieName;
  return set.sessionPersistenceConfiguration && ROUTE_COOKIE;
}

function ownCookie(
  {
    cookieName,
    domain,
    path,
    maxAgeInSeconds,
    isSecure,
    isHttpOnly,
  }: NonNullable<BackendSet['lbCookieSessionPersistenceConfiguration']>,
  route: string,
): string {
  return [
    `${cookieName}=${route}`,
    domain && `Domain=${domain}`,
    `Path=${path}`,
    maxAgeInSeconds !== undefined && `Max-Age=${maxAgeInSeconds}`,
    isSecure && 'Secure',
    isHttpOnly && 'HttpOnly',
  ]
    .filter(Boolean)
    .join('; ');
}
