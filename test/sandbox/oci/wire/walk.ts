import { apiVersions, type Route } from '../../../../sandbox/oci/call.ts';
import { routes } from '../../../../sandbox/oci/routes.ts';
import { type Cloud, frankfurt } from '../cloud.ts';
import { Models } from './models.ts';
import { operationOf } from './operations.ts';
import { type Answered, rawClient } from './raw.ts';

/** What a call has beside its path: values of the path's parameters, the query, and the body. */
export interface Details {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How many of a list are read one by one. */
const ENOUGH = 2;

/** Headers that are there only when there is more than one page. */
const optional = ['opc-next-page', 'opc-previous-page'];

const models = new Map<string, Models>();

export function modelsOf(name: string): Models {
  const known = models.get(name) ?? new Models(name);
  models.set(name, known);
  return known;
}

/** Calls operations as any client could, and holds what they answer against what the SDK takes it for. */
export class Walk {
  /** What was wrong, each once: `Oda.GetOdaInstance: .systemTags: OdaInstance has no such field`. */
  readonly wrong = new Set<string>();
  /** `operation at service` of what answered well at least once. */
  readonly answered = new Set<string>();
  /** Values of path parameters by name, or by service and name. */
  readonly ids: Record<string, string>;
  readonly #send: ReturnType<typeof rawClient>;
  readonly #usual: Readonly<Record<string, Details>>;

  /** @param usual what reads are asked by, beside the compartment `ids.compartmentId`. */
  constructor(cloud: Cloud, ids: Record<string, string>, usual: Readonly<Record<string, Details>>) {
    this.ids = ids;
    this.#usual = usual;
    this.#send = rawClient(cloud);
  }

  /** All lists, each of their items (the first few), and whatever else can be read. */
  async readAll(): Promise<void> {
    const reads = routes.filter(({ method }) => method === 'GET');
    for (const list of reads.filter(({ path }) => !path.includes('{'))) {
      const { json } = await this.#call(list, {});
      const below = reads.filter(({ service, path }) => service === list.service && isBelow(path, list.path));
      for (const id of idsIn(json).slice(0, ENOUGH))
        for (const route of below)
          await this.#call(route, { params: { [paramsOf(route.path)[0] ?? '']: id } });
    }
    for (const route of reads)
      if (!this.answered.has(nameOf(route)) && this.#knows(route)) await this.#call(route, {});
  }

  /** One operation, at the first of the services that have it, and a look at what it changes while it does. */
  async call(operation: string, details: Details = {}): Promise<Answered> {
    const route = routeOf(operation);
    const reply = await this.#call(route, details);
    const [of] = /^\/\w+\/\{\w+\}/.exec(route.path) ?? [];
    const read = routes.find(
      ({ service, method, path }) => service === route.service && method === 'GET' && path === of,
    );
    if (read) await this.#call(read, { params: details.params ?? {} });
    return reply;
  }

  /** The same, whatever it answers. */
  async ask(operation: string, details: Details = {}): Promise<Answered> {
    return await this.#ask(routeOf(operation), details);
  }

  /** What no call has answered well. */
  get missed(): string[] {
    return routes.map(nameOf).filter((name) => !this.answered.has(name));
  }

  /** Whether there is a value for all that its path names. */
  #knows({ operation, service, path }: Route): boolean {
    const params = { ...this.ids, ...this.#usual[operation]?.params };
    return paramsOf(path).every((name) => params[`${service}.${name}`] ?? params[name]);
  }

  async #call(route: Route, details: Details): Promise<Answered> {
    const reply = await this.#ask(route, details);
    this.#check(route, reply);
    return reply;
  }

  async #ask(route: Route, { params = {}, query = {}, body, headers = {} }: Details): Promise<Answered> {
    const { operation, service, method } = route;
    const usual = this.#usual[operation] ?? {};
    const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name] ?? usual.params?.[name] ?? this.ids[`${service}.${name}`] ?? this.ids[name];
      return encodeURIComponent(value ?? `no ${name}`);
    });
    const version = `/${apiVersions[service]}`;
    const asked = { compartmentId: this.ids.compartmentId ?? '', ...usual.query, ...query };
    return await this.#send(
      `/${frankfurt}/${service}${path.startsWith(version) ? '' : version}${path}?${new URLSearchParams(asked)}`,
      { method, body, headers },
    );
  }

  #check(route: Route, { status, headers, text, json }: Answered): void {
    const { operation } = route;
    const say = (what: string) => this.wrong.add(`${operation}: ${what}`);
    if (status >= 300) {
      say(`${status} ${text}`);
      return;
    }
    this.answered.add(nameOf(route));
    const work = headers.get('opc-work-request-id');
    if (work) this.ids[`${route.service}.workRequestId`] = work;
    const sdk = operationOf(operation);
    if (sdk.type === undefined && text !== '') say('a body that nobody reads');
    if (sdk.type !== undefined && sdk.type !== 'string')
      for (const each of modelsOf(sdk.package).check(sdk.type, json)) say(each);
    for (const name of sdk.headers)
      if (!headers.has(name) && !optional.includes(name)) say(`no header ${name}`);
  }
}

function routeOf(operation: string): Route {
  const route = routes.find((each) => each.operation === operation);
  if (!route) throw new Error(`${operation} is not served.`);
  return route;
}

const nameOf = ({ operation, service }: Route): string => `${operation} at ${service}`;

const paramsOf = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** Whether it is of one item of the list. */
function isBelow(path: string, list: string): boolean {
  return path.startsWith(`${list}/{`) && paramsOf(path).length === 1;
}

/** Of what is listed, as an array or as items. */
function idsIn(json: unknown): string[] {
  const list = isRecord(json) && !Array.isArray(json) ? json.items : json;
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown) => (isRecord(item) && typeof item.id === 'string' ? item.id : []));
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The OCIDs of resources, which are named with their types: `Instance/web-1`. */
export async function idsOf(
  cloud: Cloud,
  names: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const found = Object.entries(names).map(async ([param, text]) => {
    const [type = '', name = ''] = text.split('/');
    const reply = await cloud.control.request(`/resources?type=${type}&name=${name}`);
    const { resources } = (await reply.json()) as { resources: { ocid: string }[] };
    return [param, resources[0]?.ocid ?? `there is no ${text}`] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}
