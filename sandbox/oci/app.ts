import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { apiVersions, type Route } from './call.ts';
import type { Cloud } from './cloud.ts';
import { type Answer, Exchange } from './exchange.ts';
import { routes } from './routes.ts';

type Env = { Bindings: HttpBindings };

/** The whole API: `/{region}/{service}/{version}/…` for every route. */
export function ociApp(cloud: Cloud): Hono<Env> {
  // Some clients end collections with a slash: `/instances/`.
  const app = new Hono<Env>({ strict: false });
  const serve = async (context: Context<Env>, of: { route?: Route; allowed?: readonly string[] } = {}) => {
    const { incoming } = context.env;
    const exchange = new Exchange(cloud, {
      method: incoming.method ?? 'GET',
      target: incoming.url ?? '/',
      headers: context.req.raw.headers,
      params: context.req.param(),
      ...of,
    });
    const answer = await exchange.answer(async () => Buffer.from(await context.req.arrayBuffer()));
    return send(context, answer);
  };
  for (const route of routes) app.on(route.method, pathOf(route), (context) => serve(context, { route }));
  for (const [path, allowed] of methods()) app.all(path, (context) => serve(context, { allowed }));
  app.all('*', (context) => serve(context));
  return app;
}

/** What each path is served for. */
function methods(): Map<string, string[]> {
  const byPath = new Map<string, string[]>();
  for (const route of routes) byPath.set(pathOf(route), [...(byPath.get(pathOf(route)) ?? []), route.method]);
  return byPath;
}

/** As Hono writes it: `/:region/core/20160918/instances/:instanceId`. Some paths have their version in them. */
export function pathOf({ service, path }: Route): string {
  const version = `/${apiVersions[service]}`;
  return `/:region/${service}${path.startsWith(version) ? '' : version}${path.replace(/\{(\w+)\}/g, ':$1')}`;
}

/** Writes the answer, or resets the connection when there is to be none. */
function send(context: Context<Env>, answer: Answer): Response {
  if (answer === 'dropped') {
    context.env.incoming.socket.resetAndDestroy();
    return RESPONSE_ALREADY_SENT;
  }
  const { status, headers, body } = answer;
  const isText = typeof body === 'string';
  const type = isText ? 'text/plain; charset=utf-8' : 'application/json';
  const content = body === undefined ? null : isText ? body : JSON.stringify(body);
  return new Response(content, {
    status,
    headers: { ...headers, ...(content !== null && { 'content-type': type }) },
  });
}
