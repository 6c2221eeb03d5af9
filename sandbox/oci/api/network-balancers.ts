import { z } from 'zod';
import { type Call, one, type Reply, type Route, tagFields } from '../call.ts';
import { invalid, notFound } from '../errors.ts';
import { ocid } from '../ids.ts';
import { send } from '../lifecycle.ts';
import { chosen, collectionReply } from '../pages.ts';
import type { NetworkLoadBalancer } from '../resources/network-balancers.ts';
import { accepted, change, listenerFrom, remove, setFrom } from './network-balancer-changes.ts';
import { balancerHealth, balancerStatus } from './network-balancer-health.ts';
import { networkBalancerParts } from './network-balancer-parts.ts';
import { innerSet, newListener, over } from './network-balancer-schemas.ts';
import { balancerView } from './network-balancer-views.ts';

const details = z.object({
  compartmentId: z.string(),
  displayName: z.string().min(1).max(255),
  isPrivate: z.boolean().default(false),
  isPreserveSourceDestination: z.boolean().default(false),
  isSymmetricHashEnabled: z.boolean().default(false),
  subnetId: z.string(),
  networkSecurityGroupIds: z.array(z.string()).default([]),
  listeners: z.record(z.string(), newListener).default({}),
  backendSets: z.record(z.string(), innerSet).default({}),
  ...tagFields,
});

function create(call: Call): Reply {
  const wanted = call.json(details);
  call.checkCompartment(wanted.compartmentId);
  const { store, region, now, times } = call;
  const subnet = store.get('Subnet', region, wanted.subnetId);
  if (!subnet) throw notFound();
  const lost = Object.values(wanted.listeners).find(
    ({ defaultBackendSetName }) => !wanted.backendSets[defaultBackendSetName],
  );
  if (lost) throw invalid(`listeners: there is no backend set ${lost.defaultBackendSetName}.`);
  const host = 2 + (Number(store.next()) % 250);
  const balancer: NetworkLoadBalancer = {
    type: 'NetworkLoadBalancer',
    ocid: ocid('networkloadbalancer', region, 'created', store.next()),
    region,
    compartmentId: wanted.compartmentId,
    displayName: wanted.displayName,
    freeformTags: wanted.freeformTags ?? {},
    definedTags: wanted.definedTags ?? {},
    lifecycleState: 'CREATING',
    timeCreated: now,
    revision: 1,
    phases: [],
    history: [],
    isPrivate: wanted.isPrivate,
    isPreserveSourceDestination: wanted.isPreserveSourceDestination,
    isSymmetricHashEnabled: wanted.isSymmetricHashEnabled,
    ipAddress: wanted.isPrivate ? subnet.cidrBlock.replace(/0\/24$/, String(host)) : `203.0.113.${host}`,
    subnetId: subnet.ocid,
    networkSecurityGroupIds: wanted.networkSecurityGroupIds,
    listeners: Object.fromEntries(
      Object.entries(wanted.listeners).map(([name, listener]) => [name, listenerFrom({ ...listener, name })]),
    ),
    backendSets: Object.fromEntries(
      Object.entries(wanted.backendSets).map(([name, set]) => [name, setFrom(call, name, set)]),
    ),
  };
  call.limits.check(balancer);
  store.add(balancer);
  const finished = send(call, balancer, {
    through: [{ state: 'CREATING', for: times.loadBalancerCreate }],
    to: 'ACTIVE',
    onFailure: 'FAILED',
  });
  const reply = accepted(call, balancer, 'CREATE_NETWORK_LOAD_BALANCER', 'CREATED', finished);
  return { ...reply, body: balancerView(balancer) };
}

const updated = z
  .object({
    displayName: z.string().min(1).max(255),
    isPreserveSourceDestination: z.boolean(),
    isSymmetricHashEnabled: z.boolean(),
    ...tagFields,
  })
  .partial();

function update(call: Call): Reply {
  const sent = call.json(updated);
  return change(call, 'UPDATE_NETWORK_LOAD_BALANCER', (draft) => {
    Object.assign(draft, over(draft, sent));
  });
}

function ofCompartment(call: Call): NetworkLoadBalancer[] {
  const compartmentId = call.compartment();
  return call.store
    .list('NetworkLoadBalancer', call.region)
    .filter((each) => each.compartmentId === compartmentId);
}

const service = 'networkloadbalancer';
const all = '/networkLoadBalancers';
const path = `${all}/{networkLoadBalancerId}`;

function route(
  name: string,
  method: Route['method'],
  at: string,
  handle: Route['handle'],
  more: Pick<Route, 'retryToken'> = {},
): Route {
  return { operation: `NetworkLoadBalancer.${name}`, service, method, path: at, ...more, handle };
}

/** Words as a list of their own. */
const words = (call: Call, known: readonly string[]): Reply => ({
  status: 200,
  body: { items: known.slice(0, Number(call.query.get('limit')) || known.length) },
});

/** Network load balancers. Each takes one change at a time; a change shows when its work request is done. */
export const networkBalancers: readonly Route[] = [
  route('ListNetworkLoadBalancers', 'GET', all, (call) =>
    collectionReply(call, chosen(call, ofCompartment(call)), ({ ocid: id }) => id, balancerView),
  ),
  // before the one by its id, which `health` would be taken for
  route('ListNetworkLoadBalancerHealths', 'GET', `${all}/health`, (call) =>
    collectionReply(
      call,
      chosen(call, ofCompartment(call)),
      ({ ocid: id }) => id,
      (balancer) => ({ networkLoadBalancerId: balancer.ocid, status: balancerStatus(call, balancer) }),
    ),
  ),
  route('GetNetworkLoadBalancer', 'GET', path, (call) => {
    const balancer = call.resource('NetworkLoadBalancer', 'networkLoadBalancerId');
    return one(balancer, balancerView(balancer));
  }),
  route('CreateNetworkLoadBalancer', 'POST', all, create, { retryToken: true }),
  route('UpdateNetworkLoadBalancer', 'PUT', path, update),
  route('DeleteNetworkLoadBalancer', 'DELETE', path, remove),
  route('GetNetworkLoadBalancerHealth', 'GET', `${path}/health`, (call) => {
    const balancer = call.resource('NetworkLoadBalancer', 'networkLoadBalancerId');
    return { status: 200, body: balancerHealth(call, balancer) };
  }),
  route('ListNetworkLoadBalancersPolicies', 'GET', '/networkLoadBalancersPolicies', (call) =>
    words(call, ['FIVE_TUPLE', 'THREE_TUPLE', 'TWO_TUPLE']),
  ),
  route('ListNetworkLoadBalancersProtocols', 'GET', '/networkLoadBalancersProtocols', (call) =>
    words(call, ['ANY', 'TCP', 'UDP', 'TCP_AND_UDP', 'L3IP']),
  ),
  ...networkBalancerParts,
];
