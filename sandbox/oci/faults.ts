import { z } from 'zod';
import type { SandboxClock } from '../clock.ts';
import { matches } from '../glob.ts';
import type { Method, Twist } from './call.ts';
import { dice } from './random.ts';

/**
 * What can be made to go wrong, by `POST /control/oci/faults`; README.md has an example of each.
 *
 * Which calls it is about, all of them where nothing narrows:
 * - `operation`: a glob over names such as `Compute.InstanceAction`, `Database.*`, `*.Get*`
 * - `region`, `resource` (an OCID or a display name)
 *
 * How often it strikes:
 * - `count`: so many times; 1 when nothing else says how often
 * - `probability`: in so many of 1 calls, by seeded dice
 * - `for`: during so much of the sandbox clock: milliseconds, or `30s`, `2m`, `1h`
 *
 * What happens, one or more of:
 * - `status` with `code`, `message` and `retryAfter` (seconds): an error, `when` `before` (the default)
 *   or `after` the effect was committed
 * - `latency`: `{ms}`, `{min, max}` or `{p50, p99}` of real time, `when` before or after the effect
 * - `drop`: the connection is reset, `before` or `after` the effect was committed
 * - `stuck`: what begins to change never arrives, and its work request never ends
 * - `deaf`: an operating system does not shut down by SOFTSTOP or SOFTRESET; OCI cuts its power after 15
 *   minutes, a STOP at once
 * - `moves`: the container instance that starts has another private address
 * - `fails`: what begins to change comes back, and its work request ends FAILED with this message
 * - `capacity`: a create is answered with 500 InternalError "Out of host capacity."
 * - `away`: connections to the region are reset before anything is read
 */
export const faultShape = z
  .strictObject({
    operation: z.string().min(1).default('*'),
    region: z.string().optional(),
    resource: z.string().optional(),
    count: z.int().min(1).optional(),
    probability: z.number().min(0).max(1).optional(),
    for: z
      .union([
        z.number().positive(),
        z.string().regex(/^\d+(ms|s|m|h)$/, 'a number of ms, or like 30s, 2m, 1h'),
      ])
      .optional(),
    status: z.int().min(400).max(599).optional(),
    code: z.string().optional(),
    message: z.string().optional(),
    retryAfter: z.number().min(0).optional(),
    when: z.enum(['before', 'after']).default('before'),
    latency: z
      .union([
        z.strictObject({ ms: z.number().min(0) }),
        z.strictObject({ min: z.number().min(0), max: z.number().min(0) }),
        z.strictObject({ p50: z.number().positive(), p99: z.number().positive() }),
      ])
      .optional(),
    drop: z.enum(['before', 'after']).optional(),
    stuck: z.literal(true).optional(),
    deaf: z.literal(true).optional(),
    moves: z.literal(true).optional(),
    fails: z.string().min(1).optional(),
    capacity: z.literal(true).optional(),
    away: z.literal(true).optional(),
  })
  .refine(
    ({ status, latency, drop, stuck, deaf, moves, fails, capacity, away }) =>
      [status, latency, drop, stuck, deaf, moves, fails, capacity, away].some(
        (effect) => effect !== undefined,
      ),
    'one of status, latency, drop, stuck, deaf, moves, fails, capacity and away is needed',
  );

export type Fault = z.infer<typeof faultShape>;

/** A fault that may strike still. */
export interface Armed {
  readonly id: string;
  readonly fault: Fault;
  /** How many times it may strike; absent for no limit. */
  left?: number;
  /** Milliseconds of the sandbox clock. */
  readonly until?: number;
}

/** What becomes of one call. */
export interface Blow {
  readonly names: readonly string[];
  readonly latency: { before: number; after: number };
  readonly drop?: 'before' | 'after';
  readonly error?: Fault & { status: number };
  readonly twist: Twist;
}

export interface Struck {
  readonly operation: string;
  readonly method: Method;
  readonly region: string;
  /** The OCID that the call is about, and its display name. */
  readonly resource: readonly string[];
}

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** The faults that are armed. The dice are seeded, so that a run can be repeated. */
export class Faults {
  readonly #clock: SandboxClock;
  #armed: Armed[] = [];
  #roll = dice('faults');
  #number = 0;

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  get armed(): readonly Armed[] {
    this.#disarm();
    return this.#armed;
  }

  arm(fault: Fault): Armed {
    this.#number += 1;
    const lasts = fault.for !== undefined || fault.probability !== undefined || fault.latency || fault.away;
    const left = fault.count ?? (lasts ? undefined : 1);
    const armed: Armed = {
      id: `f${this.#number}`,
      fault,
      ...(left !== undefined && { left }),
      ...(fault.for !== undefined && { until: this.#clock.now() + milliseconds(fault.for) }),
    };
    this.#armed.push(armed);
    return armed;
  }

  /** Whether there was such a fault. */
  remove(id: string): boolean {
    const before = this.#armed.length;
    this.#armed = this.#armed.filter((each) => each.id !== id);
    return this.#armed.length < before;
  }

  clear(): void {
    this.#armed = [];
    this.#roll = dice('faults');
  }

  isAway(region: string): boolean {
    return (
      this.#strike(({ away, region: of }) => away === true && (of === undefined || of === region)).length > 0
    );
  }

  /** The faults that strike this call, each counted as used. */
  strike(call: Struck): Blow {
    const struck = this.#strike((fault) => !fault.away && isAbout(fault, call));
    const find = <K extends keyof Fault>(effect: K) =>
      struck.find(({ fault }) => fault[effect] !== undefined)?.fault;
    const latency = { before: 0, after: 0 };
    for (const { fault } of struck) if (fault.latency) latency[fault.when] += this.#sample(fault.latency);
    const error = find('status');
    const drop = find('drop')?.drop;
    const fails = find('fails');
    return {
      names: struck.map(({ id, fault }) => `${id} ${effects(fault)}`),
      latency,
      ...(drop && { drop }),
      ...(error?.status !== undefined && { error: { ...error, status: error.status } }),
      twist: {
        stuck: find('stuck') !== undefined,
        deaf: find('deaf') !== undefined,
        moves: find('moves') !== undefined,
        capacity: find('capacity') !== undefined,
        ...(fails?.fails && { fails: { code: fails.code ?? 'InternalError', message: fails.fails } }),
      },
    };
  }

  #strike(isStruck: (fault: Fault) => boolean): Armed[] {
    this.#disarm();
    const struck = this.#armed.filter(
      ({ fault }) => isStruck(fault) && (fault.probability === undefined || this.#roll() < fault.probability),
    );
    for (const armed of struck) if (armed.left !== undefined) armed.left -= 1;
    return struck;
  }

  /** Takes away what is used up or over. */
  #disarm(): void {
    const now = this.#clock.now();
    this.#armed = this.#armed.filter(({ left, until }) => left !== 0 && (until === undefined || now < until));
  }

  #sample(latency: NonNullable<Fault['latency']>): number {
    if ('ms' in latency) return latency.ms;
    if ('min' in latency) return latency.min + this.#roll() * (latency.max - latency.min);
    // Log-normal: half of the calls below p50, one in a hundred above p99 (2.326 standard deviations).
    const normal = Math.sqrt(-2 * Math.log(1 - this.#roll())) * Math.cos(2 * Math.PI * this.#roll());
    return latency.p50 * Math.exp((Math.log(latency.p99 / latency.p50) / 2.326) * normal);
  }
}

/** Twists are kept for the calls that change something, capacity for those that create. */
function isAbout(fault: Fault, { operation, method, region, resource }: Struck): boolean {
  const twists = [fault.stuck, fault.deaf, fault.moves, fault.fails].some((twist) => twist !== undefined);
  if (twists && (method === 'GET' || operation.startsWith('ResourceSearch.'))) return false;
  if (fault.capacity && !/\.(Create|Launch)/.test(operation)) return false;
  return (
    matches(fault.operation, operation) &&
    (fault.region === undefined || fault.region === region) &&
    (fault.resource === undefined || resource.includes(fault.resource))
  );
}

function milliseconds(text: number | string): number {
  if (typeof text === 'number') return text;
  const [, count, unit] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
  return Number(count) * (unitMs[unit ?? ''] ?? 1);
}

function effects(fault: Fault): string {
  const { status, latency, drop, stuck, deaf, moves, fails, capacity } = fault;
  return [
    status && `status ${status}`,
    latency && 'latency',
    drop && `drop ${drop}`,
    stuck && 'stuck',
    deaf && 'deaf',
    moves && 'moves',
    fails && 'fails',
    capacity && 'capacity',
  ]
    .filter(Boolean)
    .join(', ');
}

const codes: Readonly<Record<number, [code: string, message: string]>> = {
  400: ['InvalidParameter', 'The request is not valid.'],
  401: [
    'NotAuthenticated',
    'The required information to complete authentication was not provided or was incorrect.',
  ],
  403: ['NotAllowed', 'The request is not allowed.'],
  404: ['NotAuthorizedOrNotFound', 'Authorization failed or requested resource not found.'],
  409: ['IncorrectState', 'The requested state for the resource conflicts with its current state.'],
  412: ['NoEtagMatch', 'The ETag in the if-match header does not match the current ETag.'],
  429: ['TooManyRequests', 'Too many requests for the user'],
  500: ['InternalServerError', 'An internal server error occurred.'],
  502: ['BadGateway', 'Bad Gateway'],
  503: ['ServiceUnavailable', 'The service is currently unavailable.'],
  504: ['GatewayTimeout', 'Gateway Timeout'],
};

/** The code and message that OCI sends with the status, where the fault does not name others. */
export function errorOf(fault: Fault & { status: number }): { code: string; message: string } {
  const [code, message] = codes[fault.status] ?? ['Unknown', 'Unknown error'];
  return { code: fault.code ?? code, message: fault.message ?? message };
}
