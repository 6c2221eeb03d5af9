import type { Server as HttpServer } from 'node:http';
import type { Server, Socket } from 'node:net';
import type { Ports } from './ports.ts';
import type { Tally } from './tally.ts';

/** A listener of either kind of load balancer, and the loopback server that stands for it. */
export interface Open {
  readonly name: string;
  readonly isTcp: boolean;
  readonly server: Server | HttpServer;
  readonly tally: Tally;
  readonly ready: Promise<void>;
  /** Once it listens. */
  port: number | undefined;
  /** Of clients, now. */
  connections: number;
}

type Made = Pick<Open, 'server' | 'tally'>;

/** The open listeners of one load balancer. */
export class Listeners {
  readonly #ocid: string;
  readonly #ports: Ports;
  readonly #changed: () => void;
  readonly #open = new Map<string, Open>();

  /** @param changed is called when a listener has its address, or is gone */
  constructor(ocid: string, { ports, changed }: { readonly ports: Ports; changed(): void }) {
    this.#ocid = ocid;
    this.#ports = ports;
    this.#changed = changed;
  }

  get all(): readonly Open[] {
    return [...this.#open.values()];
  }

  /** Opens those that are new and closes those that are gone, or are of another protocol now. */
  follow(
    wanted: readonly Pick<Open, 'name' | 'isTcp'>[],
    make: (name: string, isTcp: boolean) => Made,
  ): void {
    const kept = (open: Open) => wanted.some(({ name, isTcp }) => name === open.name && isTcp === open.isTcp);
    for (const open of this.all) if (!kept(open)) this.#close(open);
    for (const { name, isTcp } of wanted)
      if (!this.#open.has(name)) this.#listen(name, isTcp, make(name, isTcp));
  }

  async ready(): Promise<void> {
    await Promise.all(this.all.map(({ ready }) => ready));
  }

  /** Those that are open, with all their connections. */
  cut(): void {
    for (const open of this.all) {
      this.#close(open);
      if ('closeAllConnections' in open.server) open.server.closeAllConnections();
    }
  }

  #listen(name: string, isTcp: boolean, { server, tally }: Made): void {
    const listening = this.#ports.listen(server, `${this.#ocid}/${name}`);
    const open: Open = {
      name,
      isTcp,
      server,
      tally,
      port: undefined,
      connections: 0,
      ready: listening.then((port) => {
        open.port = port;
        this.#changed();
      }),
    };
    this.#open.set(name, open);
    server.on('connection', (socket: Socket) => {
      open.connections += 1;
      socket.once('close', () => {
        open.connections -= 1;
      });
    });
  }

  /** What is under way ends by itself. */
  #close(open: Open): void {
    this.#open.delete(open.name);
    const close = () => {
      open.server.close();
      if ('closeIdleConnections' in open.server) open.server.closeIdleConnections();
    };
    // at once where it can be, so that another server may have the port
    if (open.port === undefined) void open.ready.then(close);
    else close();
    this.#changed();
  }
}
