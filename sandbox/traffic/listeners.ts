import type { Server as HttpServer } from 'node:http';
import type { Server, Socket } from 'node:net';
import { DatagramListener } from './datagram-listener.ts';
import type { Ports } from './ports.ts';
import type { Tally } from './tally.ts';

/** A listener of either kind of load balancer, and the loopback server that stands for it; two where it lets both through. */
export interface Open {
  readonly name: string;
  readonly scheme: 'http' | 'tcp' | 'udp';
  readonly server: Server | HttpServer | DatagramListener;
  readonly tally: Tally;
  readonly ready: Promise<void>;
  /** Once it listens. */
  port: number | undefined;
  /** Of clients, now; flows of datagrams. */
  connections(): number;
}

type Wanted = Pick<Open, 'name' | 'scheme'>;
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
  follow(wanted: readonly Wanted[], make: (one: Wanted) => Made): void {
    const keys = new Set(wanted.map(keyOf));
    for (const open of this.all) if (!keys.has(keyOf(open))) this.#close(open);
    for (const one of wanted) if (!this.#open.has(keyOf(one))) this.#listen(one, make(one));
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

  #listen({ name, scheme }: Wanted, { server, tally }: Made): void {
    const key = `${this.#ocid}/${name}`;
    const listening = this.#ports.listen(server, scheme === 'udp' ? `${key}/udp` : key);
    const open: Open = {
      name,
      scheme,
      server,
      tally,
      port: undefined,
      connections: countOf(server),
      ready: listening.then((port) => {
        open.port = port;
        this.#changed();
      }),
    };
    this.#open.set(keyOf(open), open);
  }

  /** What is under way ends by itself. */
  #close(open: Open): void {
    this.#open.delete(keyOf(open));
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

const keyOf = ({ name, scheme }: Wanted): string => `${name} ${scheme}`;

function countOf(server: Open['server']): () => number {
  if (server instanceof DatagramListener) return () => server.flows.length;
  let count = 0;
  server.on('connection', (socket: Socket) => {
    count += 1;
    socket.once('close', () => {
      count -= 1;
    });
  });
  return () => count;
}
