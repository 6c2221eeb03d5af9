import {
  Agent,
  createServer,
  type IncomingMessage,
  request as open,
  type Server,
  type ServerResponse,
} from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { withoutHops } from './headers.ts';

/** The loopback port that stands for an address of the cloud; undefined when nothing listens there. */
export type Route = (ip: string, port: number) => Promise<number | undefined>;

/**
 * A forward proxy by which addresses of the cloud can be reached: `GET http://10.0.1.7:8080/healthz` and
 * CONNECT. It leads nowhere else.
 */
export function forwardProxy(route: Route): { readonly server: Server; close(): void } {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    serve(route, agent, request, response).catch(() => response.destroy());
  });
  server.on('connect', (request, socket, head) => {
    tunnel(route, request, socket, head).catch(() => socket.destroy());
  });
  return {
    server,
    close: () => {
      server.close();
      server.closeAllConnections();
      agent.destroy();
    },
  };
}

async function serve(
  route: Route,
  agent: Agent,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined;
  if (url?.protocol !== 'http:')
    return refuse(
      response,
      400,
      'Ask this proxy for http://ADDRESS:PORT/PATH, an address of the sandbox cloud.',
    );
  const port = await route(url.hostname, Number(url.port || 80));
  if (port === undefined)
    return refuse(response, 502, `Nothing listens at ${url.host} in the sandbox cloud.`);
  const upstream = open({
    host: '127.0.0.1',
    port,
    agent,
    method: request.method,
    path: `${url.pathname}${url.search}`,
    headers: withoutHops(request.rawHeaders),
  });
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, withoutHops(answer.rawHeaders));
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, `The connection to ${url.host} was cut.`);
  });
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

async function tunnel(route: Route, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  socket.on('error', () => socket.destroy());
  const [, ip = '', to = ''] = /^([\d.]+):(\d+)$/.exec(request.url ?? '') ?? [];
  const port = await route(ip, Number(to));
  if (port === undefined) {
    socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const other = connect(port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) other.write(head);
    other.pipe(socket);
    socket.pipe(other);
  });
  other.on('error', () => socket.destroy());
  socket.on('close', () => other.destroy());
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${sentence}\n`);
}
