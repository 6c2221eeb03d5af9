import { type ClientRequest, type IncomingMessage, request as open, type ServerResponse } from 'node:http';
import type { BackendSet } from '../oci/resources/resources.ts';
import { hasBody, toBackend, withoutHops } from './headers.ts';
import type { Chosen, Node } from './node.ts';
import { sayPage } from './pages.ts';
import { routeCookie } from './sessions.ts';
import { idleTimeoutOf, portOf, type Way } from './way.ts';

/**
 * What became of one attempt. `refused`: nothing was sent, another backend may be asked. `stale`: a kept
 * connection had been closed by the other side, the same may be asked on a new one. `over`: the client has
 * an answer, or is gone.
 */
export type Outcome = 'over' | 'refused' | 'stale';

export interface Attempt {
  readonly way: Way;
  readonly node: Node;
  readonly set: BackendSet;
  readonly chosen: Chosen;
  /** The route of the client's cookie. */
  readonly route: string | undefined;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Sends the client's request to the backend and its answer to the client. */
export async function forward(attempt: Attempt): Promise<Outcome> {
  const { way, node, chosen } = attempt;
  const release = node.take(chosen.name);
  try {
    const port = await portOf(way, chosen.backend);
    return port === undefined ? 'refused' : await exchange(attempt, port);
  } finally {
    release();
  }
}

function exchange(attempt: Attempt, port: number): Promise<Outcome> {
  const { way, node, chosen, request, response } = attempt;
  return new Promise((resolve) => {
    const upstream = open({
      host: '127.0.0.1',
      port,
      agent: node.agent(chosen.name),
      method: request.method,
      path: request.url,
      headers: toBackend(request, way.listener()?.port ?? 80),
    });
    const idle = way.deadlines.add(idleTimeoutOf(way), () => late(attempt, upstream, end));
    const leave = () => {
      if (!response.writableFinished) upstream.destroy();
    };
    const end = (outcome: Outcome) => {
      idle.cancel();
      response.off('close', leave);
      resolve(outcome);
    };
    response.once('close', leave);
    upstream.on('socket', (socket) => {
      const send = () => sendBody(request, upstream, idle.touch);
      if (socket.connecting) socket.once('connect', send);
      else send();
    });
    upstream.on('response', (answer) => relay(attempt, answer, idle.touch, end));
    upstream.on('error', (error) => end(failed(attempt, upstream, error)));
  });
}

/** Only once there is a connection: until then another backend can still be asked. */
function sendBody(request: IncomingMessage, upstream: ClientRequest, heard: () => void): void {
  if (!hasBody(request)) {
    upstream.end();
    return;
  }
  request.on('data', heard);
  request.pipe(upstream);
}

function relay(
  { way, chosen, set, route, response }: Attempt,
  answer: IncomingMessage,
  heard: () => void,
  end: (outcome: Outcome) => void,
): void {
  const { statusCode = 502, statusMessage = '', headers, rawHeaders } = answer;
  const cookie = routeCookie(set, chosen.name, route, headers['set-cookie'] ?? []);
  const all = withoutHops(rawHeaders);
  response.writeHead(statusCode, statusMessage, cookie ? [...all, 'Set-Cookie', cookie] : all);
  const version = headers['x-version'];
  const by = { backend: chosen.name, version: typeof version === 'string' ? version : '-' };
  way.tally.answered(statusCode, by);
  answer.on('data', heard);
  answer.on('error', () => undefined);
  answer.on('close', () => {
    if (!answer.complete && !response.destroyed) {
      way.tally.cut(chosen.name);
      response.destroy();
    }
    end('over');
  });
  answer.pipe(response);
}

/** The backend has not been heard of for too long. */
function late({ way, chosen, response }: Attempt, upstream: ClientRequest, end: (outcome: Outcome) => void) {
  if (response.headersSent) {
    way.tally.cut(chosen.name);
    response.destroy();
  } else {
    sayPage(response, 504);
    way.tally.answered(504, { backend: chosen.name, version: '-' });
  }
  end('over');
  upstream.destroy();
}

/** What an attempt that came to nothing is; where nobody else may be asked, the client is told. */
function failed(
  { way, chosen, request, response }: Attempt,
  { reusedSocket }: ClientRequest,
  { code = '' }: NodeJS.ErrnoException,
): Outcome {
  // the client has gone, or its answer has begun and its end is told by `relay`
  if (response.destroyed || response.headersSent) return 'over';
  if (code === 'ECONNREFUSED') return 'refused';
  const isClosed = ['ECONNRESET', 'EPIPE'].includes(code);
  if (reusedSocket && isClosed && !hasBody(request) && isRepeatable(request)) return 'stale';
  sayPage(response, 502);
  way.tally.answered(502, { backend: chosen.name, version: '-' });
  return 'over';
}

const isRepeatable = ({ method = 'GET' }: IncomingMessage): boolean =>
  ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE'].includes(method);
