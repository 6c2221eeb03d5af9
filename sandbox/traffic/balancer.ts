import type { BackendSet, LoadBalancer } from '../oci/resources/resources.ts';
import { NODES } from './health.ts';
import { httpListener } from './http-listener.ts';
import { Listeners, type Open } from './listeners.ts';
import { Node } from './node.ts';
import type { Serving, Surroundings } from './serving.ts';
import { Tally } from './tally.ts';
import { tcpListener } from './tcp-listener.ts';
import type { Way } from './way.ts';

/** One load balancer at work: two nodes, and a loopback server for each listener. */
export class Balancer implements Serving {
  readonly ocid: string;
  readonly nodes: readonly Node[];
  readonly #of: Surroundings;
  readonly #listeners: Listeners;
  #turn = 0;

  constructor(ocid: string, surroundings: Surroundings) {
    this.ocid = ocid;
    this.#of = surroundings;
    this.#listeners = new Listeners(ocid, surroundings);
    this.nodes = NODES.map(
      (node) => new Node(node, (set, backend) => surroundings.health.isWell(ocid, set, backend, node)),
    );
  }

  get record(): LoadBalancer | undefined {
    const found = this.#of.store.find(this.ocid);
    return found?.type === 'LoadBalancer' && found.lifecycleState === 'ACTIVE' ? found : undefined;
  }

  get listeners(): readonly Open[] {
    return this.#listeners.all;
  }

  follow(): void {
    const listeners = Object.values(this.record?.listeners ?? {});
    const wanted = listeners.map(({ name, protocol }) => ({ name, scheme: schemeOf(protocol) }));
    this.#listeners.follow(wanted, ({ name, scheme }) => {
      const tally = new Tally((status) => this.#answered(name, status));
      const way = this.#way(name, tally);
      return { tally, server: scheme === 'tcp' ? tcpListener(way) : httpListener(way) };
    });
    const sets = Object.values(this.record?.backendSets ?? {});
    for (const node of this.nodes) node.keep(sets);
  }

  reset(): void {
    this.#turn = 0;
    for (const node of this.nodes) node.reset();
  }

  active(backend: string): number {
    return this.nodes.reduce((sum, node) => sum + node.active(backend), 0);
  }

  async ready(): Promise<void> {
    await this.#listeners.ready();
  }

  close(): void {
    this.#listeners.cut();
    for (const node of this.nodes) node.close();
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

const schemeOf = (protocol: string): 'tcp' | 'http' => (protocol === 'TCP' ? 'tcp' : 'http');
