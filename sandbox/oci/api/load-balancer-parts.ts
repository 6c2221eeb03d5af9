import { z } from 'zod';
import type { Call, Reply, Route } from '../call.ts';
import { invalid, notFound } from '../errors.ts';
import type { Backend, BackendSet, Listener, LoadBalancer } from '../resources/resources.ts';
import { etagOf } from '../store.ts';
import { setHealth } from './balancer-health.ts';
import { backendOf, changesOf, dropBackend, dropListener, setOf } from './balancer-parts.ts';
import { change, type Draft, Failing } from './load-balancer-changes.ts';
import { backendHealth } from './load-balancer-health.ts';
import { persistence, persistenceFrom } from './load-balancer-sessions.ts';
import { backendView, checkerView, setView } from './load-balancer-views.ts';

const connections = z
  .int()
  .refine((count) => count === 0 || (count >= 256 && count <= 65_535), 'must be 0, or from 256 to 65535')
  .nullish();

const flags = { backup: z.boolean(), drain: z.boolean(), offline: z.boolean() };

const newBackend = z.object({
  ipAddress: z.string().regex(/^\d{1,3}(\.\d{1,3}){3}$/, 'must be an IPv4 address'),
  port: z.int().min(1).max(65_535),
  weight: z.int().min(1).max(100).default(1),
  maxConnections: connections,
  backup: flags.backup.default(false),
  drain: flags.drain.default(false),
  offline: flags.offline.default(false),
});

const changedBackend = z.object({ weight: z.int().min(1).max(100), maxConnections: connections, ...flags });

const checker = z.object({
  protocol: z.enum(['HTTP', 'TCP']),
  urlPath: z.string().optional(),
  port: z.int().min(0).max(65_535).optional(),
  returnCode: z.int().optional(),
  retries: z.int().min(1).optional(),
  timeoutInMillis: z.int().min(1).optional(),
  intervalInMillis: z.int().min(1).optional(),
  responseBodyRegex: z.string().optional(),
  isForcePlainText: z.boolean().optional(),
});

/** All of it has to be sent, as of a backend. */
const changedChecker = checker.extend({
  port: z.int().min(0).max(65_535),
  returnCode: z.int(),
  retries: z.int().min(1),
  timeoutInMillis: z.int().min(1),
  intervalInMillis: z.int().min(1),
  responseBodyRegex: z.string(),
});

const setFields = {
  policy: z.enum(['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'IP_HASH']),
  backendMaxConnections: connections,
  healthChecker: checker,
  ...persistence,
};

export const newSet = z.object({ ...setFields, backends: z.array(newBackend).default([]) });
const namedSet = newSet.extend({ name: z.string().min(1).max(32) });
const changedSet = z.object({ ...setFields, backends: z.array(newBackend) });

const listenerFields = {
  defaultBackendSetName: z.string(),
  port: z.int().min(1).max(65_535),
  protocol: z.enum(['HTTP', 'HTTP2', 'TCP', 'GRPC']),
  hostnameNames: z.array(z.string()).optional(),
  ruleSetNames: z.array(z.string()).optional(),
  pathRouteSetName: z.string().optional(),
  routingPolicyName: z.string().optional(),
  connectionConfiguration: z
    .object({
      idleTimeout: z.number().min(1).max(7200),
      backendTcpProxyProtocolVersion: z.int().min(0).max(2).optional(),
      backendTcpProxyProtocolOptions: z.array(z.literal('PP2_TYPE_AUTHORITY')).optional(),
    })
    .optional(),
};
export const changedListener = z.object(listenerFields);
const namedListener = z.object({ ...listenerFields, name: z.string().min(1).max(255) });

export function backendFrom({ maxConnections, ...details }: z.infer<typeof newBackend>): Backend {
  return {
    ...details,
    name: `${details.ipAddress}:${details.port}`,
    ...(maxConnections ? { maxConnections } : {}),
  };
}

export function setFrom(name: string, details: z.infer<typeof newSet>): BackendSet {
  const { policy, backendMaxConnections, healthChecker, backends } = details;
  if (policy === 'IP_HASH' && backends.some(({ backup }) => backup))
    throw invalid('backup: not allowed with the policy IP_HASH.');
  return {
    name,
    policy,
    healthChecker,
    ...(backendMaxConnections ? { backendMaxConnections } : {}),
    ...persistenceFrom(details),
    backends: backends.map(backendFrom),
  };
}

function createBackend(call: Call): Reply {
  const backend = backendFrom(call.json(newBackend));
  return change(call, 'CreateBackend', (draft, balancer) => {
    const set = setOf(call, draft);
    if (set.policy === 'IP_HASH' && backend.backup)
      throw invalid('backup: not allowed with the policy IP_HASH.');
    if (set.backends.some(({ name }) => name === backend.name))
      throw new Failing(`Load balancer ${balancer.ocid} already has backend ${backend.name} in ${set.name}`);
    draft.backendSets[set.name] = { ...set, backends: [...set.backends, backend] };
  });
}

function updateBackend(call: Call): Reply {
  const { maxConnections, ...details } = call.json(changedBackend);
  return change(call, 'UpdateBackend', (draft) => {
    const set = setOf(call, draft);
    const { maxConnections: before, ...old } = backendOf(call, set);
    const most = maxConnections === undefined ? before : maxConnections || undefined;
    const changed = { ...old, ...details, ...(most ? { maxConnections: most } : {}) };
    const backends = set.backends.map((each) => (each.name === old.name ? changed : each));
    draft.backendSets[set.name] = { ...set, backends };
  });
}

function deleteBackend(call: Call): Reply {
  return change(call, 'DeleteBackend', (draft) => dropBackend(call, draft));
}

function createSet(call: Call): Reply {
  const { name, ...details } = call.json(namedSet);
  return change(call, 'CreateBackendSet', (draft, balancer) => {
    if (draft.backendSets[name])
      throw new Failing(`Load balancer ${balancer.ocid} already has backend set '${name}'`);
    draft.backendSets[name] = setFrom(name, details);
  });
}

function updateSet(call: Call): Reply {
  const details = call.json(changedSet);
  return change(call, 'UpdateBackendSet', (draft) => {
    const { name } = setOf(call, draft);
    draft.backendSets[name] = setFrom(name, details);
  });
}

function deleteSet(call: Call): Reply {
  return change(call, 'DeleteBackendSet', (draft, balancer) => {
    const { name } = setOf(call, draft);
    if (Object.values(draft.listeners).some((each) => each.defaultBackendSetName === name))
      throw new Failing(`Backend set ${name} of load balancer ${balancer.ocid} is in use by a listener`);
    delete draft.backendSets[name];
  });
}

function updateChecker(call: Call): Reply {
  const healthChecker = call.json(changedChecker);
  return change(call, 'UpdateHealthChecker', (draft) => {
    const set = setOf(call, draft);
    draft.backendSets[set.name] = { ...set, healthChecker };
  });
}

function createListener(call: Call): Reply {
  const listener = call.json(namedListener);
  return change(call, 'CreateListener', (draft, balancer) => {
    if (draft.listeners[listener.name])
      throw new Failing(`Load balancer ${balancer.ocid} already has listener '${listener.name}'`);
    checkTarget(draft, balancer, listener);
    draft.listeners[listener.name] = listener;
  });
}

function updateListener(call: Call): Reply {
  const details = call.json(changedListener);
  return change(call, 'UpdateListener', (draft, balancer) => {
    const name = call.param('listenerName');
    if (!draft.listeners[name]) throw notFound();
    const listener = { ...details, name };
    checkTarget(draft, balancer, listener);
    draft.listeners[name] = listener;
  });
}

/** @throws OciError 400 when it leads nowhere: the real service looks at once at what is referred to. */
function checkTarget({ backendSets }: Draft, { ocid }: LoadBalancer, listener: Listener): void {
  const { name, defaultBackendSetName: set } = listener;
  if (!backendSets[set])
    throw invalid(
      `Listener '${name}' references BackendSet '${set}' which does not exist in load balancer ${ocid}`,
    );
}

function deleteListener(call: Call): Reply {
  return change(call, 'DeleteListener', (draft) => dropListener(call, draft));
}

/** A part is of its load balancer's revision. */
function part(call: Call, view: (balancer: LoadBalancer) => unknown): Reply {
  const balancer = call.resource('LoadBalancer', 'loadBalancerId');
  call.checkEtag(balancer);
  return { status: 200, headers: { etag: etagOf(balancer) }, body: view(balancer) };
}

const service = 'loadbalancer';
const sets = '/loadBalancers/{loadBalancerId}/backendSets';
const set = `${sets}/{backendSetName}`;
const backend = `${set}/backends/{backendName}`;
const listeners = '/loadBalancers/{loadBalancerId}/listeners';

function get(name: string, path: string, view: (call: Call, balancer: LoadBalancer) => unknown): Route {
  return {
    operation: `LoadBalancer.${name}`,
    service,
    method: 'GET',
    path,
    handle: (call) => part(call, (balancer) => view(call, balancer)),
  };
}

const route = changesOf(service, 'LoadBalancer');

/** What a load balancer is made of: backend sets, backends, health checkers and listeners. */
export const loadBalancerParts: readonly Route[] = [
  get('ListBackendSets', sets, (_, { backendSets }) => Object.values(backendSets).map(setView)),
  get('GetBackendSet', set, (call, balancer) => setView(setOf(call, balancer))),
  get('GetBackendSetHealth', `${set}/health`, (call, balancer) =>
    setHealth(call, balancer, setOf(call, balancer)),
  ),
  get('GetHealthChecker', `${set}/healthChecker`, (call, balancer) =>
    checkerView(setOf(call, balancer).healthChecker),
  ),
  get('ListBackends', `${set}/backends`, (call, balancer) => setOf(call, balancer).backends.map(backendView)),
  get('GetBackend', backend, (call, balancer) => backendView(backendOf(call, setOf(call, balancer)))),
  get('GetBackendHealth', `${backend}/health`, (call, balancer) => {
    const set = setOf(call, balancer);
    return backendHealth(call, balancer, set, backendOf(call, set));
  }),
  route('CreateBackendSet', 'POST', sets, createSet),
  route('UpdateBackendSet', 'PUT', set, updateSet),
  route('DeleteBackendSet', 'DELETE', set, deleteSet),
  route('UpdateHealthChecker', 'PUT', `${set}/healthChecker`, updateChecker),
  route('CreateBackend', 'POST', `${set}/backends`, createBackend),
  route('UpdateBackend', 'PUT', backend, updateBackend),
  route('DeleteBackend', 'DELETE', backend, deleteBackend),
  route('CreateListener', 'POST', listeners, createListener),
  route('UpdateListener', 'PUT', `${listeners}/{listenerName}`, updateListener),
  route('DeleteListener', 'DELETE', `${listeners}/{listenerName}`, deleteListener),
];
