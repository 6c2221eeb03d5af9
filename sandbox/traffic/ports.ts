import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { DatagramListener } from './datagram-listener.ts';

/** Loopback ports by what they are for, the same after a restart where they are free. */
export class Ports {
  readonly #given: Map<string, number>;

  constructor(before: Readonly<Record<string, number>> = {}) {
    this.#given = new Map(Object.entries(before));
  }

  view(): Record<string, number> {
    return Object.fromEntries(this.#given);
  }

  /** Listens on loopback; answers the port. */
  async listen(server: Server | DatagramListener, key: string): Promise<number> {
    const before = this.#given.get(key) ?? 0;
    const port = await listen(server, before).catch(() => listen(server, 0));
    this.#given.set(key, port);
    return port;
  }
}

async function listen(server: Server | DatagramListener, port: number): Promise<number> {
  if (server instanceof DatagramListener) return server.listen(port);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
