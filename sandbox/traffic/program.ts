import { type Image, imageIn } from '../oci/images.ts';
import { dice } from '../oci/random.ts';
import type { Container, ContainerInstance, Instance } from '../oci/resources/resources.ts';

/** What a program has to say to one request. */
export interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds of the sandbox clock until it says it. */
  readonly delay: number;
}

export interface Asked {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly now: number;
}

/** What runs in an instance and answers HTTP. */
export interface Program {
  /** What a client is told. */
  answer(asked: Asked): Said;
  /** What a health check is told; it counts as no request. */
  probe(path: string, now: number): Said;
}

const healthPaths = new Set(['/healthz', '/health', '/livez', '/readyz', '/ready', '/up', '/ping']);

/** The program of a container: its image decides how well it does. */
export class ContainerProgram implements Program {
  readonly #image: Image;
  readonly #instance: ContainerInstance;
  readonly #ip: string;
  readonly #startedAt: number;
  readonly #healthPaths: ReadonlySet<string>;
  readonly #roll: () => number;
  #count = 0;

  constructor(instance: ContainerInstance, container: Container, ip: string) {
    this.#image = imageIn(container);
    this.#instance = instance;
    this.#ip = ip;
    this.#startedAt = container.runs.at(-1)?.from ?? 0;
    this.#healthPaths = new Set([
      ...healthPaths,
      ...container.healthChecks.flatMap(({ path }) => path ?? []),
    ]);
    this.#roll = dice(`errors ${container.ocid}`);
  }

  answer({ method, path, headers, now }: Asked): Said {
    this.#count += 1;
    const url = new URL(path, 'http://instance');
    const wait = Number(url.searchParams.get('wait') ?? 0) || 0;
    const delay = this.#image.delay + wait;
    if (this.#healthPaths.has(url.pathname)) return this.#health(now, delay);
    if (this.#isStarting(now)) return this.#said(503, { error: 'starting' }, delay);
    if (this.#image.errors > 0 && this.#roll() * 100 < this.#image.errors)
      return this.#said(500, { error: 'the program failed' }, delay);
    const more = { method, path: url.pathname, ...(url.pathname === '/headers' && { headers }) };
    const said = this.#said(200, more, delay);
    if (url.pathname !== '/login') return said;
    const cookie = `session=${this.#instance.displayName}-${this.#count}; Path=/; HttpOnly`;
    return { ...said, headers: { ...said.headers, 'set-cookie': cookie } };
  }

  probe(_path: string, now: number): Said {
    return this.#health(now, this.#image.delay);
  }

  #health(now: number, delay: number): Said {
    if (this.#image.isNeverHealthy) return this.#said(503, { error: 'not healthy' }, delay);
    if (this.#isStarting(now)) return this.#said(503, { error: 'starting' }, delay);
    return this.#said(200, { status: 'ok' }, delay);
  }

  #isStarting(now: number): boolean {
    return now < this.#startedAt + this.#image.slowStart;
  }

  #said(status: number, more: object, delay: number): Said {
    const { app, version } = this.#image;
    const instance = this.#instance.displayName;
    const body = { app, version, instance, ip: this.#ip, requests: this.#count, ...more };
    return {
      status,
      headers: { 'content-type': 'application/json', 'x-version': version, 'x-instance': instance },
      body: `${JSON.stringify(body)}\n`,
      delay,
    };
  }
}

/** A virtual machine serves a plain page; it has no version that one could tell from outside. */
export class MachineProgram implements Program {
  readonly #instance: Instance;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  answer(): Said {
    const name = this.#instance.displayName;
    return {
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-instance': encodeURIComponent(name) },
      body: `${name} is up.\n`,
      delay: 0,
    };
  }

  probe(): Said {
    return this.answer();
  }
}
