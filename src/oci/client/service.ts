import type { AuthParams, ClientConfiguration } from 'oci-common';
import type { Clock } from '../../core/clock.ts';
import { CloudError } from '../../core/fault.ts';
import type { Auth, Identity } from './auth.ts';
import { identify } from './auth.ts';
import { Limiter } from './limiter.ts';
import type { Log } from './log.ts';
import { withRetry } from './retry.ts';
import { clientParts, exchange } from './wire.ts';

/** What all SDK clients have in common. */
export interface SdkClient {
  endpoint: string;
  regionId: string;
  close(): void;
}

type SdkClass<C> = new (params: AuthParams, configuration: ClientConfiguration) => C;

export interface ConnectionOptions {
  readonly auth: Auth;
  /** Asked first; the configuration's own if absent. */
  readonly region?: string;
  /** A template with `{region}` and `{service}`; OCI's own endpoints if absent. */
  readonly endpoint?: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly onCall?: (call: CallRecord) => void;
  /** Milliseconds that a read or an act may take: 10 s and 30 s if absent. */
  readonly timeouts?: { readonly read: number; readonly act: number };
}

/** One call that has ended, for metrics. `status` is 0 when no reply came. */
export interface CallRecord {
  /** `Compute.InstanceAction`. */
  readonly operation: string;
  readonly region: string;
  readonly status: number;
  readonly seconds: number;
}

/** The signed connection that all services share. Built when the first call is made. */
export class Connection {
  readonly options: ConnectionOptions;
  readonly limiter: Limiter;
  #identity: Promise<Identity> | undefined;
  #parts: ReturnType<typeof clientParts> | undefined;

  constructor(options: ConnectionOptions) {
    this.options = options;
    this.limiter = new Limiter(options.clock);
  }

  /** A failure is not remembered: the file may be put right meanwhile. */
  identity(): Promise<Identity> {
    this.#identity ??= identify(this.options.auth, this.options.region).catch((error) => {
      this.#identity = undefined;
      throw error;
    });
    return this.#identity;
  }

  async parts(): ReturnType<typeof clientParts> {
    const { provider } = await this.identity();
    this.#parts ??= clientParts(provider);
    return this.#parts;
  }

  /** Lets go of what keeps a principal's token fresh. */
  close(): void {
    this.#identity
      ?.then(({ provider }) => {
        if ('closeProvider' in provider && typeof provider.closeProvider === 'function')
          provider.closeProvider();
      })
      .catch(() => undefined);
  }
}

/** One OCI service: a client for each region, made once, since the SDK's clients leak when made often. */
export class Service<C extends SdkClient> {
  readonly #connection: Connection;
  readonly #name: string;
  readonly #path: string;
  readonly #load: () => Promise<SdkClass<C>>;
  readonly #clients = new Map<string, Promise<C>>();

  /**
   * @param name as in operation names: `Compute`
   * @param path `{service}` in an endpoint template: the SDK package's name without `oci-`
   */
  constructor(connection: Connection, name: string, path: string, load: () => Promise<SdkClass<C>>) {
    this.#connection = connection;
    this.#name = name;
    this.#path = path;
    this.#load = load;
  }

  /** A call that changes nothing: tried again when it fails for reasons that pass. Rejects with a CloudError. */
  read<T>(operation: string, region: string, call: (client: C) => Promise<T>): Promise<T> {
    const { clock, timeouts } = this.#connection.options;
    return withRetry(clock, () => this.#call(operation, region, { timeout: timeouts?.read ?? 10_000 }, call));
  }

  /**
   * A call that acts: sent once, since the engine decides what follows. Rejects with a CloudError, or
   * with the signal's reason when it was given up before it was sent.
   */
  act<T>(
    operation: string,
    region: string,
    signal: AbortSignal,
    call: (client: C) => Promise<T>,
  ): Promise<T> {
    const timeout = this.#connection.options.timeouts?.act ?? 30_000;
    return this.#call(operation, region, { timeout, signal }, call);
  }

  close(): void {
    for (const client of this.#clients.values())
      client.then(
        (made) => made.close(),
        () => undefined,
      );
    this.#clients.clear();
  }

  async #call<T>(
    operation: string,
    region: string,
    limits: { readonly timeout: number; readonly signal?: AbortSignal },
    call: (client: C) => Promise<T>,
  ): Promise<T> {
    const name = `${this.#name}.${operation}`;
    const where = `${name} in ${region}`;
    const client = await this.#client(region);
    return this.#connection.limiter.run(
      where,
      () => this.#recorded(name, region, () => exchange(where, limits, () => call(client))),
      limits.signal,
    );
  }

  async #recorded<T>(operation: string, region: string, call: () => Promise<T>): Promise<T> {
    const { log, onCall } = this.#connection.options;
    const began = performance.now();
    const record = (status: number) =>
      onCall?.({ operation, region, status, seconds: (performance.now() - began) / 1000 });
    try {
      const reply = await call();
      record(200);
      return reply;
    } catch (error) {
      if (error instanceof CloudError) {
        const { status, code, requestId, message } = error;
        record(status);
        log.debug({ operation, region, status, code, requestId, reason: message }, 'OCI call failed');
      }
      throw error;
    }
  }

  #client(region: string): Promise<C> {
    const known = this.#clients.get(region);
    if (known) return known;
    const made = this.#make(region);
    this.#clients.set(region, made);
    made.catch(() => this.#clients.delete(region));
    return made;
  }

  async #make(region: string): Promise<C> {
    const { endpoint } = this.#connection.options;
    const [{ httpClient, configuration }, Client] = await Promise.all([
      this.#connection.parts(),
      this.#load(),
    ]);
    const client = new Client({ httpClient }, configuration);
    if (endpoint) client.endpoint = fill(endpoint, region, this.#path);
    else client.regionId = region;
    return client;
  }
}

/** The SDK appends `/20160918` and the like, so that a slash at the end would be doubled. */
function fill(template: string, region: string, service: string): string {
  return template.replaceAll('{region}', region).replaceAll('{service}', service).replace(/\/+$/, '');
}
