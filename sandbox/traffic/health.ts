import type { SandboxClock } from '../clock.ts';
import type { NodeHealth } from '../oci/health-source.ts';
import { type Checker, check, rulesOf } from './checks.ts';
import type { Network } from './network.ts';

/** Each load balancer, of either kind, is two nodes; they check on their own and at different times. */
export const NODES = [0, 1] as const;

/** What health checks go by. */
export interface Checked {
  readonly timeUpdated?: number;
  readonly listeners: Readonly<Record<string, { readonly defaultBackendSetName: string }>>;
  readonly backendSets: Readonly<Record<string, CheckedSet>>;
}

interface CheckedSet {
  readonly name: string;
  readonly healthChecker: Checker;
  readonly backends: readonly CheckedBackend[];
}

interface CheckedBackend {
  readonly name: string;
  readonly ipAddress: string;
  readonly port: number;
}

interface Watched {
  readonly set: CheckedSet;
  readonly backend: CheckedBackend;
  readonly nodes: readonly Opinion[];
}

interface Opinion {
  is: NodeHealth;
  at: number;
  /** Checks in a row that said otherwise. */
  doubts: number;
  nextAt: number;
}

const LONGEST = 2 ** 31 - 1;

/** What each node of each load balancer thinks of each backend, from checks that run by the sandbox clock. */
export class Health {
  readonly #clock: SandboxClock;
  readonly #network: Network;
  readonly #changed: (balancer: string) => void;
  /** By load balancer, then by set and backend. */
  readonly #watched = new Map<string, Map<string, Watched>>();
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;

  /** @param changed is told of a load balancer of which a node has changed its mind */
  constructor(clock: SandboxClock, network: Network, changed: (balancer: string) => void) {
    this.#clock = clock;
    this.#network = network;
    this.#changed = changed;
  }

  of(
    balancer: string,
    set: string,
    backend: string,
  ): readonly { readonly is: NodeHealth; readonly at: number }[] {
    if (this.#clock.now() >= this.#dueAt) this.catchUp();
    return this.#watched.get(balancer)?.get(keyOf(set, backend))?.nodes ?? [];
  }

  /** Whether the node sends requests there. */
  isWell(balancer: string, set: string, backend: string, node: number): boolean {
    return this.#watched.get(balancer)?.get(keyOf(set, backend))?.nodes[node]?.is === 'OK';
  }

  /**
   * Takes up what the load balancer is made of now, if it serves; what was known of backends that stay is kept. What has
   * stood `forLong`, as at the start, is checked by both nodes at once. Nothing is checked here yet: other
   * changes of the same moment may still be on their way.
   */
  follow(balancer: Checked | undefined, ocid: string, forLong = false): void {
    const before = this.#watched.get(ocid);
    this.#watched.delete(ocid);
    if (!balancer) return;
    const used = new Set(Object.values(balancer.listeners).map((each) => each.defaultBackendSetName));
    const now = this.#clock.now();
    const since = forLong ? undefined : Math.min(now, balancer.timeUpdated ?? now);
    const watched = new Map<string, Watched>();
    for (const set of Object.values(balancer.backendSets))
      if (used.has(set.name))
        for (const backend of set.backends) {
          const key = keyOf(set.name, backend.name);
          watched.set(key, this.#watch(set, backend, before?.get(key), since));
        }
    this.#watched.set(ocid, watched);
    const times = [...watched.values()].flatMap(({ nodes }) => nodes.map(({ nextAt }) => nextAt));
    this.#arm(Math.min(this.#dueAt, ...times), now);
  }

  /** Runs what is due; of the checks that a leap of the clock has made due, as many as can change anything. */
  catchUp(): void {
    const now = this.#clock.now();
    let next = Number.POSITIVE_INFINITY;
    const changed = new Set<string>();
    for (const [ocid, watched] of this.#watched)
      for (const { set, backend, nodes } of watched.values())
        for (const opinion of nodes) {
          const { is } = opinion;
          if (opinion.nextAt <= now) this.#look(set, backend, opinion, now);
          if (opinion.is !== is) changed.add(ocid);
          next = Math.min(next, opinion.nextAt);
        }
    this.#arm(next, now);
    for (const ocid of changed) this.#changed(ocid);
  }

  clear(): void {
    this.#watched.clear();
    this.#arm(Number.POSITIVE_INFINITY, 0);
  }

  /** A clock that was set back makes nothing wait for its old time. */
  moved(): void {
    const now = this.#clock.now();
    for (const watched of this.#watched.values())
      for (const { set, backend, nodes } of watched.values())
        for (const opinion of nodes) {
          const { interval } = rulesOf({ ...set, port: backend.port });
          opinion.nextAt = Math.min(opinion.nextAt, now + interval);
        }
    this.#dueAt = Number.POSITIVE_INFINITY;
    this.catchUp();
  }

  /** `since` is when the set became what it is; undefined for long ago. */
  #watch(
    set: CheckedSet,
    backend: CheckedBackend,
    known: Watched | undefined,
    since: number | undefined,
  ): Watched {
    const now = this.#clock.now();
    const { interval } = rulesOf({ ...set, port: backend.port });
    const { interval: before } = known ? rulesOf({ ...known.set, port: backend.port }) : { interval };
    const first = (node: number) => (since === undefined ? now : since + interval * (node / 2 + 0.25));
    const nodes = NODES.map(
      (node): Opinion => known?.nodes[node] ?? { is: 'UNKNOWN', at: now, doubts: 0, nextAt: first(node) },
    );
    if (interval < before) for (const node of NODES) soon(nodes[node], first(node));
    return { set, backend, nodes };
  }

  #look(set: CheckedSet, backend: CheckedBackend, opinion: Opinion, now: number): void {
    const { interval, retries } = rulesOf({ ...set, port: backend.port });
    const due = Math.floor((now - opinion.nextAt) / interval) + 1;
    const found = check(this.#network.hostAt(backend.ipAddress), set.healthChecker, backend, now);
    for (let times = Math.min(due, retries); times > 0; times -= 1) learn(opinion, found, retries);
    opinion.at = now;
    opinion.nextAt += due * interval;
  }

  #arm(next: number, now: number): void {
    if (next === this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = next;
    if (next === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(
      () => {
        this.#dueAt = Number.POSITIVE_INFINITY;
        this.catchUp();
      },
      Math.min(Math.max(0, next - now), LONGEST),
    );
    this.#timer.unref();
  }
}

/** The first look decides; after that, so many in a row have to say otherwise. */
function learn(opinion: Opinion, found: NodeHealth, retries: number): void {
  const isSame = (found === 'OK') === (opinion.is === 'OK');
  opinion.doubts = isSame || opinion.is === 'UNKNOWN' ? 0 : opinion.doubts + 1;
  if (opinion.is === 'UNKNOWN' || isSame || opinion.doubts >= retries) {
    opinion.is = found;
    opinion.doubts = 0;
  }
}

function soon(opinion: Opinion | undefined, at: number): void {
  if (opinion) opinion.nextAt = Math.min(opinion.nextAt, at);
}

const keyOf = (set: string, backend: string): string => `${set}\n${backend}`;
