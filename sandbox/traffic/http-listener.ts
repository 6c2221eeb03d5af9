import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { forward } from './forward.ts';
import { clientOf } from './headers.ts';
import type { Node } from './node.ts';
import { reasonOf, sayPage } from './pages.ts';
import { askedRoute, mayFallBack } from './sessions.ts';
import { passUpgrade } from './upgrade.ts';
import type { Way } from './way.ts';

/** How long the service keeps a client's idle connection. */
const KEPT_ALIVE = 65_000;
/** How often a kept connection to a backend may turn out to be closed already, in one request. */
const MOST_STALE = 3;

/** A server for the listener: each request to one of the backends, by whichever node has the connection. */
export function httpListener(way: Way): Server {
  const nodes = new WeakMap<object, Node>();
  const nodeOf = ({ socket }: IncomingMessage): Node => {
    const known = nodes.get(socket);
    if (known) return known;
    const node = way.nextNode();
    nodes.set(socket, node);
    return node;
  };
  const server = createServer((request, response) => {
    serve(way, nodeOf(request), request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = KEPT_ALIVE;
  server.on('upgrade', (request, socket, head) => {
    upgrade(way, nodeOf(request), { request, socket, head }).catch(() => socket.destroy());
  });
  return server;
}

/** Another backend is asked only where the one before has been sent nothing. */
async function serve(
  way: Way,
  node: Node,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const tried = new Set<string>();
  for (let stale = 0; stale < MOST_STALE; ) {
    const set = way.set();
    const route = set && askedRoute(set, request.headers.cookie);
    const chosen = set && node.choose(set, choice(way, request, tried, route, mayFallBack(set)));
    if (!set || !chosen) break;
    const outcome = await forward({ way, node, set, chosen, route, request, response });
    if (outcome === 'over') return;
    if (outcome === 'refused') tried.add(chosen.name);
    else stale += 1;
  }
  const status = statusOf(way, request, tried);
  way.tally.answered(status);
  sayPage(response, status);
}

/** Whoever was asked could not be reached, or there was nobody to ask. */
function statusOf(way: Way, { headers }: IncomingMessage, tried: ReadonlySet<string>): 502 | 503 {
  const set = way.set();
  const isBound = set && askedRoute(set, headers.cookie) !== undefined && !mayFallBack(set);
  return tried.size > 0 || isBound ? 502 : 503;
}

async function upgrade(
  way: Way,
  node: Node,
  client: { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer },
): Promise<void> {
  client.socket.on('error', () => client.socket.destroy());
  const tried = new Set<string>();
  for (;;) {
    const set = way.set();
    const route = set && askedRoute(set, client.request.headers.cookie);
    const chosen = set && node.choose(set, choice(way, client.request, tried, route, mayFallBack(set)));
    if (!chosen) break;
    if ((await passUpgrade(way, node, chosen, client)) === 'over') return;
    tried.add(chosen.name);
  }
  const status = statusOf(way, client.request, tried);
  way.tally.answered(status);
  client.socket.end(
    `HTTP/1.1 ${status} ${reasonOf(status)}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  );
}

function choice(
  way: Way,
  request: IncomingMessage,
  tried: ReadonlySet<string>,
  route: string | undefined,
  mayLeave: boolean,
) {
  return { client: clientOf(request), tried, activeOf: way.activeOf, route, mayLeave };
}
