import type { Call, Reply, Route } from '../call.ts';
import { alreadyExists, invalid } from '../errors.ts';
import { collectionReply } from '../pages.ts';
import type { NetworkListener, NetworkLoadBalancer } from '../resources/network-balancers.ts';
import { etagOf } from '../store.ts';
import { setHealth } from './balancer-health.ts';
import { backendOf, changesOf, dropBackend, dropListener, listenerOf, setOf } from './balancer-parts.ts';
import {
  backendFrom,
  backendsFrom,
  change,
  checkAlone,
  listenerFrom,
  setFrom,
} from './network-balancer-changes.ts';
import { backendHealth, operationalStatus } from './network-balancer-health.ts';
import {
  changedBackend,
  changedChecker,
  changedListener,
  changedSet,
  newBackend,
  newListener,
  newSet,
  over,
} from './network-balancer-schemas.ts';
import { backendView, checkerView, listenerView, setView } from './network-balancer-views.ts';

function createBackend(call: Call): Reply {
  const backend = backendFrom(call, call.json(newBackend));
  return change(call, 'CREATE_BACKEND', (draft) => {
    const set = setOf(call, draft);
    checkAlone(backend, set.backends);
    draft.backendSets[set.name] = { ...set, backends: [...set.backends, backend] };
  });
}

function updateBackend(call: Call): Reply {
  const sent = call.json(changedBackend);
  return change(call, 'UPDATE_BACKEND', (draft) => {
    const set = setOf(call, draft);
    const changed = over(backendOf(call, set), sent);
    const backends = set.backends.map((each) => (each.name === changed.name ? changed : each));
    draft.backendSets[set.name] = { ...set, backends };
  });
}

function deleteBackend(call: Call): Reply {
  return change(call, 'DELETE_BACKEND', (draft) => dropBackend(call, draft));
}

function createSet(call: Call): Reply {
  const { name, ...sent } = call.json(newSet);
  return change(call, 'CREATE_BACKENDSET', (draft) => {
    if (draft.backendSets[name]) throw alreadyExists(`Conflict. The backend set ${name} is there already.`);
    draft.backendSets[name] = setFrom(call, name, sent);
  });
}

function updateSet(call: Call): Reply {
  const { backends, ...sent } = call.json(changedSet);
  return change(call, 'UPDATE_BACKENDSET', (draft) => {
    const set = over(setOf(call, draft), sent);
    draft.backendSets[set.name] = { ...set, ...(backends && { backends: backendsFrom(call, backends) }) };
  });
}

function deleteSet(call: Call): Reply {
  return change(call, 'DELETE_BACKENDSET', (draft) => {
    const { name } = setOf(call, draft);
    if (Object.values(draft.listeners).some((each) => each.defaultBackendSetName === name))
      throw invalid(`The backend set ${name} is in use by a listener.`);
    delete draft.backendSets[name];
  });
}

function updateChecker(call: Call): Reply {
  const sent = call.json(changedChecker);
  return change(call, 'UPDATE_HEALTH_CHECKER', (draft) => {
    const set = setOf(call, draft);
    draft.backendSets[set.name] = { ...set, healthChecker: over(set.healthChecker, sent) };
  });
}

function createListener(call: Call): Reply {
  const listener = listenerFrom(call.json(newListener));
  return change(call, 'CREATE_LISTENER', (draft) => {
    if (draft.listeners[listener.name])
      throw alreadyExists(`Conflict. The listener ${listener.name} is there already.`);
    checkTarget(draft, listener);
    draft.listeners[listener.name] = listener;
  });
}

function updateListener(call: Call): Reply {
  const sent = call.json(changedListener);
  return change(call, 'UPDATE_LISTENER', (draft) => {
    const listener = over(listenerOf(call, draft), sent);
    checkTarget(draft, listener);
    draft.listeners[listener.name] = listener;
  });
}

/** @throws OciError 400 when it leads nowhere. */
function checkTarget(
  { backendSets }: Pick<NetworkLoadBalancer, 'backendSets'>,
  { defaultBackendSetName: name }: NetworkListener,
): void {
  if (!backendSets[name]) throw invalid(`defaultBackendSetName: there is no backend set ${name}.`);
}

function deleteListener(call: Call): Reply {
  return change(call, 'DELETE_LISTENER', (draft) => dropListener(call, draft));
}

const service = 'networkloadbalancer';
const sets = '/networkLoadBalancers/{networkLoadBalancerId}/backendSets';
const set = `${sets}/{backendSetName}`;
const backend = `${set}/backends/{backendName}`;
const listeners = '/networkLoadBalancers/{networkLoadBalancerId}/listeners';

/** A part is of its network load balancer's revision. */
function get(name: string, path: string, view: (call: Call, balancer: NetworkLoadBalancer) => object): Route {
  return {
    operation: `NetworkLoadBalancer.${name}`,
    service,
    method: 'GET',
    path,
    handle: (call) => {
      const balancer = call.resource('NetworkLoadBalancer', 'networkLoadBalancerId');
      return { status: 200, headers: { etag: etagOf(balancer) }, body: view(call, balancer) };
    },
  };
}

function list<T extends { readonly name: string }>(
  name: string,
  path: string,
  items: (call: Call, balancer: NetworkLoadBalancer) => readonly T[],
  view: (item: T) => object,
): Route {
  return {
    ...get(name, path, () => ({})),
    handle: (call) => {
      const balancer = call.resource('NetworkLoadBalancer', 'networkLoadBalancerId');
      return collectionReply(call, items(call, balancer), (item) => item.name, view);
    },
  };
}

const route = changesOf(service, 'NetworkLoadBalancer');

/** What a network load balancer is made of: backend sets, backends, health checkers and listeners. */
export const networkBalancerParts: readonly Route[] = [
  list('ListBackendSets', sets, (_, { backendSets }) => Object.values(backendSets), setView),
  get('GetBackendSet', set, (call, balancer) => setView(setOf(call, balancer))),
  get('GetBackendSetHealth', `${set}/health`, (call, balancer) =>
    setHealth(call, balancer, setOf(call, balancer)),
  ),
  {
    ...get('GetHealthChecker', `${set}/healthChecker`, (call, balancer) =>
      checkerView(setOf(call, balancer).healthChecker),
    ),
    // the SDK sends one with this read
    retryToken: true,
  },
  list('ListBackends', `${set}/backends`, (call, balancer) => setOf(call, balancer).backends, backendView),
  get('GetBackend', backend, (call, balancer) => backendView(backendOf(call, setOf(call, balancer)))),
  get('GetBackendHealth', `${backend}/health`, (call, balancer) => {
    const within = setOf(call, balancer);
    return backendHealth(call, balancer, within, backendOf(call, within));
  }),
  get('GetBackendOperationalStatus', `${backend}/operationalStatus`, (call, balancer) => {
    const within = setOf(call, balancer);
    return operationalStatus(call, balancer, within, backendOf(call, within));
  }),
  list('ListListeners', listeners, (_, balancer) => Object.values(balancer.listeners), listenerView),
  get('GetListener', `${listeners}/{listenerName}`, (call, balancer) =>
    listenerView(listenerOf(call, balancer)),
  ),
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
