import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Chosen, Node } from './node.ts';
import { join } from './upgrade.ts';
import { portOf, type Way } from './way.ts';

/** A server for a TCP listener: each connection to one backend, for as long as it lasts. */
export function tcpListener(way: Way): Server {
  return createServer({ allowHalfOpen: false }, (socket) => {
    socket.on('error', () => socket.destroy());
    // nothing is read before there is somebody to read it
    socket.pause();
    serve(way, way.nextNode(), socket).catch(() => socket.destroy());
  });
}

async function serve(way: Way, node: Node, client: Socket): Promise<void> {
  const tried = new Set<string>();
  for (;;) {
    const set = way.set();
    const by = { client: client.remoteAddress ?? '127.0.0.1', tried, activeOf: way.activeOf };
    const chosen = set && node.choose(set, by);
    if (!chosen) break;
    const other = await reach(way, chosen);
    if (other) return carry(way, node, chosen, client, other);
    tried.add(chosen.name);
  }
  way.tally.answered(tried.size > 0 ? 502 : 503);
  client.destroy();
}

/** A connection is counted as one request of the status 200, for want of a better word. */
function carry(way: Way, node: Node, chosen: Chosen, client: Socket, other: Socket): void {
  const version = way.network.hostAt(chosen.backend.ipAddress)?.version ?? '-';
  way.tally.answered(200, { backend: chosen.name, version });
  join(way, client, other, node.take(chosen.name));
}

async function reach(way: Way, chosen: Chosen): Promise<Socket | undefined> {
  const port = await portOf(way, chosen.backend);
  if (port === undefined) return undefined;
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}
