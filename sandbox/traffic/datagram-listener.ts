import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { DatagramFlow } from './datagram-flow.ts';
import type { Deadline } from './deadlines.ts';
import type { Heading } from './flow-choice.ts';
import type { FlowWay } from './flow-listener.ts';

type DatagramWay = Pick<FlowWay, 'choose' | 'tally' | 'versionOf'> & {
  /** The loopback port where the backend hears datagrams; undefined when it does not. */
  portOf(heading: Heading): Promise<number | undefined>;
  idle(ends: () => void): Deadline;
};

/** A server for a listener that lets UDP through: all datagrams from one port of a client to one backend. */
export class DatagramListener {
  readonly #way: DatagramWay;
  readonly #socket: Socket = createSocket('udp4');
  readonly #flows = new Map<string, DatagramFlow>();

  constructor(way: DatagramWay) {
    this.#way = way;
    this.#socket.on('error', () => undefined);
    this.#socket.on('message', (message, { address, port }) => void this.#pass(message, address, port));
  }

  get flows(): readonly DatagramFlow[] {
    return [...this.#flows.values()];
  }

  /** Answers the port. @throws Error when it is taken */
  async listen(port: number): Promise<number> {
    this.#socket.bind(port, '127.0.0.1');
    await once(this.#socket, 'listening');
    return this.#socket.address().port;
  }

  close(): void {
    for (const flow of this.flows) flow.end();
    this.#socket.close();
  }

  /** What nobody is there for is lost. */
  async #pass(message: Buffer, client: string, clientPort: number): Promise<void> {
    const flow = this.#flowOf(client, clientPort);
    if (flow) flow.send(message, await this.#way.portOf(flow.heading));
  }

  #flowOf(client: string, clientPort: number): DatagramFlow | undefined {
    const key = `${client}:${clientPort}`;
    const known = this.#flows.get(key);
    if (known) return known;
    const heading = this.#way.choose({ client, clientPort });
    this.#way.tally.answered(
      heading ? 200 : 503,
      heading && { backend: heading.backend.name, version: this.#way.versionOf(heading) },
    );
    if (!heading) return undefined;
    const flow = new DatagramFlow(heading, {
      reply: (message) => this.#socket.send(message, clientPort, client),
      ended: () => this.#flows.delete(key),
      idle: this.#way.idle,
    });
    this.#flows.set(key, flow);
    return flow;
  }
}
