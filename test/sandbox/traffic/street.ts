import { Agent, type IncomingMessage, request as open } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { parseSeed } from '../../../sandbox/oci/server.ts';
import { fastTimes, realTimes } from '../../../sandbox/oci/times.ts';
import type { Seen } from '../../../sandbox/traffic/traffic.ts';
import { bootOci, type Cloud, clients, frankfurt, ocidOf, resource } from '../oci/cloud.ts';
import { balancersOf, type Flags, networkBalancersOf } from './street-sets.ts';

/** A cloud in which traffic flows: one load balancer, of either kind, before the instances that a test names. */
export interface Street {
  readonly cloud: Cloud;
  readonly sdk: ReturnType<typeof clients>;
  /** Loopback address of the listener. */
  url(listener?: string): string;
  seen(): Promise<Seen>;
  /** What is seen of the listener. */
  listener(name?: string): Promise<Seen['listeners'][number]>;
  /** One request; keeps the connection when an agent is given. */
  get(path?: string, options?: Asking): Promise<Answer>;
  /** How often each instance answered so many requests. */
  shares(count: number, options?: Asking): Promise<Record<string, number>>;
  /** `10.0.0.5:8080` of an instance. */
  backend(instance: string): Promise<string>;
  update(instance: string, change: Partial<Flags>): Promise<void>;
  add(instance: string): Promise<void>;
  remove(instance: string): Promise<void>;
  /** Resolves when so many requests are with backends. */
  underWay(count: number): Promise<void>;
  health(instance: string): Promise<{ status: string; nodes: string[] }>;
  close(): Promise<void>;
}

export interface Asking {
  readonly agent?: Agent;
  readonly headers?: Record<string, string>;
  readonly url?: string;
  readonly method?: string;
  readonly body?: string;
  /** The path is then the whole URL, asked of this proxy. */
  readonly proxy?: string;
}

export interface Answer {
  readonly status: number;
  readonly instance: string;
  readonly version: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface StreetOptions {
  /** Behind a network load balancer. */
  readonly network?: boolean;
  /** Image by instance name. */
  readonly instances: Record<string, string>;
  /** Instances with no backend at first. */
  readonly apart?: readonly string[];
  readonly policy?: string;
  readonly protocol?: string;
  /** By instance name; ALWAYS where nothing is said. */
  readonly restartPolicy?: Record<string, string>;
  /** How long things take; real proportions, and the clock is moved on by `add`, `update` and `remove`, if absent. */
  readonly times?: 'fast';
  /** Milliseconds. */
  readonly checkEvery?: number;
  /** What an earlier one's cloud left, to go on from. */
  readonly state?: unknown;
}

export const image = (tag: string): string => `fra.ocir.io/lamplight/store:${tag}`;

export async function street(options: StreetOptions): Promise<Street> {
  const cloud = await bootOci({
    seed: parseSeed(yamlOf(options)),
    traffic: true,
    state: options.state,
    ...(options.times && { times: options.times }),
  });
  const sdk = clients(cloud);
  const traffic = cloud.traffic;
  if (!traffic) throw new Error('no traffic');
  const url = (listener = 'lb/http') => traffic.listeners[listener] ?? '';
  const get = (path = '/', { url: to = url(), ...asking }: Asking = {}) =>
    ask(asking.proxy ? path : `${to}${path}`, asking);
  const loadBalancerId = await ocidOf(cloud, 'lb');
  const set = options.network ? networkBalancersOf(sdk, loadBalancerId) : balancersOf(sdk, loadBalancerId);
  const address = async (instance: string) => {
    const { ocid } = await resource(cloud, instance);
    const { containerInstance } = await sdk.containers.getContainerInstance({ containerInstanceId: ocid });
    const { vnic } = await sdk.network.getVnic({ vnicId: containerInstance.vnics[0]?.vnicId ?? '' });
    return vnic.privateIp ?? '';
  };
  const backend = async (instance: string) => `${await address(instance)}:8080`;
  const done = async () => {
    if (options.times === 'fast') await pause(fastTimes.loadBalancerUpdate + 50);
    else cloud.clock.advance(realTimes.loadBalancerUpdate);
  };
  const seen = async (): Promise<Seen> => traffic.seen();
  return {
    cloud,
    sdk,
    url,
    seen,
    get,
    backend,
    listener: async (name = 'lb/http') => {
      const found = (await seen()).listeners.find((each) => each.name === name);
      if (!found) throw new Error(`no listener ${name}`);
      return found;
    },
    shares: async (count, asking) => {
      const shares: Record<string, number> = {};
      for (let at = 0; at < count; at += 1) {
        const { instance, status } = await get('/', asking);
        const who = instance || String(status);
        shares[who] = (shares[who] ?? 0) + 1;
      }
      return shares;
    },
    update: async (instance, change) => {
      await set.update(await backend(instance), change);
      await done();
    },
    add: async (instance) => {
      await set.add({ ipAddress: await address(instance), port: 8080 });
      await done();
    },
    remove: async (instance) => {
      await set.remove(await backend(instance));
      await done();
    },
    underWay: async (count) => {
      for (;;) {
        const active = (await seen()).listeners.flatMap(({ backends }) =>
          backends.map((each) => each.active),
        );
        if (active.reduce((sum, each) => sum + each, 0) === count) return;
        await pause(5);
      }
    },
    health: async (instance) => {
      const { status, healthCheckResults } = await set.health(await backend(instance));
      return { status, nodes: healthCheckResults.map(({ healthCheckStatus }) => healthCheckStatus) };
    },
    close: async () => {
      sdk.close();
      await cloud.close();
    },
  };
}

function yamlOf({
  network = false,
  instances,
  apart = [],
  policy = network ? 'FIVE_TUPLE' : 'ROUND_ROBIN',
  protocol = network ? 'TCP' : 'HTTP',
  restartPolicy = {},
  checkEvery,
}: StreetOptions) {
  const place = `region: ${frankfurt}, compartment: shop, tags: { app: store }`;
  const backends = Object.keys(instances).filter((name) => !apart.includes(name));
  return `
tenancy: lamplight
user: { name: bot, email: bot@lamplight.example }
regions: [{ name: ${frankfurt}, key: FRA, domains: 3 }]
compartments: { shop: { description: The shop, tags: {} } }
containerInstances:
${Object.entries(instances)
  .map(
    ([name, of]) =>
      `  - { name: ${name}, ${place}, restartPolicy: ${restartPolicy[name] ?? 'ALWAYS'}, containers: [{ name: main, image: '${of}' }] }`,
  )
  .join('\n')}
${network ? 'networkLoadBalancers' : 'loadBalancers'}:
  - name: lb
    region: ${frankfurt}
    compartment: shop
    tags: { app: store }
    backendSets: { set: { policy: ${policy}, ${checkEvery ? `checkEvery: ${checkEvery}, ` : ''}${network ? 'checkPath: /healthz, ' : ''} backends: [${backends.map((name) => `'${name}:8080'`).join(', ')}] } }
    listeners: { http: { port: 80, protocol: ${protocol}, backendSet: set } }
`;
}

/** One request with the body of its answer. @throws Error when the connection is cut */
export function ask(
  url: string,
  { agent, headers, method = 'GET', body, proxy }: Omit<Asking, 'url'> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = open((proxy ?? url).replace('tcp:', 'http:'), {
      method,
      ...(proxy && { path: url }),
      agent: agent ?? new Agent({ keepAlive: false }),
      ...(headers && { headers }),
    });
    request.on('error', reject);
    request.on('response', (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const text = (name: string) => String(answer.headers[name] ?? '');
        resolve({
          status: answer.statusCode ?? 0,
          instance: text('x-instance'),
          version: text('x-version'),
          headers: answer.headers,
          body: Buffer.concat(parts).toString(),
        });
      });
    });
    request.end(body);
  });
}
