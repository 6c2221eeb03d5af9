import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Ends, Heading } from './flow-choice.ts';
import type { Tally } from './tally.ts';

/** What a listener needs to know of its network load balancer, always as it is now. */
export interface FlowWay {
  readonly tally: Tally;
  /** Undefined when there is nobody. */
  choose(from: Pick<Ends, 'client' | 'clientPort'>): Heading | undefined;
  /** The loopback port that stands for the backend; undefined when nothing takes connections there. */
  portOf(heading: Heading): Promise<number | undefined>;
  /** What its instance says of itself. */
  versionOf(heading: Heading): string;
  carry(heading: Heading, ends: { readonly client: Socket; readonly other: Socket }): void;
}

/**
 * A server for a listener that lets TCP through. The real one passes packets on and ends no connection itself: a flow
 * goes to the backend that it hashes to, also when that does not take it, and is told so by a reset. Flows are counted
 * as requests of the status 200, 502 when the backend does not take them and 503 when there is nobody.
 */
export function flowListener(way: FlowWay): Server {
  return createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    client.on('error', () => client.destroy());
    begin(way, client).catch(() => client.resetAndDestroy());
  });
}

async function begin(way: FlowWay, client: Socket): Promise<void> {
  const { remoteAddress = '127.0.0.1', remotePort = 0 } = client;
  const heading = way.choose({ client: remoteAddress, clientPort: remotePort });
  if (!heading) {
    way.tally.answered(503);
    client.resetAndDestroy();
    return;
  }
  const other = await reach(await way.portOf(heading));
  way.tally.answered(other ? 200 : 502, { backend: heading.backend.name, version: way.versionOf(heading) });
  if (!other) client.resetAndDestroy();
  else if (client.destroyed) other.resetAndDestroy();
  else way.carry(heading, { client, other });
}

function reach(port: number | undefined): Promise<Socket | undefined> {
  if (port === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => resolve(socket));
    socket.on('error', () => {
      socket.destroy();
      resolve(undefined);
    });
  });
}
