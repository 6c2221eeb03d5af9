import { setTimeout as pause } from 'node:timers/promises';
import type { App, SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../../log.ts';
import { Socket } from './sockets.ts';

/**
 * Two sockets on one App: Slack gives each delivery to one of those that are open, so nothing is
 * missed while it recycles the other, as it does every few hours.
 */
export class Sockets {
  readonly #sockets: readonly [Socket, Socket];
  readonly #stopped = new AbortController();
  #second: Promise<void> = Promise.resolve();

  constructor(options: {
    readonly appToken: string;
    readonly apiUrl: string | undefined;
    readonly log: Log;
  }) {
    this.#sockets = [new Socket(options), new Socket(options)];
  }

  /** The receiver that the App is made with. */
  get first(): SocketModeReceiver {
    return this.#sockets[0].receiver;
  }

  get connected(): boolean {
    return this.#sockets.some((socket) => socket.connected);
  }

  /** Resolves when the first socket is open or being tried again; the second follows `stagger` ms later. */
  async start(app: App, stagger: number): Promise<void> {
    const [first, second] = this.#sockets;
    second.join(app);
    await first.start();
    this.#second = this.#follow(second, stagger);
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#second;
    await Promise.all(this.#sockets.map((socket) => socket.stop()));
  }

  async #follow(second: Socket, stagger: number): Promise<void> {
    const { signal } = this.#stopped;
    await pause(stagger, undefined, { signal }).catch(() => {});
    // a token that was good for the first is good for the second
    if (!signal.aborted) await second.start().catch(() => {});
  }
}
