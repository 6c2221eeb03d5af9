import type { Hono } from 'hono';
import type { SandboxClock } from '../clock.ts';
import type { HealthSource } from '../oci/health-source.ts';
import { balancerSample } from '../oci/lbaas-metrics.ts';
import type { Metrics } from '../oci/metrics.ts';
import type { Type } from '../oci/resources/resources.ts';
import type { Change, Store } from '../oci/store.ts';
import { Balancer } from './balancer.ts';
import { trafficRoutes } from './control.ts';
import { Deadlines } from './deadlines.ts';
import { Health } from './health.ts';
import { Load, type LoadOptions } from './load.ts';
import { Network } from './network.ts';
import { NetworkBalancer } from './network-balancer.ts';
import { Ports } from './ports.ts';
import { forwardProxy } from './proxy.ts';
import { listenerSeen, urlOf } from './seen.ts';
import type { Serving, Surroundings } from './serving.ts';
import { metricsOf } from './tally.ts';

/** All that `GET /control/oci/traffic` tells. */
export type Seen = ReturnType<Traffic['seen']>;

/**
 * The data plane of the cloud: what runs in its instances answers HTTP, its load balancers listen on loopback
 * and pass requests on, and their health checks run. It follows the store and changes nothing in it.
 */
export class Traffic {
  readonly health: HealthSource;
  readonly control: Hono;
  readonly #store: Store;
  readonly #network: Network;
  readonly #deadlines: Deadlines;
  readonly #health: Health;
  readonly #ports: Ports;
  readonly #proxy = forwardProxy((ip, port) => this.#route(ip, port));
  readonly #surroundings: Surroundings;
  readonly #balancers = new Map<string, Serving>();
  readonly #unhook: (() => void)[] = [];
  readonly #clock: SandboxClock;
  #load: Load | undefined;
  #proxyPort = 0;
  #deleted = 0;

  /** @param ports what `ports` answered before */
  constructor(of: {
    store: Store;
    clock: SandboxClock;
    metrics: Metrics;
    ports?: Readonly<Record<string, number>>;
  }) {
    const { store, clock, metrics, ports } = of;
    this.#store = store;
    this.#clock = clock;
    this.#ports = new Ports(ports);
    this.#deadlines = new Deadlines(clock);
    this.#network = new Network({ store, clock, deadlines: this.#deadlines });
    this.#health = new Health(clock, this.#network, (ocid) => this.#balancers.get(ocid)?.judge?.());
    this.health = {
      of: (...about) => this.#health.of(...about),
      backupsRule: (ocid, set) => this.#balancers.get(ocid)?.backupsRule?.(set) ?? false,
    };
    this.control = trafficRoutes(this);
    this.#surroundings = {
      store,
      network: this.#network,
      deadlines: this.#deadlines,
      health: this.#health,
      ports: this.#ports,
      reachedDeleted: () => {
        this.#deleted += 1;
      },
      answered: (balancer, part, status) => {
        const at = clock.now();
        for (const name of metricsOf(status)) metrics.record(balancerSample(balancer, part, name, 1, at));
      },
      changed: () => this.#store.tell({ kind: 'traffic' }),
    };
  }

  /** Opens everything; to be called once the store is full and somebody lets it settle. */
  async start(): Promise<void> {
    this.#unhook.push(
      this.#store.onChange((change) => this.#follow(change)),
      this.#clock.onMove(() => this.#health.moved()),
    );
    this.#proxyPort = await this.#ports.listen(this.#proxy.server, 'proxy');
    this.#begin();
    await this.ready();
  }

  /** Resolves when every listener has its address. */
  async ready(): Promise<void> {
    await Promise.all([...this.#balancers.values()].map((each) => each.ready()));
  }

  /** `http://127.0.0.1:PORT` */
  get proxy(): string {
    return `http://127.0.0.1:${this.#proxyPort}`;
  }

  /** Loopback addresses of the listeners: `shop-lb/http` → `http://127.0.0.1:PORT`. */
  get listeners(): Record<string, string> {
    return Object.fromEntries(this.#all().flatMap(({ name, open }) => [[name, urlOf(open) ?? '']]));
  }

  /** For the next start. */
  get ports(): Record<string, number> {
    return this.#ports.view();
  }

  seen() {
    return {
      proxy: this.proxy,
      listeners: this.#all().map(({ name, balancer, record, open }) => {
        const listener = record.listeners[open.name];
        if (!listener) throw new Error('listeners are followed');
        return { ...listenerSeen(balancer, record, listener, open, this.#surroundings), name };
      }),
      /** Requests that were sent to instances that were being deleted, or had been. */
      reachedDeleted: this.#deleted,
      load: this.#load?.view() ?? null,
    };
  }

  /** Requests begin to flow to the listener. Answers whether there is such a one. */
  startLoad(options: LoadOptions): boolean {
    const find = () => this.#all().find(({ name }) => name === options.listener);
    const found = find();
    if (!found || found.open.scheme === 'udp') return false;
    this.stopLoad();
    this.#load = new Load(options, () => find()?.open.port, found.record.type === 'LoadBalancer');
    return true;
  }

  stopLoad(): void {
    this.#load?.close();
    this.#load = undefined;
  }

  clear(): void {
    this.#deleted = 0;
    this.#load?.clear();
    for (const { open } of this.#all()) open.tally.clear();
  }

  close(): void {
    for (const off of this.#unhook) off();
    this.stopLoad();
    this.#health.clear();
    for (const balancer of this.#balancers.values()) balancer.close();
    this.#network.close();
    this.#deadlines.close();
    this.#proxy.close();
  }

  /** Everything may be another, as after a reset. */
  #begin(): void {
    this.#health.clear();
    this.clear();
    const gone = [...this.#balancers.values()].filter(({ ocid }) => !this.#store.find(ocid));
    for (const balancer of gone) this.#take(balancer, true);
    for (const { type, ocid } of this.#store.all()) this.#followBalancer(type, ocid, true);
    this.#health.catchUp();
  }

  #follow(change: Change): void {
    const { kind, type, ocid } = change;
    if (kind !== 'created' && kind !== 'changed' && kind !== 'gone') return;
    this.#network.follow(change);
    if (type === undefined) {
      this.stopLoad();
      this.#begin();
    } else if (ocid !== undefined) this.#followBalancer(type, ocid);
  }

  /** Nothing for what is no load balancer of either kind. */
  #followBalancer(type: Type, ocid: string, forLong = false): void {
    const kind = { LoadBalancer: Balancer, NetworkLoadBalancer: NetworkBalancer };
    if (type !== 'LoadBalancer' && type !== 'NetworkLoadBalancer') return;
    this.#take(this.#balancers.get(ocid) ?? new kind[type](ocid, this.#surroundings), forLong);
  }

  #take(balancer: Serving, forLong: boolean): void {
    const { ocid, record } = balancer;
    this.#health.follow(record, ocid, forLong);
    balancer.follow();
    if (forLong) balancer.reset();
    if (record) this.#balancers.set(ocid, balancer);
    else this.#balancers.delete(ocid);
  }

  /** Every open listener by its name, with the region where two share one; what lets UDP through besides is another. */
  #all() {
    const found = [...this.#balancers.values()].flatMap((balancer) => {
      const { record } = balancer;
      return record ? balancer.listeners.map((open) => ({ balancer, record, open })) : [];
    });
    const hasBoth = ({ balancer, open }: (typeof found)[number]) =>
      balancer.listeners.some(({ name, scheme }) => name === open.name && scheme !== open.scheme);
    const plain = (each: (typeof found)[number]) => {
      const { record, open } = each;
      return `${record.displayName}/${open.name}${open.scheme === 'udp' && hasBoth(each) ? ' (UDP)' : ''}`;
    };
    const names = found.map(plain);
    return found.map((each) => {
      const isAlone = names.indexOf(plain(each)) === names.lastIndexOf(plain(each));
      return { ...each, name: isAlone ? plain(each) : `${plain(each)} (${each.record.region})` };
    });
  }

  async #route(ip: string, port: number): Promise<number | undefined> {
    for (const { record, open } of this.#all())
      if (
        open.scheme !== 'udp' &&
        record.ipAddress === ip &&
        [0, port].includes(record.listeners[open.name]?.port ?? -1)
      )
        return open.port;
    return this.#network.hostAt(ip)?.portFor(port);
  }
}
