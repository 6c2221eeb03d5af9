import { z } from 'zod';
import { freeAddress, freePublicAddress } from '../addresses.ts';
import { type Call, one, type Reply, type Route, tagFields } from '../call.ts';
import { invalid, notFound } from '../errors.ts';
import { ocid } from '../ids.ts';
import { send } from '../lifecycle.ts';
import { arrayReply, chosen } from '../pages.ts';
import type { LoadBalancer } from '../resources/resources.ts';
import { accepted, change, remove } from './load-balancer-changes.ts';
import { balancerHealth, balancerStatus } from './load-balancer-health.ts';
import { changedListener, loadBalancerParts, newSet, setFrom } from './load-balancer-parts.ts';
import { checkedShape, shapeFields, shapeNames } from './load-balancer-shapes.ts';
import { balancerView, workView } from './load-balancer-views.ts';

const switches = {
  isDeleteProtectionEnabled: z.boolean().optional(),
  isRequestIdEnabled: z.boolean().optional(),
  /** Of what each request is given to be known by; empty is the usual one. */
  requestIdHeader: z
    .string()
    .regex(/^(X-.*)?$/i, 'must start with X-')
    .optional(),
};

/** Those that were sent, with the header that is used where requests get ids. */
function switchesOf(sent: z.infer<z.ZodObject<typeof switches>>) {
  const { isDeleteProtectionEnabled, isRequestIdEnabled, requestIdHeader } = sent;
  return {
    ...(isDeleteProtectionEnabled !== undefined && { isDeleteProtectionEnabled }),
    ...(isRequestIdEnabled !== undefined && {
      isRequestIdEnabled,
      requestIdHeader: isRequestIdEnabled ? requestIdHeader || 'X-Request-Id' : '',
    }),
  };
}

const details = z.object({
  compartmentId: z.string(),
  displayName: z.string().min(1).max(1024),
  ...shapeFields,
  isPrivate: z.boolean().default(false),
  subnetIds: z.array(z.string()).min(1),
  networkSecurityGroupIds: z.array(z.string()).default([]),
  reservedIps: z
    .array(z.object({ id: z.string() }))
    .max(1)
    .default([]),
  ...switches,
  listeners: z.record(z.string(), changedListener).default({}),
  backendSets: z.record(z.string(), newSet).default({}),
  ...tagFields,
});

function create(call: Call): Reply {
  const wanted = call.json(details);
  call.checkCompartment(wanted.compartmentId);
  const shape = checkedShape(wanted);
  for (const [name, { defaultBackendSetName: set }] of Object.entries(wanted.listeners))
    if (!wanted.backendSets[set])
      throw invalid(
        `Listener '${name}' references BackendSet '${set}' which does not exist in the load balancer`,
      );
  const { store, region, now, times } = call;
  const [subnet] = wanted.subnetIds.map((id) => store.get('Subnet', region, id));
  if (!subnet) throw notFound();
  const address = wanted.isPrivate ? freeAddress(store, subnet) : freePublicAddress(store);
  if (!address) throw invalid('subnetIds: the subnet has no free address.');
  const balancer: LoadBalancer = {
    type: 'LoadBalancer',
    ocid: ocid('loadbalancer', region, 'created', store.next()),
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
    ...shape,
    isPrivate: wanted.isPrivate,
    ipAddress: address,
    subnetIds: wanted.subnetIds,
    networkSecurityGroupIds: wanted.networkSecurityGroupIds,
    ...(wanted.reservedIps[0] && { reservedIpId: wanted.reservedIps[0].id }),
    ...switchesOf(wanted),
    listeners: Object.fromEntries(
      Object.entries(wanted.listeners).map(([name, listener]) => [name, { ...listener, name }]),
    ),
    backendSets: Object.fromEntries(
      Object.entries(wanted.backendSets).map(([name, set]) => [name, setFrom(name, set)]),
    ),
  };
  call.limits.check(balancer);
  store.add(balancer);
  const finished = send(call, balancer, {
    through: [{ state: 'CREATING', for: times.loadBalancerCreate }],
    to: 'ACTIVE',
    onFailure: 'FAILED',
  });
  return accepted(call, balancer, 'CreateLoadBalancer', finished);
}

const update = z.object({ displayName: z.string().min(1).max(1024).optional(), ...switches, ...tagFields });

function updateBalancer(call: Call): Reply {
  const wanted = call.json(update);
  return change(call, 'UpdateLoadBalancer', (draft) => {
    draft.displayName = wanted.displayName ?? draft.displayName;
    draft.freeformTags = wanted.freeformTags ?? draft.freeformTags;
    draft.definedTags = wanted.definedTags ?? draft.definedTags;
    Object.assign(draft, switchesOf(wanted));
  });
}

function updateShape(call: Call): Reply {
  const shape = checkedShape(call.json(z.object(shapeFields)));
  return change(call, 'UpdateShape', (draft) => {
    Object.assign(draft, shape);
  });
}

function ofCompartment(call: Call): LoadBalancer[] {
  const compartmentId = call.compartment();
  return call.store.list('LoadBalancer', call.region).filter((each) => each.compartmentId === compartmentId);
}

const service = 'loadbalancer';
const path = '/loadBalancers/{loadBalancerId}';

const whole: readonly Route[] = [
  {
    operation: 'LoadBalancer.ListLoadBalancers',
    service,
    method: 'GET',
    path: '/loadBalancers',
    handle: (call) => arrayReply(call, chosen(call, ofCompartment(call)), ({ ocid }) => ocid, balancerView),
  },
  {
    operation: 'LoadBalancer.GetLoadBalancer',
    service,
    method: 'GET',
    path,
    handle: (call) => {
      const balancer = call.resource('LoadBalancer', 'loadBalancerId');
      call.checkEtag(balancer);
      return one(balancer, balancerView(balancer));
    },
  },
  {
    operation: 'LoadBalancer.CreateLoadBalancer',
    service,
    method: 'POST',
    path: '/loadBalancers',
    retryToken: true,
    handle: create,
  },
  {
    operation: 'LoadBalancer.UpdateLoadBalancer',
    service,
    method: 'PUT',
    path,
    retryToken: true,
    handle: updateBalancer,
  },
  {
    operation: 'LoadBalancer.UpdateLoadBalancerShape',
    service,
    method: 'PUT',
    path: `${path}/updateShape`,
    retryToken: true,
    handle: updateShape,
  },
  { operation: 'LoadBalancer.DeleteLoadBalancer', service, method: 'DELETE', path, handle: remove },
  {
    operation: 'LoadBalancer.GetLoadBalancerHealth',
    service,
    method: 'GET',
    path: `${path}/health`,
    handle: (call) => {
      const balancer = call.resource('LoadBalancer', 'loadBalancerId');
      return one(balancer, balancerHealth(call, balancer));
    },
  },
  {
    operation: 'LoadBalancer.ListLoadBalancerHealths',
    service,
    method: 'GET',
    path: '/loadBalancerHealths',
    handle: (call) =>
      arrayReply(
        call,
        ofCompartment(call),
        ({ ocid }) => ocid,
        (balancer) => ({ loadBalancerId: balancer.ocid, status: balancerStatus(call, balancer) }),
      ),
  },
  {
    operation: 'LoadBalancer.ListShapes',
    service,
    method: 'GET',
    path: '/loadBalancerShapes',
    handle: (call) => {
      call.compartment();
      const shapes = shapeNames.map((name) => ({ name }));
      return arrayReply(
        call,
        shapes,
        ({ name }) => name,
        (shape) => shape,
      );
    },
  },
];

const works: readonly Route[] = [
  {
    operation: 'LoadBalancer.GetWorkRequest',
    service,
    method: 'GET',
    path: '/loadBalancerWorkRequests/{workRequestId}',
    handle: (call) => {
      const work = call.store.work(call.param('workRequestId'));
      if (!work || work.region !== call.region || work.service !== service) throw notFound();
      return { status: 200, body: workView(work, call) };
    },
  },
  {
    operation: 'LoadBalancer.ListWorkRequests',
    service,
    method: 'GET',
    path: `${path}/workRequests`,
    handle: (call) => {
      const { ocid } = call.resource('LoadBalancer', 'loadBalancerId');
      const found = call.store
        .works()
        .filter((work) => work.service === service && work.resources[0]?.identifier === ocid)
        .reverse();
      return arrayReply(
        call,
        found,
        ({ id }) => id,
        (work) => workView(work, call),
      );
    },
  },
];

/** Load balancers. Each takes one change at a time; a change shows when its work request is done. */
export const loadBalancers: readonly Route[] = [...whole, ...loadBalancerParts, ...works];
