import type { Server as HttpServer } from 'node:http';
import type { Server, Socket } from 'node:net';
import type { BackendSet, Listener, LoadBalancer } from '../oci/resources.ts';
import type { Store } from '../oci/store.ts';
import type { Deadlines } from './deadlines.ts';
import { type Health, NODES } from './health.ts';
import { httpListener } from './http-listener.ts';
import type { Network } from './network.ts';
import { Node } from './node.ts';
import type { Ports } from './ports.ts';
import { Tally } from './tally.ts';
import { tcpListener } from './tcp-listener.ts';
import type { Way } from './way.ts';

/** What all load balancers share. */
export interface Surroundings {
  readonly store: Store;
  readonly network: Network;
  readonly deadlines: Deadlines;
  readonly health: Health;
  readonly ports: Ports;
  reachedDeleted(): void;
  /** A client was answered: Monitoring is told. */
  answered(
    balancer: LoadBalancer,
    part: { readonly backendSet?: string; readonly listener: string },
    status: number,
  ): void;
  /** A listener has its address now, or is gone. */
  changed(): void;
}

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

/** One load balancer at work: two nodes, and a loopback server for each listener. */
export class Balancer {
  readonly ocid: string;
  readonly nodes: readonly Node[];
  readonly #of: Surroundings;
  readonly #open = new Map<string, Open>();
  #turn = 0;

  constructor(ocid: string, surroundings: Surroundings) {
    this.ocid = ocid;
    this.#of = surroundings;
    this.nodes = NODES.map(
      (node) => new Node(node, (set, backend) => surroundings.health.isWell(ocid, set, backend, node)),
    );
  }

  /** Undefined when it does not exist or does not serve. */
  get record(): LoadBalancer | undefined {
    const found = this.#of.store.find(this.ocid);
    return found?.type === 'LoadBalancer' && found.lifecycleState === 'ACTIVE' ? found : undefined;
  }

  get listeners(): readonly Open[] {
    return [...this.#open.values()];
  }

  /** Takes up what it is made of now. */
  follow(): void {
    const listeners = this.record?.listeners ?? {};
    for (const open of this.listeners) if (isTcp(listeners[open.name]) !== open.isTcp) this.#close(open);
    for (const listener of Object.values(listeners))
      if (!this.#open.has(listener.name)) this.#listen(listener);
    const sets = Object.values(this.record?.backendSets ?? {});
    for (const node of this.nodes) node.keep(sets);
  }

  /** As it was when it was made; connections stay. */
  reset(): void {
    this.#turn = 0;
    for (const node of this.nodes) node.reset();
  }

  active(backend: string): number {
    return this.nodes.reduce((sum, node) => sum + node.active(backend), 0);
  }

  async ready(): Promise<void> {
    await Promise.all(this.listeners.map(({ ready }) => ready));
  }

  /** Everything is cut. */
  close(): void {
    for (const open of this.listeners) {
      this.#close(open);
      if ('closeAllConnections' in open.server) open.server.closeAllConnections();
    }
    for (const node of this.nodes) node.close();
  }

  #listen({ name, protocol }: Listener): void {
    const tally = new Tally((status) => this.#answered(name, status));
    const way = this.#way(name, tally);
    const server = protocol === 'TCP' ? tcpListener(way) : httpListener(way);
    const listening = this.#of.ports.listen(server, `${this.ocid}/${name}`);
    const open: Open = {
      name,
      isTcp: protocol === 'TCP',
      server,
      tally,
      port: undefined,
      connections: 0,
      ready: listening.then((port) => {
        open.port = port;
        this.#of.changed();
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
    this.#of.changed();
  }

  #answered(listener: string, status: number): void {
    const { record } = this;
    const backendSet = record?.listeners[listener]?.defaultBackendSetName;
    if (record) this.#of.answered(record, { listener, ...(backendSet ? { backendSet } : {}) }, status);
  }

  #way(name: string, tally: Tally): Way {
    const { network, deadlines, reachedDeleted } = this.#of;
    const listener = () => this.record?.listeners[name];
    return {
      network,
      deadlines,
      tally,
      reachedDeleted,
      listener,
      set: (): BackendSet | undefined => {
        const set = listener()?.defaultBackendSetName;
        return set === undefined ? undefined : this.record?.backendSets[set];
      },
      nextNode: () => {
        this.#turn += 1;
        const node = this.nodes[this.#turn % this.nodes.length] ?? this.nodes[0];
        if (!node) throw new Error('a load balancer has nodes');
        return node;
      },
      activeOf: (backend) => this.active(backend),
    };
  }
}

/** Undefined for none. */
function isTcp(listener: Listener | undefined): boolean | undefined {
  return listener && listener.protocol === 'TCP';
}
