import { Agent } from 'node:http';
import type { Backend, BackendSet } from '../oci/resources/resources.ts';
import { type Candidate, choose, keepsSessions, Wheel } from './balancing.ts';
import { routeOf } from './sessions.ts';

/** How long an idle connection to a backend is kept, as the service documents it. */
const IDLE = 300_000;

export interface Chosen extends Candidate {
  readonly backend: Backend;
}

/** One of the hosts that a load balancer is made of: its own connections, its own turns. */
export class Node {
  readonly number: number;
  readonly #isWell: (set: string, backend: string) => boolean;
  readonly #wheels = new Map<string, Wheel>();
  readonly #agents = new Map<string, Agent>();
  readonly #active = new Map<string, number>();

  constructor(number: number, isWell: (set: string, backend: string) => boolean) {
    this.number = number;
    this.#isWell = isWell;
  }

  active(backend: string): number {
    return this.#active.get(backend) ?? 0;
  }

  /**
   * The backend for a request: the one of its session, or one by the policy. Those already tried are left
   * out. `route` without `mayLeave` is a session that goes there or nowhere.
   */
  choose(
    set: BackendSet,
    by: {
      readonly client: string;
      readonly tried: ReadonlySet<string>;
      readonly activeOf: (backend: string) => number;
      readonly route?: string | undefined;
      readonly mayLeave?: boolean;
    },
  ): Chosen | undefined {
    const candidates = set.backends
      .filter(({ name }) => !by.tried.has(name))
      .map((backend) => this.#candidate(set, backend, by.activeOf(backend.name)));
    if (by.route !== undefined) {
      const kept = candidates.find(({ name }) => routeOf(set.name, name) === by.route);
      if (kept && keepsSessions(kept)) return kept;
      if (!by.mayLeave) return undefined;
    }
    return choose(set.policy, candidates, this.#wheel(set.name), by.client);
  }

  /** A connection is in use until the answer is called. */
  take(backend: string): () => void {
    this.#active.set(backend, this.active(backend) + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      this.#active.set(backend, Math.max(0, this.active(backend) - 1));
    };
  }

  agent(backend: string): Agent {
    const known = this.#agents.get(backend);
    if (known) return known;
    const agent = new Agent({ keepAlive: true, timeout: IDLE, maxFreeSockets: 1_000 });
    this.#agents.set(backend, agent);
    return agent;
  }

  /** Connections to backends that stay are kept; what is under way to the others ends by itself. */
  keep(sets: readonly BackendSet[]): void {
    const names = new Set(sets.flatMap(({ backends }) => backends.map(({ name }) => name)));
    for (const wheel of this.#wheels.values()) wheel.keep(names);
    for (const [name, agent] of this.#agents) {
      if (names.has(name)) continue;
      this.#agents.delete(name);
      agent.maxFreeSockets = 0;
      for (const sockets of Object.values(agent.freeSockets))
        for (const each of sockets ?? []) each.destroy();
    }
  }

  /** Turns begin anew. */
  reset(): void {
    this.#wheels.clear();
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }

  #candidate(set: BackendSet, backend: Backend, activeOfAll: number): Chosen {
    const { name, weight, drain, backup, offline } = backend;
    const most = backend.maxConnections ?? set.backendMaxConnections ?? 0;
    return {
      backend,
      name,
      weight,
      drain,
      backup,
      offline,
      isHealthy: this.#isWell(set.name, name),
      active: this.active(name),
      isFull: most > 0 && activeOfAll >= most,
    };
  }

  #wheel(set: string): Wheel {
    const known = this.#wheels.get(set);
    if (known) return known;
    const wheel = new Wheel();
    this.#wheels.set(set, wheel);
    return wheel;
  }
}
