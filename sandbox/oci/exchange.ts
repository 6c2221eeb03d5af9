import { setTimeout as sleep } from 'node:timers/promises';
import { Call, type Reply, type Route } from './call.ts';
import type { Cloud } from './cloud.ts';
import { methodNotAllowed, notAuthenticated, OciError } from './errors.ts';
import { type Blow, errorOf } from './faults.ts';
import { requestId } from './ids.ts';
import type { LoggedRequest } from './requests.ts';

export type Answer = Reply | 'dropped';

interface Request {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: Headers;
  readonly params: Readonly<Record<string, string>>;
  /** Absent for a path that is not served. */
  readonly route?: Route;
  /** The methods that the path is served for, when it is not this one. */
  readonly allowed?: readonly string[];
}

/** What the real ones say with every answer. */
const usual = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains;',
  'x-content-type-options': 'nosniff',
};

/**
 * One request and what becomes of it, in the order in which OCI looks at things: is the region there,
 * who signs, how often do they call, what is to go wrong, has this been asked before, and then the
 * operation itself.
 */
export class Exchange {
  readonly #cloud: Cloud;
  readonly #request: Request;
  readonly #region: string;
  readonly #requestId: string;
  readonly #began = performance.now();
  readonly #add: (entry: LoggedRequest) => void;
  #fault: string | undefined;
  #code: string | undefined;
  #repeated = false;
  #created: string | undefined;

  constructor(cloud: Cloud, request: Request) {
    this.#cloud = cloud;
    this.#request = request;
    this.#add = cloud.requests.opened();
    this.#region = request.target.split('/')[1] ?? '';
    this.#requestId = requestId(request.headers.get('opc-request-id') ?? undefined);
  }

  async answer(readBody: () => Promise<Buffer>): Promise<Answer> {
    const answer = await this.#decide(readBody);
    this.#log(answer);
    if (answer === 'dropped') return answer;
    return { ...answer, headers: { ...answer.headers, ...usual, 'opc-request-id': this.#requestId } };
  }

  async #decide(readBody: () => Promise<Buffer>): Promise<Answer> {
    const { faults, store } = this.#cloud;
    try {
      if (faults.isAway(this.#region)) {
        this.#fault = 'away';
        return 'dropped';
      }
      const body = await readBody();
      const route = this.#admit(body);
      store.settle();
      const blow = faults.strike({
        operation: route.operation,
        method: route.method,
        region: this.#region,
        resource: this.#about(),
      });
      if (blow.names.length > 0) this.#fault = blow.names.join(', ');
      return await this.#act(route, body.toString(), blow);
    } catch (error) {
      return this.#refuse(error);
    }
  }

  /** @throws OciError when the request must not reach its operation. */
  #admit(body: Buffer): Route {
    const { verifier, rates, tenancy } = this.#cloud;
    const { method, target, headers, route, allowed } = this.#request;
    if (!tenancy.regions.some(({ name }) => name === this.#region)) throw notAuthenticated();
    verifier.check({ method, target, headers, body });
    if (allowed) throw methodNotAllowed(allowed);
    if (!route)
      throw new OciError(404, 'NotFound', `The sandbox does not serve ${method} ${target.split('?')[0]}.`);
    rates.take(route.operation, this.#region);
    return route;
  }

  /** The operation, with whatever is to go wrong before and after its effect. */
  async #act(route: Route, body: string, blow: Blow): Promise<Answer> {
    const { latency, drop, error } = blow;
    await this.#wait(latency.before);
    if (drop === 'before') return 'dropped';
    if (error?.when === 'before') throw injected(error);
    this.#cloud.store.settle();
    const reply = this.#run(route, body, blow);
    await this.#wait(latency.after);
    if (drop === 'after') return 'dropped';
    if (error?.when === 'after') throw injected(error);
    return reply;
  }

  #run(route: Route, body: string, blow: Blow): Reply {
    const { store, tenancy, times, metrics, limits, tokens, health } = this.#cloud;
    const { target, headers, params } = this.#request;
    const query = new URLSearchParams(target.split('?').slice(1).join('?'));
    const call = new Call({
      store,
      tenancy,
      times,
      metrics,
      limits,
      region: this.#region,
      params,
      query,
      headers,
      body,
      twist: blow.twist,
      health,
    });
    const token = route.retryToken ? headers.get('opc-retry-token') : null;
    if (!token) return this.#noted(route.handle(call));
    this.#repeated = true;
    const { operation } = route;
    const request = { operation, region: this.#region, token, target, body, now: store.now };
    return this.#noted(
      tokens.once(request, () => {
        this.#repeated = false;
        return route.handle(call);
      }),
    );
  }

  /** Remembers the id of what a create has made, for the log. */
  #noted(reply: Reply): Reply {
    const { body } = reply;
    if (typeof body === 'object' && body !== null && 'id' in body && typeof body.id === 'string')
      this.#created = body.id;
    return reply;
  }

  #refuse(error: unknown): Reply {
    const known =
      error instanceof OciError
        ? error
        : new OciError(500, 'InternalServerError', `The sandbox itself failed: ${String(error)}`);
    this.#code = known.code;
    const { status, code, message, headers } = known;
    return { status, headers, body: { code, message } };
  }

  /** The OCID in the path and the display name that it has. */
  #about(): string[] {
    const ocid = this.#ocid();
    const name = ocid && this.#cloud.store.find(ocid)?.displayName;
    return [ocid, name].flatMap((each) => each ?? []);
  }

  #ocid(): string | undefined {
    return Object.values(this.#request.params).find((value) => value.startsWith('ocid1.'));
  }

  async #wait(ms: number): Promise<void> {
    if (ms > 0) await sleep(ms, undefined, { signal: this.#cloud.closing }).catch(() => undefined);
  }

  #log(answer: Answer): void {
    const { method, target, headers, route } = this.#request;
    const retryToken = headers.get('opc-retry-token');
    const ifMatch = headers.get('if-match');
    const resource = this.#ocid() ?? this.#created;
    const entry: LoggedRequest = {
      time: new Date(this.#cloud.clock.now()).toISOString(),
      method,
      path: target,
      ...(route && { operation: route.operation }),
      region: this.#region,
      ...(resource && { resource }),
      status: answer === 'dropped' ? 0 : answer.status,
      ...(this.#code && { code: this.#code }),
      requestId: this.#requestId,
      ...(retryToken && { retryToken }),
      ...(ifMatch && { ifMatch }),
      ...(this.#fault && { fault: this.#fault }),
      ...(this.#repeated && { repeated: true }),
      ms: Math.round(performance.now() - this.#began),
    };
    this.#add(entry);
    this.#cloud.store.tell({ kind: 'request', region: this.#region, ...(resource && { ocid: resource }) });
  }
}

function injected(error: NonNullable<Blow['error']>): OciError {
  const { code, message } = errorOf(error);
  const headers: Record<string, string> =
    error.retryAfter === undefined ? {} : { 'retry-after': String(error.retryAfter) };
  return new OciError(error.status, code, message, headers);
}
