import { type IncomingMessage, request as open } from 'node:http';
import type { Duplex } from 'node:stream';
import { toBackend } from './headers.ts';
import type { Chosen, Node } from './node.ts';
import { idleTimeoutOf, portOf, type Way } from './way.ts';

/** Passes a request to change the protocol on, and then whatever either side says, as WebSockets want it. */
export async function passUpgrade(
  way: Way,
  node: Node,
  chosen: Chosen,
  client: { readonly request: IncomingMessage; readonly socket: Duplex; readonly head: Buffer },
): Promise<'over' | 'refused'> {
  const port = await portOf(way, chosen.backend);
  if (port === undefined) return 'refused';
  const { request, socket, head } = client;
  const release = node.take(chosen.name);
  const { upgrade = '' } = request.headers;
  const upstream = open({
    host: '127.0.0.1',
    port,
    method: request.method,
    path: request.url,
    headers: [...toBackend(request, way.listener()?.port ?? 80), 'Connection', 'Upgrade', 'Upgrade', upgrade],
  });
  const refuse = (status: string) => {
    release();
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  };
  upstream.on('upgrade', (answer, other, first) => {
    way.tally.answered(101, { backend: chosen.name, version: '-' });
    socket.write(statusLine(answer));
    if (first.length > 0) socket.write(first);
    if (head.length > 0) other.write(head);
    join(way, socket, other, release);
  });
  // a backend that does not want to
  upstream.on('response', ({ statusCode = 502, statusMessage = '' }) => {
    way.tally.answered(statusCode, { backend: chosen.name, version: '-' });
    refuse(`${statusCode} ${statusMessage}`);
  });
  upstream.on('error', () => {
    way.tally.answered(502, { backend: chosen.name, version: '-' });
    refuse('502 Bad Gateway');
  });
  upstream.end();
  return 'over';
}

/** Two connections as one, until either ends or nothing is heard for too long. */
export function join(way: Way, client: Duplex, other: Duplex, ended: () => void): void {
  const cut = () => {
    client.destroy();
    other.destroy();
  };
  const idle = way.deadlines.add(idleTimeoutOf(way), cut);
  for (const [from, to] of [
    [client, other],
    [other, client],
  ] as const) {
    from.on('data', idle.touch);
    from.on('error', cut);
    from.on('close', () => {
      idle.cancel();
      to.end();
      ended();
    });
    from.pipe(to);
  }
}

function statusLine({ statusCode = 101, statusMessage = '', rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
