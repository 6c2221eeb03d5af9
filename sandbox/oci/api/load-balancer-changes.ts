import type { Call, Reply } from '../call.ts';
import { conflict, incorrectState, notFound } from '../errors.ts';
import { openWork, send } from '../lifecycle.ts';
import type { BackendSet, Listener, LoadBalancer } from '../resources/resources.ts';
import { hasEnded } from '../store.ts';

/** What a change works on: it becomes true when the work request is done. */
export interface Draft
  extends Pick<
    LoadBalancer,
    | 'displayName'
    | 'shapeName'
    | 'shapeDetails'
    | 'freeformTags'
    | 'definedTags'
    | 'isDeleteProtectionEnabled'
    | 'isRequestIdEnabled'
    | 'requestIdHeader'
  > {
  listeners: Record<string, Listener>;
  backendSets: Record<string, BackendSet>;
}

/** What only the work request tells: the request itself was taken. */
export class Failing extends Error {}

/**
 * One change of a load balancer. It is taken at once and shows when its work request is done; until
 * then the load balancer takes no other.
 * @throws OciError 409 while another is under way, 412 for an old etag.
 */
export function change(call: Call, type: string, edit: (draft: Draft, of: LoadBalancer) => void): Reply {
  const balancer = living(call);
  if (balancer.lifecycleState !== 'ACTIVE')
    throw incorrectState(
      `Load balancer ${balancer.ocid} is ${balancer.lifecycleState} and cannot be changed.`,
    );
  if (isBusy(call, balancer))
    throw conflict(`Load balancer ${balancer.ocid} is being changed by another request, try again later.`);
  const { displayName, shapeName, shapeDetails, freeformTags, definedTags, listeners, backendSets } =
    balancer;
  const draft: Draft = structuredClone({
    displayName,
    shapeName,
    shapeDetails,
    freeformTags,
    definedTags,
    listeners,
    backendSets,
  });
  const failure = failureOf(() => edit(draft, balancer));
  const { stuck, fails } = call.twist;
  const finished = stuck ? undefined : call.now + call.times.loadBalancerUpdate;
  if (finished !== undefined && !failure && !fails)
    call.store.move(balancer, 'ACTIVE', [{ at: finished, state: 'ACTIVE', patch: { ...draft } }]);
  return accepted(call, balancer, type, finished, failure);
}

export function remove(call: Call): Reply {
  const balancer = living(call);
  if (isBusy(call, balancer))
    throw conflict(`Load balancer ${balancer.ocid} is being changed by another request, try again later.`);
  if (balancer.isDeleteProtectionEnabled)
    throw conflict(`Load balancer ${balancer.ocid} is protected against deletion.`);
  const finished = send(call, balancer, {
    through: [{ state: 'DELETING', for: call.times.loadBalancerDelete }],
    to: 'DELETED',
  });
  return accepted(call, balancer, 'DeleteLoadBalancer', finished);
}

/** One that is deleted can be read for a while, and that is all. */
function living(call: Call): LoadBalancer {
  const balancer = call.resource('LoadBalancer', 'loadBalancerId');
  if (hasEnded(balancer)) throw notFound();
  call.checkEtag(balancer);
  return balancer;
}

export function accepted(
  call: Call,
  balancer: LoadBalancer,
  operationType: string,
  finished: number | undefined,
  failure?: string,
): Reply {
  const headers = openWork(call, {
    service: 'loadbalancer',
    operationType,
    actionType: 'UPDATED',
    resource: balancer,
    finished,
    ...(failure !== undefined && { failure: { code: 'BAD_INPUT', message: failure } }),
  });
  return { status: 204, headers };
}

function failureOf(edit: () => void): string | undefined {
  try {
    edit();
    return undefined;
  } catch (error) {
    if (error instanceof Failing) return error.message;
    throw error;
  }
}

function isBusy({ store, now }: Call, { ocid }: LoadBalancer): boolean {
  return store
    .works()
    .some(
      ({ service, resources, finished }) =>
        service === 'loadbalancer' &&
        resources.some(({ identifier }) => identifier === ocid) &&
        (finished === undefined || finished > now),
    );
}
