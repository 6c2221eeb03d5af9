import { createSocket, type Socket } from 'node:dgram';
import type { Deadline } from './deadlines.ts';
import type { Heading } from './flow-choice.ts';

/** What one client sends from one port, and what comes back; it ends when nothing is heard for long enough. */
export class DatagramFlow {
  readonly heading: Heading;
  readonly #other: Socket = createSocket('udp4');
  readonly #ended: () => void;
  #idle: Deadline | undefined;
  #isOver = false;

  constructor(
    heading: Heading,
    on: { reply(message: Buffer): void; ended(): void; idle(ends: () => void): Deadline },
  ) {
    this.heading = heading;
    this.#ended = on.ended;
    this.#idle = on.idle(() => this.end());
    this.#other.on('message', (message) => {
      this.#idle?.touch();
      on.reply(message);
    });
    // nobody is there: it is lost, as datagrams are
    this.#other.on('error', () => undefined);
  }

  /** @param port undefined when nothing listens there: it is lost */
  send(message: Buffer, port: number | undefined): void {
    if (this.#isOver) return;
    this.#idle?.touch();
    if (port !== undefined) this.#other.send(message, port, '127.0.0.1', () => undefined);
  }

  /** The client's next datagram begins another one. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#idle?.cancel();
    this.#other.close();
    this.#ended();
  }
}
