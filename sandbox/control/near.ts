import { distance } from 'fastest-levenshtein';
import type { Hono } from 'hono';

/** Every route of the control API as `POST /control/clock`, parameters as `{name}`, each once. */
export function routesOf(app: Hono): string[] {
  const routes = app.routes
    .filter(
      ({ method, path }) => method !== 'ALL' && !path.includes('*') && !path.startsWith('/control/control'),
    )
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
  return [...new Set(routes)].sort();
}

/** The three routes that look most like what was asked. */
export function nearest(asked: string, routes: readonly string[]): string[] {
  return routes
    .map((route) => ({ route, far: distance(asked, route) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ route }) => route);
}
