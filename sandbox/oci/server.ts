import { setMaxListeners } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { z } from 'zod';
import type { SandboxClock } from '../clock.ts';
import { Traffic } from '../traffic/traffic.ts';
import { ociApp } from './app.ts';
import type { Cloud } from './cloud.ts';
import { controlApp } from './control/control.ts';
import { Faults } from './faults.ts';
import { grow } from './grow/grow.ts';
import { Metrics } from './metrics.ts';
import { type Limit, Rates } from './rates.ts';
import { RequestLog } from './requests.ts';
import { type Remembered, RetryTokens } from './retry-tokens.ts';
import type { Seed } from './seed/seed.ts';
import { ServiceLimits } from './service-limits.ts';
import { type Credentials, makeCredentials, Verifier } from './signature.ts';
import { type Change, Store, type StoreState } from './store.ts';
import { type Tenancy, tenancyOf } from './tenancy.ts';
import { fastTimes, realTimes, type Times } from './times.ts';
import { Watch } from './watch.ts';

export type { Traffic } from '../traffic/traffic.ts';
export type { Limit } from './rates.ts';
export type { LoggedRequest } from './requests.ts';
export { BadSeed, parseSeed, readSeed, type Seed } from './seed/seed.ts';
export type { Credentials } from './signature.ts';
export type { Change } from './store.ts';
export type { Times } from './times.ts';

/** A running cloud. */
export interface OciSandbox {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** `http://127.0.0.1:PORT/{region}/{service}`, with the braces: a template. */
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly regions: readonly string[];
  /** OCIDs by path (`shop/dev`); the root compartment has the tenancy's name. */
  readonly compartments: Readonly<Record<string, string>>;
  /** Without signatures; to be mounted at /control/oci. */
  readonly control: Hono;
  /** Absent where none was asked for. */
  readonly traffic: Traffic | undefined;
  /** The whole state as JSON can hold it, to be given to the next start. */
  snapshot(): unknown;
  /** Calls back after each change, also when it is only time that passed. Answers how to stop. */
  onChange(listener: (change: Change) => void): () => void;
  /** Back to the seed: resources, faults, limits, requests. Credentials stay, so clients go on. */
  reset(): void;
  close(): Promise<void>;
}

export interface OciOptions {
  readonly clock: SandboxClock;
  readonly seed: Seed;
  /** What `snapshot` gave. */
  readonly state?: unknown;
  /** 0, the default, is any free one. */
  readonly port?: number;
  /** How long things take: real proportions (the default), a tenth of them, or particular times. */
  readonly times?: 'real' | 'fast' | Partial<Times>;
  /** Rate limits before the usual ones. */
  readonly limits?: readonly Limit[];
  /** Whether instances serve, load balancers listen and health checks run. Default: no port is opened for them. */
  readonly traffic?: boolean;
}

interface State extends StoreState {
  readonly version: 1;
  readonly credentials: Credentials;
  readonly tokens: readonly Remembered[];
  /** Loopback ports of listeners. */
  readonly ports?: Readonly<Record<string, number>>;
}

/** @throws Error when the port is taken or the state is not one of its own. */
export async function startOci(options: OciOptions): Promise<OciSandbox> {
  const { clock, seed } = options;
  const tenancy = tenancyOf(seed);
  const state = options.state === undefined ? undefined : readState(options.state);
  const credentials = state?.credentials ?? (await makeCredentials(tenancy));
  const closing = new AbortController();
  // every delayed answer listens; there is no leak to warn of
  setMaxListeners(0, closing.signal);
  const store = new Store(clock);
  const ports = state?.ports ?? {};
  const metrics = new Metrics();
  const traffic = options.traffic ? new Traffic({ store, clock, metrics, ports }) : undefined;
  const cloud: Cloud = {
    clock,
    tenancy,
    times: timesOf(options.times),
    store,
    metrics,
    limits: new ServiceLimits(store, tenancy),
    verifier: new Verifier(clock, credentials),
    rates: new Rates(clock),
    faults: new Faults(clock),
    tokens: new RetryTokens(),
    requests: new RequestLog(),
    health: traffic?.health,
    closing: closing.signal,
  };
  const { limits, tokens, faults, requests, rates } = cloud;

  const born = clock.now();
  const begin = () => {
    store.load({ sequence: 0, resources: grow(seed, tenancy, born), workRequests: [] });
    store.quicken();
    tokens.load([]);
    metrics.clear();
    limits.load(seed.limits);
    faults.clear();
    requests.clear();
    rates.limit(options.limits ?? []);
  };
  begin();
  if (state) {
    store.load(state);
    tokens.load(state.tokens);
  }

  const watch = new Watch(clock, store);
  const server = createAdaptorServer({ fetch: ociApp(cloud).fetch });
  const port = await listen(server, options.port ?? 0);
  await traffic?.start();
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    endpoint: `${url}/{region}/{service}`,
    credentials,
    regions: tenancy.regions.map(({ name }) => name),
    compartments: compartmentsOf(tenancy),
    control: controlApp(cloud, traffic),
    traffic,
    snapshot: (): State => ({
      version: 1,
      credentials,
      tokens: tokens.snapshot(),
      ...(traffic && { ports: traffic.ports }),
      ...store.snapshot(),
    }),
    onChange: (listener) => store.onChange(listener),
    reset: () => {
      begin();
      store.tell({ kind: 'changed' });
    },
    close: async () => {
      watch.close();
      traffic?.close();
      closing.abort();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
    },
  };
}

type Server = ReturnType<typeof createAdaptorServer>;

function listen(server: Server, port: number): Promise<number> {
  // Longer than clients keep idle connections, so that none is closed under a request.
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = 65_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(portOf(server.address()));
    });
  });
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function compartmentsOf(tenancy: Tenancy): Record<string, string> {
  return Object.fromEntries([
    [tenancy.name, tenancy.ocid],
    ...tenancy.compartments.map(({ path, ocid }) => [path, ocid]),
  ]);
}

function timesOf(times: OciOptions['times']): Times {
  if (times === 'fast') return fastTimes;
  return times === undefined || times === 'real' ? realTimes : { ...realTimes, ...times };
}

const stateShape = z.custom<State>(
  (value) =>
    z
      .looseObject({ version: z.literal(1), credentials: z.looseObject({}), resources: z.array(z.unknown()) })
      .safeParse(value).success,
);

function readState(value: unknown): State {
  const parsed = stateShape.safeParse(value);
  if (!parsed.success) throw new Error('The state of the OCI sandbox is not one that this version wrote.');
  return parsed.data;
}
