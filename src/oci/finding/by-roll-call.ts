import type { Clock } from '../../core/clock.ts';
import type { CloudReader, Glance } from '../../core/cloud.ts';
import { lifecycleOf } from '../../core/lifecycle.ts';
import type { Step } from '../../core/plan.ts';
import type { Kind } from '../../core/target.ts';
import type { Observation, ObserveContext, Receipt, Verb, Verbs } from '../../core/verb.ts';
import { unless } from '../acting/verbs.ts';
import type { Adapter, ListedAct } from '../adapter.ts';
import type { Adapters } from '../adapters.ts';
import { gap, RollCall } from './roll-call.ts';
import type { Tenancy } from './tenancy.ts';

export type RollCalls = ReadonlyMap<Kind, RollCall>;

export function rollCalls(adapters: Adapters, clock: Clock): RollCalls {
  return new Map(
    Object.values(adapters).flatMap((adapter) => {
      const { kind, roll } = adapter;
      return roll ? [[kind, new RollCall(clock, roll.list ?? adapter.list)] as const] : [];
    }),
  );
}

/** By roll call where many are asked about in one moment, by its own service where few are. */
export function glanceOf(tenancy: Tenancy, rolls: RollCalls, read: CloudReader['read']): Glance {
  return async (target) => {
    const { kind, region, ocid } = target;
    const place = (await tenancy.tree()).at(target.compartment);
    const seen = place && (await rolls.get(kind)?.look(region, place.ocid, ocid));
    if (seen && place) {
      const { compartmentId: _id, etag: _etag, facts: _facts, ...rest } = seen;
      return { target: { ...rest, compartment: place } };
    }
    const fresh = await read(target);
    return fresh && { target: fresh, fresh };
  };
}

/** The adapter's verbs; those whose end is listed look by roll call. */
export function verbsOf({ kind, verbs, roll }: Adapter, call: RollCall | undefined): Verbs {
  if (!roll || !call) return verbs;
  const listed = roll.acts.flatMap((act) => {
    const name = `${kind}.${act}`;
    const verb = verbs[name];
    return verb ? [[name, byRollCall(verb, act, call)] as const] : [];
  });
  return { ...verbs, ...Object.fromEntries(listed) };
}

/** The verb, looking by roll call where many look; what that does not settle is looked at as before. */
export function byRollCall(verb: Verb, act: ListedAct, roll: RollCall): Verb {
  return {
    ...verb,
    observe: async (step, receipt, context) =>
      (await called(step, act, roll, receipt, context)) ?? verb.observe(step, receipt, context),
  };
}

/**
 * There, or on the way: only of an act that OCI is known to have taken, and only until half of its time
 * is over, since whether a late one is stuck or has failed is not to be read off a list.
 */
async function called(
  { target, within }: Step,
  act: ListedAct,
  roll: RollCall,
  receipt: Receipt | undefined,
  { before, signal, elapsed }: ObserveContext,
): Promise<Observation | undefined> {
  if (!receipt || elapsed >= within / 2) return undefined;
  const seen = await unless(signal, () => roll.look(target.region, before.compartment.ocid, target.ocid));
  if (!seen) return undefined;
  const { up, down, rising, falling } = lifecycleOf(target.kind);
  if ((act === 'start' ? up : down).includes(seen.state)) return { state: 'done' };
  const way = act === 'start' ? rising : falling;
  if (way.includes(seen.state) || seen.state === 'UPDATING')
    return { state: 'running', note: seen.state, again: Math.max(gap, elapsed / 4) };
  return undefined;
}
