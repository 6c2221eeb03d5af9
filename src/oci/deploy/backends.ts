import { healthNote } from '../../core/deploy/health.ts';
import { isServing, type Standing } from '../../core/deploy/standing.ts';
import { CloudError } from '../../core/fault.ts';
import type { Step } from '../../core/plan.ts';
import type {
  ActContext,
  Observation,
  ObserveContext,
  Receipt,
  Results,
  Verb,
  Verbs,
} from '../../core/verb.ts';
import { ocidIn } from '../../core/way-back.ts';
import { current, ifThere, unless } from '../acting/verbs.ts';
import type { BackendPlace, Balancer, BalancerBackend, Balancers, BalancersByKind } from './balancers.ts';
import { changed, turn } from './changes.ts';
import { carried, type Guard, shapes } from './reading.ts';
import { countServing, ipIn, isDeleted, ownNames } from './served.ts';

/** Of an instance that does not come back by itself. */
const fallenStates = ['INACTIVE', 'DELETING', 'DELETED', 'FAILED'];

/** Between looks at whether a new backend is well, at most, in ms. */
const look = 2_000;

export interface BackendGround {
  readonly balancers: BalancersByKind;
  /** The state of a container instance; undefined where there is none. Rejects with a CloudError. */
  readonly stateOf: (region: string, ocid: string) => Promise<string | undefined>;
}

/** What a step finds where it acts. */
interface Spot {
  readonly service: Balancers;
  readonly balancer: Balancer;
  readonly backends: readonly BalancerBackend[];
  readonly at: BackendPlace;
  /** Absent where there is none of its name. */
  readonly found: BalancerBackend | undefined;
}

/**
 * Backends of load balancers come, change and go: one change of one load balancer at a time, each read before with its
 * etag and its work request waited for. What somebody else changed meanwhile is kept: only what a step is about is set.
 * Sources: docs.oracle.com, api/#/en/loadbalancer/20170115/Backend, api/#/en/networkloadbalancer/20200501/Backend.
 */
export function backendVerbs({ balancers, stateOf }: BackendGround): Verbs {
  const permission = 'LOAD_BALANCER_UPDATE';

  async function spotOf(step: Step, results: Results | undefined): Promise<Spot> {
    const { kind, balancer: ocid, set, in: shown } = carried(shapes.backend, step);
    const { region } = step.target;
    const service = balancers[kind];
    const balancer = await service.get(region, ocid);
    if (isDeleted(balancer)) throw refusal(step, 404, 'NotFound', `${shown} is ${balancer.state}.`);
    const backends = balancer.sets[set]?.backends;
    if (!backends)
      throw refusal(step, 404, 'NotFound', `There is no backend set ${set} in ${shown} any more.`);
    const name = backendName(step, results);
    return {
      service,
      balancer,
      backends,
      at: { region, ocid, set, name },
      found: backends.find((each) => each.name === name),
    };
  }

  /** Where its backend may be gone, its set and its load balancer may be too: undefined then. */
  function spotIfAny(step: Step, results: Results | undefined): Promise<Spot | undefined> {
    const spot = spotOf(step, results);
    return isOnItsWayOut(step) ? ifThere(spot) : spot;
  }

  /** Whether the change is there: by its work request while that tells, then by looking. */
  async function observed(
    step: Step,
    receipt: Receipt | undefined,
    { results, signal, elapsed }: ObserveContext,
    isThere: (spot: Spot) => boolean,
  ): Promise<Observation> {
    const service = balancers[carried(shapes.backend, step).kind];
    const look = async () => {
      const spot = await spotIfAny(step, results);
      return spot ? isThere(spot) : true;
    };
    return unless(signal, () => changed(step, receipt, { ...service, elapsed }, look));
  }

  /** What has become of the instance behind a backend, where it serves no more. */
  async function fallenOf(step: Step, results: Results | undefined): Promise<string | undefined> {
    const made = step.of === undefined ? undefined : ocidIn(results?.get(step.of));
    if (made === undefined) return undefined;
    const state = await stateOf(step.target.region, made);
    return state === undefined || fallenStates.includes(state)
      ? `${step.target.name} is ${state ?? 'gone'}.`
      : undefined;
  }

  const add: Verb = {
    label: 'Add to the load balancer',
    permission,
    turn,
    act: async (step, { results, ...change }) => {
      const { port, standing } = carried(shapes.add, step);
      const { service, balancer, at, found } = await spotOf(step, results);
      if (found) return {};
      const ip = addressIn(step, results);
      return current(() =>
        service.add(at, { ip, port, ...clean(standing) }, { ...change, etag: balancer.etag }),
      );
    },
    observe: (step, receipt, context) => observed(step, receipt, context, ({ found }) => found !== undefined),
  };

  const set: Verb = {
    label: 'Change in the load balancer',
    permission,
    turn,
    outlives: isOnItsWayOut,
    act: async (step, context) => {
      const { change, guard } = carried(shapes.set, step);
      const spot = await spotIfAny(step, context.results);
      const wanted = clean(change);
      if (!spot?.found || holds(spot.found, wanted)) return {};
      const { service, balancer, at, found } = spot;
      if (guard) await keepServed(step, guard, spot, context);
      const standing = { ...standingOf(found), ...wanted };
      return current(() => service.set(at, standing, { ...context, etag: balancer.etag }));
    },
    observe: async (step, receipt, context) => {
      const { change, ifThere: mayBeGone } = carried(shapes.set, step);
      let isGone = false;
      const there = ({ found }: Spot) => {
        isGone = found === undefined;
        return found ? holds(found, clean(change)) : mayBeGone === true;
      };
      const seen = await observed(step, receipt, context, there);
      if (isGone && seen.state === 'done') return { state: 'done', note: 'it is not there' };
      return isGone && !mayBeGone ? { state: 'failed', because: 'its backend is gone' } : seen;
    },
  };

  const remove: Verb = {
    label: 'Take out of the load balancer',
    permission,
    turn,
    outlives: isOnItsWayOut,
    act: async (step, context) => {
      const { guard } = carried(shapes.remove, step);
      const spot = await spotIfAny(step, context.results);
      if (!spot?.found) return {};
      if (guard) await keepServed(step, guard, spot, context);
      return current(() => spot.service.remove(spot.at, { ...context, etag: spot.balancer.etag }));
    },
    observe: (step, receipt, context) => observed(step, receipt, context, ({ found }) => found === undefined),
  };

  const well: Verb = {
    label: 'Wait until it is well',
    permission: 'LOAD_BALANCER_READ',
    waits: true,
    act: async () => ({}),
    observe: (step, _receipt, { results, signal, elapsed, memo }) =>
      unless(signal, async () => {
        const { kind, balancer: ocid, in: shown, set: name, ok, sure } = carried(shapes.well, step);
        const at = { region: step.target.region, ocid, set: name, name: backendName(step, results) };
        const health = await balancers[kind].health(at);
        if (health === undefined || health.is === 'UNKNOWN') {
          const balancer = await ifThere(balancers[kind].get(at.region, ocid));
          if (!balancer || isDeleted(balancer))
            return { state: 'failed', because: `${shown} is ${balancer?.state ?? 'gone'}.` };
        }
        // the checker has had its time: what is no more will not get well
        const fallen = health?.is !== 'OK' && elapsed >= sure && (await fallenOf(step, results));
        if (fallen) return { state: 'failed', because: fallen };
        const row = health?.is === 'OK' ? { since: elapsed, looks: 0, ...rowOf(memo) } : undefined;
        const looks = (row?.looks ?? 0) + 1;
        const left = row ? sure - (elapsed - row.since) : sure;
        if (row && looks >= ok && left <= 0)
          return { state: 'done', note: `OK for ${Math.round((elapsed - row.since) / 1000)} s` };
        const gap = sure / Math.max(1, ok);
        return {
          state: 'running',
          note: healthNote(health, { elapsed, sure }),
          // the last look comes when it is sure, and not just before
          again: Math.min(look, Math.max(250, looks + 1 >= ok && row ? left * 1.06 : gap)),
          memo: row ? { since: row.since, looks } : null,
        };
      }),
  };

  return { 'backend.add': add, 'backend.set': set, 'backend.remove': remove, 'backend.well': well };
}

/** Since when, by the step's own time, every look said OK, and how many they are. */
function rowOf(memo: ObserveContext['memo']): { readonly since: number; readonly looks: number } | undefined {
  if (typeof memo !== 'object' || memo === null || Array.isArray(memo)) return undefined;
  const { since, looks } = { since: undefined, looks: undefined, ...memo };
  return typeof since === 'number' && typeof looks === 'number' ? { since, looks } : undefined;
}

/** It matters only that it gets no traffic: with its instance or without, and where its set is gone too. */
function isOnItsWayOut({ verb, with: options }: Step): boolean {
  return verb === 'backend.remove' || (verb === 'backend.set' && options?.ifThere === true);
}

/** The step says it, or it is at the address of what was made. */
function backendName(step: Step, results: Results | undefined): string {
  const { backend, port } = carried(shapes.backend, step);
  return backend ?? `${addressIn(step, results)}:${port}`;
}

function addressIn(step: Step, results: Results | undefined): string {
  const ip = ipIn(step.of === undefined ? undefined : results?.get(step.of));
  if (ip !== undefined) return ip;
  throw refusal(step, 404, 'NotFound', `The address of ${step.target.name} is not known.`);
}

/**
 * Refuses to take a backend away where too few of the app's own would be left that are well. A 409, since it may pass:
 * the engine tries again while the step has time.
 */
async function keepServed(
  step: Step,
  guard: Guard,
  { service, backends, at, found }: Spot,
  { results }: Pick<ActContext, 'results'>,
): Promise<void> {
  // what gets no traffic takes none away
  if (!found || !isServing(found)) return;
  const unwell = await service.unwell(at);
  if (unwell.includes(at.name)) return;
  const others = backends.filter(({ name }) => name !== at.name);
  const left = countServing(ownNames(guard, results), others, unwell);
  if (left >= guard.minimum) return;
  throw refusal(
    step,
    409,
    'TooFewHealthyBackends',
    `Only ${left} other backend${left === 1 ? ' is' : 's are'} well in ${at.set}, and ${guard.minimum} have to be; nothing was taken away.`,
  );
}

function refusal({ verb }: Step, status: number, code: string, message: string): CloudError {
  return new CloudError({ message, status, code, operation: verb });
}

function standingOf({ weight, backup, drain, offline, maxConnections }: Standing): Standing {
  return { weight, backup, drain, offline, ...(maxConnections === undefined ? {} : { maxConnections }) };
}

/** Without members that are there and undefined, which exact optional properties do not take. */
function clean<T extends { readonly maxConnections?: number | undefined }>(
  standing: T,
): { readonly [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(standing).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function holds(found: BalancerBackend, wanted: Partial<Standing>): boolean {
  const now: Readonly<Record<string, unknown>> = { ...standingOf(found) };
  return Object.entries(wanted).every(([key, value]) => now[key] === value);
}
