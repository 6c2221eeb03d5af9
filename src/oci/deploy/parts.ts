import { CloudError } from '../../core/fault.ts';
import type { Step } from '../../core/plan.ts';
import type { Observation, Receipt, Verb, Verbs } from '../../core/verb.ts';
import { current, ifThere, unless } from '../acting/verbs.ts';
import type { Balancer, Balancers, BalancersByKind, PartPlace } from './balancers.ts';
import { changed, turn } from './changes.ts';
import { carried, shapes } from './reading.ts';

/** What a step finds where it acts. */
interface Ground {
  readonly service: Balancers;
  /** Undefined where it is gone. */
  readonly balancer: Balancer | undefined;
  readonly at: PartPlace;
  /** The set that the place is of. */
  readonly set: string;
}

/**
 * Backend sets and listeners that an app says are made where they are missing, and taken away again where a deploy goes
 * back. What is there already is left as it is; what others use by then stays.
 * Sources: docs.oracle.com, api/#/en/loadbalancer/20170115/BackendSet and Listener, api/#/en/networkloadbalancer/20200501.
 */
export function partVerbs(balancers: BalancersByKind): Verbs {
  const groundOf = async (step: Step): Promise<Ground> => {
    const { kind, balancer: ocid, set, part } = carried(shapes.part, step);
    const { region } = step.target;
    const service = balancers[kind];
    const balancer = await ifThere(service.get(region, ocid));
    return { service, balancer, at: { region, ocid, name: part }, set };
  };
  const observing =
    (isThere: (ground: Ground) => boolean): Verb['observe'] =>
    (step, receipt, { signal, elapsed }) =>
      unless(signal, () => {
        const service = balancers[carried(shapes.part, step).kind];
        return changed(step, receipt, { ...service, elapsed }, async () => isThere(await groundOf(step)));
      });
  const permission = 'LOAD_BALANCER_UPDATE';

  const makeSet: Verb = {
    label: 'Make a backend set',
    permission,
    turn,
    act: async (step, change) => {
      const { made } = carried(shapes.newSet, step);
      const { service, at, ...ground } = await groundOf(step);
      const { etag, sets } = there(step, ground);
      if (sets[at.name]) return {};
      return current(() => service.addSet(at, made, { ...change, etag }));
    },
    observe: observing(({ balancer, at }) => balancer?.sets[at.name] !== undefined),
  };

  const makeListener: Verb = {
    label: 'Make a listener',
    permission,
    turn,
    act: async (step, change) => {
      const { made } = carried(shapes.newListener, step);
      const { service, at, set, ...ground } = await groundOf(step);
      const balancer = there(step, ground);
      if (listenerOf({ balancer, at, set })) return {};
      const { port, protocol } = made;
      return current(() =>
        service.addListener(at, { port, protocol, set }, { ...change, etag: balancer.etag }),
      );
    },
    observe: observing((ground) => listenerOf(ground) !== undefined),
  };

  const removeListener: Verb = {
    label: 'Remove a listener',
    permission,
    turn,
    removes: true,
    act: async (step, change) => {
      const ground = await groundOf(step);
      const { service, balancer, at } = ground;
      if (!listenerOf(ground)) return {};
      return current(() => service.removeListener(at, { ...change, etag: balancer?.etag }));
    },
    observe: observing((ground) => listenerOf(ground) === undefined),
  };

  const removeSet: Verb = {
    label: 'Remove a backend set',
    permission,
    turn,
    removes: true,
    act: async (step, change) => {
      const ground = await groundOf(step);
      const { service, balancer, at } = ground;
      if (!balancer?.sets[at.name] || usesOf(ground).length > 0) return {};
      return current(() => service.removeSet(at, { ...change, etag: balancer.etag }));
    },
    observe: (step, receipt, context) =>
      unless(context.signal, async () => {
        const inUse = await leftAlone(receipt, () => groundOf(step));
        return inUse ?? observing(({ balancer, at }) => !balancer?.sets[at.name])(step, receipt, context);
      }),
  };

  return {
    'backend-set.create': makeSet,
    'listener.create': makeListener,
    'listener.delete': removeListener,
    'backend-set.delete': removeSet,
  };
}

/** The listener of that name, if it leads to the set: another one's of the same name is not ours. */
function listenerOf({ balancer, at, set }: Pick<Ground, 'balancer' | 'at' | 'set'>) {
  return balancer?.listeners.find((each) => each.name === at.name && each.set === set);
}

/** What somebody else has put to use meanwhile. */
function usesOf({ balancer, at }: Pick<Ground, 'balancer' | 'at'>): readonly string[] {
  const backends = balancer?.sets[at.name]?.backends ?? [];
  const listeners = balancer?.listeners.filter(({ set }) => set === at.name) ?? [];
  return [
    ...backends.map(({ name }) => `backend ${name}`),
    ...listeners.map(({ name }) => `listener ${name}`),
  ];
}

/** Nothing was sent, since it is in use: a person has to see to it. */
async function leftAlone(
  receipt: Receipt | undefined,
  look: () => Promise<Ground>,
): Promise<Observation | undefined> {
  if (!receipt || receipt.workRequest) return undefined;
  const ground = await look();
  const uses = ground.balancer?.sets[ground.at.name] ? usesOf(ground) : [];
  return uses.length > 0
    ? { state: 'failed', because: `it is in use by now (${uses.join(', ')}), so that it was left` }
    : undefined;
}

function there({ verb, target }: Step, { balancer }: Pick<Ground, 'balancer'>): Balancer {
  if (balancer) return balancer;
  throw new CloudError({
    message: `${target.name} is gone.`,
    status: 404,
    code: 'NotFound',
    operation: verb,
  });
}
