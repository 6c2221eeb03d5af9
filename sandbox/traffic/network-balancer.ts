import type { Socket } from 'node:net';
import type {
  NetworkBackend,
  NetworkBackendSet,
  NetworkLoadBalancer,
} from '../oci/resources/network-balancers.ts';
import { DatagramListener } from './datagram-listener.ts';
import { Flow } from './flow.ts';
import { chooseFor, doBackupsRule, type Ends, type Heading, nodeOf } from './flow-choice.ts';
import { type FlowWay, flowListener } from './flow-listener.ts';
import { NODES } from './health.ts';
import { Listeners, type Open } from './listeners.ts';
import type { Serving, Surroundings } from './serving.ts';
import { Tally } from './tally.ts';
import { portOf } from './way.ts';

/** It goes on while it is changed. */
const serves = new Set(['ACTIVE', 'UPDATING']);
/** How long a flow may rest where the listener does not say, in s. Source: docs.oracle.com, configure-idle-timeout.htm. */
const idle = { tcp: 360, udp: 120 };

/** One network load balancer at work: its flows, and a loopback server for each listener, two where it lets TCP and UDP through. */
export class NetworkBalancer implements Serving {
  readonly ocid: string;
  readonly #of: Surroundings;
  readonly #listeners: Listeners;
  readonly #flows = new Set<Flow>();
  /** Sets whose backups have taken over. */
  readonly #turned = new Set<string>();

  constructor(ocid: string, surroundings: Surroundings) {
    this.ocid = ocid;
    this.#of = surroundings;
    this.#listeners = new Listeners(ocid, surroundings);
  }

  get record(): NetworkLoadBalancer | undefined {
    const found = this.#of.store.find(this.ocid);
    return found?.type === 'NetworkLoadBalancer' && serves.has(found.lifecycleState) ? found : undefined;
  }

  get listeners(): readonly Open[] {
    return this.#listeners.all;
  }

  follow(): void {
    const wanted = Object.values(this.record?.listeners ?? {}).flatMap(({ name, protocol }) =>
      schemesOf(protocol).map((scheme) => ({ name, scheme })),
    );
    this.#listeners.follow(wanted, ({ name, scheme }) => {
      // Monitoring counts no requests of it
      const tally = new Tally(() => undefined);
      const server = scheme === 'udp' ? this.#datagrams(name, tally) : flowListener(this.#way(name, tally));
      return { tally, server };
    });
    this.judge();
  }

  judge(): void {
    for (const set of Object.values(this.record?.backendSets ?? {})) {
      const isWell = (backend: string) => NODES.some((node) => this.#isWell(set, backend, node));
      if (doBackupsRule(set, isWell, this.backupsRule(set.name))) this.#turned.add(set.name);
      else this.#turned.delete(set.name);
    }
    for (const flow of [...this.#flows]) this.#judge(flow);
    for (const { name, server } of this.listeners)
      if (server instanceof DatagramListener)
        for (const flow of server.flows) if (this.#verdict(name, flow.heading) !== 'stay') flow.end();
  }

  backupsRule(set: string): boolean {
    return this.#turned.has(set);
  }

  reset(): void {
    this.#turned.clear();
  }

  active(backend: string): number {
    const datagrams = this.listeners.flatMap(({ server }) =>
      server instanceof DatagramListener ? server.flows : [],
    );
    return [...this.#flows, ...datagrams].filter(({ heading }) => heading.backend.name === backend).length;
  }

  async ready(): Promise<void> {
    await this.#listeners.ready();
  }

  close(): void {
    this.#listeners.cut();
    for (const flow of this.#flows) flow.reset();
  }

  #judge(flow: Flow): void {
    const verdict = this.#verdict(flow.listener, flow.heading);
    if (verdict === 'reset') flow.reset();
    if (verdict === 'estrange') flow.estrange();
  }

  /** Flows stay where they are, unless that is gone or offline, or the set moves them on as soon as it is unwell. */
  #verdict(listener: string, { set: name, node, backend: chosen }: Heading): 'stay' | 'reset' | 'estrange' {
    const set = this.record?.backendSets[name];
    const backend = set?.backends.find((each) => each.name === chosen.name);
    if (!set || !this.record?.listeners[listener] || !backend || backend.isOffline) return 'reset';
    const isWell = (each: NetworkBackend) => !each.isOffline && this.#isWell(set, each.name, node);
    if (!set.isInstantFailoverEnabled || isWell(backend) || !set.backends.some(isWell)) return 'stay';
    return set.isInstantFailoverTcpResetEnabled ? 'reset' : 'estrange';
  }

  #isWell(set: NetworkBackendSet, backend: string, node: number): boolean {
    return this.#of.health.isWell(this.ocid, set.name, backend, node);
  }

  #way(name: string, tally: Tally): FlowWay {
    return {
      tally,
      choose: (from) => this.#choose(name, { protocol: 'TCP', ...from }),
      portOf: (heading) => portOf(this.#of, { ...heading.backend, port: this.#portAt(name, heading) }),
      versionOf: (heading) => this.#versionOf(heading),
      carry: (heading, ends) => this.#carry(name, heading, ends),
    };
  }

  #datagrams(name: string, tally: Tally): DatagramListener {
    const { deadlines, network, reachedDeleted } = this.#of;
    return new DatagramListener({
      tally,
      choose: (from) => this.#choose(name, { protocol: 'UDP', ...from }),
      portOf: async (heading) => {
        const host = network.hostAt(heading.backend.ipAddress);
        if (host?.isGoing) reachedDeleted();
        return host?.datagramPortFor(this.#portAt(name, heading));
      },
      versionOf: (heading) => this.#versionOf(heading),
      idle: (ends) => deadlines.add((this.record?.listeners[name]?.udpIdleTimeout ?? idle.udp) * 1_000, ends),
    });
  }

  #versionOf({ backend }: Heading): string {
    return this.#of.network.hostAt(backend.ipAddress)?.version ?? '-';
  }

  #choose(name: string, from: Omit<Ends, 'address' | 'port'>): Heading | undefined {
    const { record } = this;
    const listener = record?.listeners[name];
    const set = listener && record?.backendSets[listener.defaultBackendSetName];
    if (!record || !set) return undefined;
    const ends: Ends = { ...from, address: record.ipAddress, port: listener.port };
    const node = nodeOf(ends, NODES.length);
    const isWell = (backend: string) => this.#isWell(set, backend, node);
    const backend = chooseFor(ends, set, { isWell, backupsRule: this.backupsRule(set.name) });
    return backend && { set: set.name, node, backend };
  }

  /**
   * A backend of port 0 gets each flow at the port that the client asked for. Of a listener for all ports that is not
   * known here, since one loopback server stands for them all: the port of the health checks is taken.
   */
  #portAt(name: string, { set, backend }: Heading): number {
    const { listeners = {}, backendSets = {} } = this.record ?? {};
    return backend.port || listeners[name]?.port || backendSets[set]?.healthChecker.port || 80;
  }

  #carry(
    listener: string,
    heading: Heading,
    ends: { readonly client: Socket; readonly other: Socket },
  ): void {
    const { deadlines, network, reachedDeleted } = this.#of;
    const isGoing = () => network.hostAt(heading.backend.ipAddress)?.isGoing ?? false;
    const flow = new Flow(listener, heading, ends);
    // who went there when it began has counted already
    let isCounted = isGoing();
    this.#flows.add(flow);
    flow.begin({
      deadlines,
      idle: (this.record?.listeners[listener]?.tcpIdleTimeout ?? idle.tcp) * 1_000,
      heard: () => {
        if (isCounted || !isGoing()) return;
        isCounted = true;
        reachedDeleted();
      },
      ended: () => this.#flows.delete(flow),
    });
    this.#judge(flow);
  }
}

function schemesOf(protocol: string): readonly ('tcp' | 'udp')[] {
  if (protocol === 'TCP') return ['tcp'];
  return protocol === 'UDP' ? ['udp'] : ['tcp', 'udp'];
}
