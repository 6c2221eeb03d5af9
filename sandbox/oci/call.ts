import { z } from 'zod';
import {
  cannotParse,
  etagMismatch,
  incorrectlyFormatted,
  invalid,
  missing,
  notFound,
  type OciError,
  unknownTags,
} from './errors.ts';
import type { HealthSource } from './health-source.ts';
import type { Metrics } from './metrics.ts';
import type { DataService } from './resources/data.ts';
import type { PlatformService, Resource, ResourceOf, Type } from './resources/resources.ts';
import type { ServiceLimits } from './service-limits.ts';
import { etagOf, type Store } from './store.ts';
import { isCompartment, type Tenancy } from './tenancy.ts';
import type { Times } from './times.ts';

/** What faults make of the effect of this one call. */
export interface Twist {
  /** The lifecycle begins and never ends. */
  readonly stuck: boolean;
  /** The work request, or the change of state, ends in failure. */
  readonly fails?: { readonly code: string; readonly message: string };
  /** The operating system does not hear that it is to shut down. */
  readonly deaf: boolean;
  /** What starts comes up under another private address. */
  readonly moves: boolean;
  /** A create finds no host. */
  readonly capacity: boolean;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as plain text, anything else as JSON. */
  readonly body?: unknown;
}

/** One request, after all that is the same for every operation has been checked. */
export class Call {
  readonly store: Store;
  readonly tenancy: Tenancy;
  readonly times: Times;
  readonly metrics: Metrics;
  readonly limits: ServiceLimits;
  readonly region: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly twist: Twist;
  readonly health: HealthSource | undefined;
  readonly #params: Readonly<Record<string, string>>;
  readonly #body: string;

  constructor(of: {
    store: Store;
    tenancy: Tenancy;
    times: Times;
    metrics: Metrics;
    limits: ServiceLimits;
    region: string;
    params: Readonly<Record<string, string>>;
    query: URLSearchParams;
    headers: Headers;
    body: string;
    twist: Twist;
    health: HealthSource | undefined;
  }) {
    this.store = of.store;
    this.tenancy = of.tenancy;
    this.times = of.times;
    this.metrics = of.metrics;
    this.limits = of.limits;
    this.region = of.region;
    this.#params = of.params;
    this.query = of.query;
    this.headers = of.headers;
    this.#body = of.body;
    this.twist = of.twist;
    this.health = of.health;
  }

  get now(): number {
    return this.store.now;
  }

  param(name: string): string {
    return this.#params[name] ?? '';
  }

  /** @throws OciError 404 when there is no such resource in this region. */
  resource<T extends Type>(type: T, name: string): ResourceOf<T> {
    const found = this.store.get(type, this.region, this.param(name));
    if (!found) throw notFound();
    return found;
  }

  /** The compartment that the query asks for. @throws OciError 400 without one, 404 for a foreign one. */
  compartment(): string {
    const compartmentId = this.query.get('compartmentId');
    if (!compartmentId) throw missing('The required query parameter compartmentId is missing.');
    this.checkCompartment(compartmentId);
    return compartmentId;
  }

  checkCompartment(ocid: string): void {
    if (!isCompartment(this.tenancy, ocid)) throw notFound();
  }

  /** @throws OciError 412 when the client's if-match names another revision. */
  checkEtag(resource: Resource): void {
    const wanted = this.headers.get('if-match');
    if (wanted && wanted !== '*' && wanted !== etagOf(resource)) throw etagMismatch();
  }

  /**
   * The body as the schema has it; null counts as absent where the schema knows no null.
   * @throws OciError 400 that names the first thing wrong with it, or the tag namespaces that there are none of.
   */
  json<S extends z.ZodType>(schema: S): z.infer<S> {
    let body = this.#parsed();
    for (;;) {
      const parsed = schema.safeParse(body);
      if (parsed.success) {
        this.#checkTags(parsed.data);
        return parsed.data;
      }
      const { issues } = parsed.error;
      const nulls = issues.filter(({ path }) => valueAt(body, path) === null);
      if (nulls.length === 0) throw refusal(issues[0], body);
      body = nulls.reduce((left, { path }) => without(left, path), body);
    }
  }

  /** Those that the tenancy has, and any that a resource already carries, as the seed may have it. */
  #checkTags(body: unknown): void {
    const tags = isObject(body) && isObject(body.definedTags) ? Object.keys(body.definedTags) : [];
    const lost = tags.filter(
      (name) =>
        !hasName(this.tenancy.tagNamespaces, name) &&
        !this.store.all().some(({ definedTags }) => hasName(definedTags, name)),
    );
    if (lost.length > 0) throw unknownTags(lost);
  }

  #parsed(): unknown {
    if (this.#body === '') return undefined;
    try {
      return JSON.parse(this.#body);
    } catch {
      throw cannotParse('Incoming request body is not valid JSON.');
    }
  }
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value: unknown, key) => (isObject(value) ? value[key] : undefined), body);
}

function without(body: unknown, [key, ...rest]: readonly PropertyKey[]): unknown {
  if (key === undefined) return undefined;
  if (!isObject(body)) return body;
  const changed = without(body[key], rest);
  return Array.isArray(body) ? body.with(Number(key), changed) : { ...body, [key]: changed };
}

/** Namespaces are not told apart by their capitals. */
function hasName(of: object, name: string): boolean {
  return Object.keys(of).some((each) => each.toLowerCase() === name.toLowerCase());
}

function isObject(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

/** What is of another type in JSON comes to nothing before anybody looks at fields, as it does there. */
function refusal(issue: z.core.$ZodIssue | undefined, body: unknown): OciError {
  const field = issue?.path.join('.') || 'The request body';
  if (issue && issue.code !== 'custom' && valueAt(body, issue.path) === undefined)
    return missing(`${field} is required.`);
  if (issue?.code === 'invalid_type') return cannotParse(incorrectlyFormatted);
  return invalid(`${field}: ${issue?.message ?? 'invalid'}`);
}

export const tagFields = {
  freeformTags: z.record(z.string(), z.string()).optional(),
  definedTags: z.record(z.string(), z.record(z.string(), z.coerce.string())).optional(),
};

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** The SDK's package names, which are the second part of every path. */
export type Service =
  | 'core'
  | 'identity'
  | 'containerinstances'
  | 'database'
  | 'loadbalancer'
  | 'resourcesearch'
  | 'autoscaling'
  | 'usageapi'
  | 'workrequests'
  | 'artifacts'
  | 'monitoring'
  | 'limits'
  | 'secrets'
  | DataService
  | PlatformService;

export interface Route {
  /** The SDK client without "Client", and the method with a capital: `Compute.InstanceAction`. */
  readonly operation: string;
  readonly service: Service;
  readonly method: Method;
  /** As the SDK writes it: `/instances/{instanceId}`. */
  readonly path: string;
  /** Whether `opc-retry-token` is remembered. */
  readonly retryToken?: boolean;
  readonly handle: (call: Call) => Reply;
}

export const apiVersions: Readonly<Record<Service, string>> = {
  core: '20160918',
  identity: '20160918',
  containerinstances: '20210415',
  database: '20160918',
  loadbalancer: '20170115',
  resourcesearch: '20180409',
  autoscaling: '20181001',
  resourcescheduler: '20240430',
  usageapi: '20200107',
  workrequests: '20160918',
  artifacts: '20160918',
  monitoring: '20180401',
  limits: '20190729',
  secrets: '20190301',
  mysql: '20190415',
  psql: '20220915',
  containerengine: '20180222',
  integration: '20190131',
  analytics: '20190331',
  goldengate: '20200407',
  oda: '20190506',
  dataintegration: '20200430',
  visualbuilder: '20210601',
  networkloadbalancer: '20200501',
};

export const iso = (ms: number): string => new Date(ms).toISOString();

/** A JSON reply of one resource, with its etag. */
export function one(resource: Resource, body: object, headers: Record<string, string> = {}): Reply {
  return { status: 200, headers: { etag: etagOf(resource), ...headers }, body };
}
