import type { Socket } from 'node:net';
import type {
  NetworkBackend,
  NetworkBackendSet,
  NetworkLoadBalancer,
} from '../oci/network-balancer-resources.ts';
import { Flow } from './flow.ts';
import { chooseFor, doBackupsRule, type Ends, nodeOf } from './flow-choice.ts';
import { type FlowWay, flowListener, type Heading } from './flow-listener.ts';
import { NODES } from './health.ts';
import { Listeners, type Open } from './listeners.ts';
import type { Serving, Surroundings } from './serving.ts';
import { Tally } from './tally.ts';
import { portOf } from './way.ts';

/** It goes on while it is changed. */
const serves = new Set(['ACTIVE', 'UPDATING']);
/** How long a flow of TCP may rest where the listener does not say, in s. */
const USUAL_IDLE = 360;

/** One network load balancer at work: its flows, and a loopback server for each listener that lets TCP through. */
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
    const wanted = Object.values(this.record?.listeners ?? {}).filter(({ protocol }) => protocol !== 'UDP');
    this.#listeners.follow(
      wanted.map(({ name }) => ({ name, isTcp: true })),
      (name) => {
        // Monitoring counts no requests of it
        const tally = new Tally(() => undefined);
        return { tally, server: flowListener(this.#way(name, tally)) };
      },
    );
    this.judge();
  }

  judge(): void {
    for (const set of Object.values(this.record?.backendSets ?? {})) {
      const isWell = (backend: string) => NODES.some((node) => this.#isWell(set, backend, node));
      if (doBackupsRule(set, isWell, this.backupsRule(set.name))) this.#turned.add(set.name);
      else this.#turned.delete(set.name);
    }
    for (const flow of [...this.#flows]) this.#judge(flow);
  }

  backupsRule(set: string): boolean {
    return this.#turned.has(set);
  }

  reset(): void {
    this.#turned.clear();
  }

  active(backend: string): number {
    return [...this.#flows].filter((flow) => flow.backend === backend).length;
  }

  async ready(): Promise<void> {
    await this.#listeners.ready();
  }

  close(): void {
    this.#listeners.cut();
    for (const flow of this.#flows) flow.reset();
  }

  /** Flows stay where they are, unless that is gone or offline, or the set moves them on as soon as it is unwell. */
  #judge(flow: Flow): void {
    const set = this.record?.backendSets[flow.set];
    const backend = set?.backends.find(({ name }) => name === flow.backend);
    if (!set || !this.record?.listeners[flow.listener] || !backend || backend.isOffline) flow.reset();
    else if (set.isInstantFailoverEnabled && this.#isBetterElsewhere(set, flow))
      if (set.isInstantFailoverTcpResetEnabled) flow.reset();
      else flow.estrange();
  }

  #isBetterElsewhere(set: NetworkBackendSet, { backend, node }: Flow): boolean {
    const isWell = (each: NetworkBackend) => !each.isOffline && this.#isWell(set, each.name, node);
    return !this.#isWell(set, backend, node) && set.backends.some(isWell);
  }

  #isWell(set: NetworkBackendSet, backend: string, node: number): boolean {
    return this.#of.health.isWell(this.ocid, set.name, backend, node);
  }

  #way(name: string, tally: Tally): FlowWay {
    return {
      tally,
      choose: (from) => this.#choose(name, from),
      portOf: (heading) => portOf(this.#of, { ...heading.backend, port: this.#portAt(name, heading) }),
      versionOf: ({ backend }) => this.#of.network.hostAt(backend.ipAddress)?.version ?? '-',
      carry: (heading, ends) => this.#carry(name, heading, ends),
    };
  }

  #choose(name: string, from: Pick<Ends, 'client' | 'clientPort'>): Heading | undefined {
    const { record } = this;
    const listener = record?.listeners[name];
    const set = listener && record?.backendSets[listener.defaultBackendSetName];
    if (!record || !set) return undefined;
    const ends: Ends = { protocol: 'TCP', ...from, address: record.ipAddress, port: listener.port };
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
    { set, node, backend }: Heading,
    ends: { readonly client: Socket; readonly other: Socket },
  ): void {
    const { deadlines, network, reachedDeleted } = this.#of;
    const isGoing = () => network.hostAt(backend.ipAddress)?.isGoing ?? false;
    const flow = new Flow({ listener, set, backend: backend.name, node }, ends);
    // who went there when it began has counted already
    let isCounted = isGoing();
    this.#flows.add(flow);
    flow.begin({
      deadlines,
      idle: (this.record?.listeners[listener]?.tcpIdleTimeout ?? USUAL_IDLE) * 1_000,
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
