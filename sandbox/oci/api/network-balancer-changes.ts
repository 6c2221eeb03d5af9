import type { z } from 'zod';
import type { Call, Reply } from '../call.ts';
import { alreadyExists, conflict, incorrectState, invalid, notFound } from '../errors.ts';
import { openWork, send } from '../lifecycle.ts';
import type {
  NetworkBackend,
  NetworkBackendSet,
  NetworkListener,
  NetworkLoadBalancer,
} from '../resources/network-balancers.ts';
import type { WorkAction } from '../resources/resources.ts';
import { etagOf, hasEnded } from '../store.ts';
import {
  type innerSet,
  type newBackend,
  type newListener,
  over,
  usualListener,
  usualSet,
} from './network-balancer-schemas.ts';

/** What a change works on: it becomes true when the work request is done. */
export interface Draft {
  displayName: string;
  isPreserveSourceDestination: boolean;
  isSymmetricHashEnabled: boolean;
  freeformTags: NetworkLoadBalancer['freeformTags'];
  definedTags: NetworkLoadBalancer['definedTags'];
  listeners: Record<string, NetworkListener>;
  backendSets: Record<string, NetworkBackendSet>;
}

/**
 * One change. The network load balancer is UPDATING until its work request is done, and takes no other.
 * @throws OciError 409 while another is under way, 412 for an old etag, and what the edit throws.
 */
export function change(call: Call, operationType: string, edit: (draft: Draft) => void): Reply {
  const balancer = living(call, 'Updating');
  const { displayName, freeformTags, definedTags, listeners, backendSets } = balancer;
  const { isPreserveSourceDestination, isSymmetricHashEnabled } = balancer;
  const draft: Draft = structuredClone({
    displayName,
    isPreserveSourceDestination,
    isSymmetricHashEnabled,
    freeformTags,
    definedTags,
    listeners,
    backendSets,
  });
  edit(draft);
  const finished = send(call, balancer, {
    through: [{ state: 'UPDATING', for: call.times.loadBalancerUpdate }],
    to: 'ACTIVE',
    patch: { ...draft },
  });
  return accepted(call, balancer, operationType, 'UPDATED', finished);
}

export function remove(call: Call): Reply {
  const balancer = living(call, 'Deleting');
  const finished = send(call, balancer, {
    through: [{ state: 'DELETING', for: call.times.loadBalancerDelete }],
    to: 'DELETED',
  });
  return accepted(call, balancer, 'DELETE_NETWORK_LOAD_BALANCER', 'DELETED', finished);
}

function living(call: Call, next: string): NetworkLoadBalancer {
  const balancer = call.resource('NetworkLoadBalancer', 'networkLoadBalancerId');
  // it can be read for a while, and that is all
  if (hasEnded(balancer)) throw notFound();
  call.checkEtag(balancer);
  const { lifecycleState: state } = balancer;
  if (state === 'CREATING' || state === 'UPDATING' || state === 'DELETING')
    throw conflict(
      `Invalid State Transition of NLB lifeCycle state from ${state.charAt(0)}${state.slice(1).toLowerCase()} to ${next}`,
    );
  if (state !== 'ACTIVE' && next === 'Updating')
    throw incorrectState(`The network load balancer is ${state} and cannot be changed.`);
  return balancer;
}

export function accepted(
  call: Call,
  balancer: NetworkLoadBalancer,
  operationType: string,
  actionType: WorkAction,
  finished: number | undefined,
): Reply {
  const headers = openWork(call, {
    service: 'networkloadbalancer',
    operationType,
    actionType,
    resource: balancer,
    finished,
  });
  return { status: 202, headers: { etag: etagOf(balancer), ...headers } };
}

/** @throws OciError 404 for a target that is not there. */
export function backendFrom(call: Call, sent: z.infer<typeof newBackend>): NetworkBackend {
  const { ipAddress, targetId, port } = sent;
  return {
    name: sent.name ?? `${targetId ?? ipAddress}:${port}`,
    ipAddress: ipAddress ?? addressOf(call, targetId ?? ''),
    targetId: targetId ?? null,
    port,
    weight: sent.weight ?? 1,
    isDrain: sent.isDrain ?? false,
    isBackup: sent.isBackup ?? false,
    isOffline: sent.isOffline ?? false,
  };
}

function addressOf({ store, region }: Call, targetId: string): string {
  const vnic = store
    .list('Vnic', region)
    .find(({ ocid, attachedTo }) => [ocid, attachedTo].includes(targetId));
  if (!vnic) throw notFound();
  return vnic.privateIp;
}

export function setFrom(call: Call, name: string, sent: z.infer<typeof innerSet>): NetworkBackendSet {
  const { policy, healthChecker, backends = [], ...more } = sent;
  const base = { ...usualSet, name, policy, healthChecker, backends: backendsFrom(call, backends) };
  return over<NetworkBackendSet>(base, more);
}

/** @throws OciError 400 when one is there twice. */
export function backendsFrom(call: Call, sent: readonly z.infer<typeof newBackend>[]): NetworkBackend[] {
  const backends = sent.map((each) => backendFrom(call, each));
  const twice = backends.find((one, at) => backends.findIndex((each) => isSame(each, one)) !== at);
  if (twice) throw invalid(`backends: ${twice.name} is there twice.`);
  return backends;
}

/** @throws OciError 409, as Terraform's users have met it, when its name, or where it leads, is another's. */
export function checkAlone(backend: NetworkBackend, others: readonly NetworkBackend[]): void {
  const twin = others.find((each) => isSame(each, backend));
  if (twin)
    throw alreadyExists(
      `Conflict. Duplicate backend IP/id + port combinations not allowed: ${twin.name} is there already.`,
    );
}

function isSame(one: NetworkBackend, other: NetworkBackend): boolean {
  return one.name === other.name || (one.ipAddress === other.ipAddress && one.port === other.port);
}

export function listenerFrom(sent: z.infer<typeof newListener>): NetworkListener {
  const { name, defaultBackendSetName, port, protocol, ...more } = sent;
  return over<NetworkListener>({ ...usualListener, name, defaultBackendSetName, port, protocol }, more);
}
