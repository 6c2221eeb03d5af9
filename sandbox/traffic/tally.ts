import type { BalancerMetric } from '../oci/lbaas-metrics.ts';

/** Requests are counted by the second of real time, and so many seconds are looked back on. */
const SECONDS = 10;

interface Second {
  at: number;
  count: number;
}

/** How many there were, in all and lately. */
export class Counter {
  total = 0;
  readonly #seconds: Second[] = Array.from({ length: SECONDS }, () => ({ at: 0, count: 0 }));

  add(): void {
    this.total += 1;
    const at = Math.floor(Date.now() / 1_000);
    const second = this.#seconds[at % SECONDS];
    if (!second) return;
    if (second.at !== at) Object.assign(second, { at, count: 0 });
    second.count += 1;
  }

  /** A second, over the whole seconds that are over. */
  get perSecond(): number {
    const now = Math.floor(Date.now() / 1_000);
    const past = this.#seconds.filter(({ at }) => at < now && at >= now - 3);
    return Math.round((past.reduce((sum, { count }) => sum + count, 0) / 3) * 10) / 10;
  }

  /** How many in the seconds that are looked back on. */
  get lately(): number {
    const now = Math.floor(Date.now() / 1_000);
    return this.#seconds.reduce((sum, { at, count }) => (at > now - SECONDS ? sum + count : sum), 0);
  }
}

/** A counter for each word. */
export class Counters {
  readonly #counters = new Map<string, Counter>();

  add(word: string): void {
    const known = this.#counters.get(word);
    const counter = known ?? new Counter();
    if (!known) this.#counters.set(word, counter);
    counter.add();
  }

  get(word: string): Counter {
    return this.#counters.get(word) ?? new Counter();
  }

  view(): Record<string, { total: number; lately: number; perSecond: number }> {
    return Object.fromEntries(
      [...this.#counters].map(([word, { total, lately, perSecond }]) => [word, { total, lately, perSecond }]),
    );
  }

  totals(): Record<string, number> {
    return Object.fromEntries([...this.#counters].map(([word, { total }]) => [word, total]));
  }

  clear(): void {
    this.#counters.clear();
  }
}

/** What Monitoring counts an answer under. */
export function metricsOf(status: number): readonly BalancerMetric[] {
  const classes = ['HttpResponses2xx', 'HttpResponses3xx', 'HttpResponses4xx', 'HttpResponses5xx'] as const;
  const own =
    status === 502 ? (['HttpResponses502'] as const) : status === 504 ? (['HttpResponses504'] as const) : [];
  const of = classes[Math.floor(status / 100) - 2];
  return ['HttpRequests', ...(of ? [of] : []), ...own];
}

/** What went through one listener. */
export class Tally {
  readonly #tell: (status: number) => void;
  readonly requests = new Counters();
  readonly errors = new Counters();
  readonly statuses = new Counters();
  /** Answers and errors of each version that answered. */
  readonly versions = new Counters();
  readonly versionErrors = new Counters();
  readonly backends = new Counters();
  readonly backendErrors = new Counters();

  constructor(tell: (status: number) => void) {
    this.#tell = tell;
  }

  /** One request that was answered; `version` is what the backend says of itself. */
  answered(status: number, by?: { readonly backend: string; readonly version: string }): void {
    this.#tell(status);
    const isError = status >= 500;
    this.requests.add('all');
    this.statuses.add(String(status));
    if (isError) this.errors.add('all');
    if (!by) return;
    this.versions.add(by.version);
    this.backends.add(by.backend);
    if (isError) {
      this.versionErrors.add(by.version);
      this.backendErrors.add(by.backend);
    }
  }

  /** One that a backend began to answer and did not end. */
  cut(backend: string): void {
    this.errors.add('all');
    this.backendErrors.add(backend);
  }

  clear(): void {
    for (const each of Object.values(this)) if (each instanceof Counters) each.clear();
  }
}
