import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** What an instance does with datagrams, of all its ports: it says back what it hears. */
export class Echo {
  readonly #socket: Socket = createSocket('udp4');
  readonly #listening: Promise<number>;

  constructor() {
    this.#socket.on('message', (message, { address, port }) => this.#socket.send(message, port, address));
    this.#socket.on('error', () => undefined);
    this.#listening = this.#listen();
  }

  /** Its loopback port. */
  open(): Promise<number> {
    return this.#listening;
  }

  /** One that does not listen yet is closed once it does. */
  close(): void {
    void this.#listening.then(() => this.#socket.close());
  }

  async #listen(): Promise<number> {
    this.#socket.bind(0, '127.0.0.1');
    await once(this.#socket, 'listening');
    return this.#socket.address().port;
  }
}
