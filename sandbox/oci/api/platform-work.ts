import { type Call, iso, type Method, type Reply, type Route } from '../call.ts';
import { notFound } from '../errors.ts';
import { arrayReply, collectionReply, compareText, countedReply } from '../pages.ts';
import type { PlatformService, WorkRequest } from '../resources/resources.ts';
import { errors, logs, progress, view, workEtag } from './work-requests.ts';

/** How one service writes its work requests, and what it lets one ask for. */
interface Family {
  readonly service: PlatformService;
  readonly client: string;
  readonly reply: typeof arrayReply;
  /** The query parameters that name the resource. */
  readonly resourceParams: readonly string[];
  readonly errorsPath?: string;
  /** Whether logs and errors are asked for by compartment, too. */
  readonly askedByCompartment?: boolean;
  readonly view: (work: WorkRequest, now: number) => object;
  readonly summary?: (work: WorkRequest, now: number) => object;
  /** A line of a log, or an error: most call its time `timestamp`. */
  readonly entry?: (body: object) => object;
}

/** OKE says no percentage. */
function clusterWork(work: WorkRequest, now: number): object {
  const { percentComplete: _, ...rest } = { percentComplete: 0, ...view(work, now) };
  return rest;
}

function analyticsWork(work: WorkRequest, now: number): object {
  const isDone = progress(work, now).status === 'SUCCEEDED';
  return {
    ...view(work, now),
    resources: work.resources.map(({ actionType, identifier, entityUri }) => ({
      actionResult: isDone ? actionType : 'NONE',
      resourceType: 'ANALYTICS_INSTANCE',
      identifier,
      resourceUri: `/20190331${entityUri}`,
      metadata: {},
    })),
  };
}

function analyticsSummary(work: WorkRequest, now: number): object {
  const { percentComplete: _, ...rest } = { percentComplete: 0, ...analyticsWork(work, now) };
  return rest;
}

function assistantSummary(work: WorkRequest, now: number) {
  const { status } = progress(work, now);
  const resourceId = work.resources[0]?.identifier ?? '';
  return {
    id: work.id,
    compartmentId: work.compartmentId,
    odaInstanceId: resourceId,
    resourceId,
    requestAction: work.operationType,
    status,
    resources: work.resources.map(({ actionType, identifier, entityUri }) => ({
      resourceAction: actionType === 'STOPPED' ? 'STOP' : 'START',
      resourceType: 'ODA_INSTANCE',
      resourceId: identifier,
      status,
      resourceUri: `/20190506${entityUri}`,
    })),
  };
}

function assistantWork(work: WorkRequest, now: number): object {
  const { operationType: _, ...rest } = { operationType: '', ...view(work, now) };
  return { ...rest, ...assistantSummary(work, now), statusMessage: work.failure?.message ?? null };
}

/** It has no word for a resource that failed. */
function networkWork(work: WorkRequest, now: number): object {
  const shown = { resources: work.resources, ...view(work, now) };
  const isOver = progress(work, now).percentComplete === 100;
  return isOver ? { ...shown, resources: work.resources } : shown;
}

const timeStamped = (body: object) => {
  const { timestamp, ...rest } = { timestamp: '', ...body };
  return { ...rest, timeStamp: timestamp };
};

const families: readonly Family[] = [
  {
    service: 'containerengine',
    client: 'ContainerEngine',
    askedByCompartment: true,
    reply: arrayReply,
    resourceParams: ['resourceId'],
    view: clusterWork,
  },
  {
    service: 'integration',
    client: 'IntegrationInstance',
    askedByCompartment: true,
    reply: arrayReply,
    resourceParams: ['integrationInstanceId'],
    view,
  },
  {
    service: 'analytics',
    client: 'Analytics',
    reply: arrayReply,
    resourceParams: ['resourceId'],
    view: analyticsWork,
    summary: analyticsSummary,
  },
  { service: 'goldengate', client: 'GoldenGate', reply: arrayReply, resourceParams: ['resourceId'], view },
  {
    service: 'oda',
    client: 'Oda',
    reply: countedReply,
    resourceParams: ['odaInstanceId', 'resourceId'],
    view: assistantWork,
    summary: assistantSummary,
    entry: timeStamped,
  },
  {
    service: 'dataintegration',
    client: 'DataIntegration',
    reply: arrayReply,
    resourceParams: ['workspaceId'],
    errorsPath: 'workRequestErrors',
    view,
  },
  {
    service: 'visualbuilder',
    client: 'VbInstance',
    askedByCompartment: true,
    reply: collectionReply,
    resourceParams: ['vbInstanceId'],
    view,
  },
  {
    service: 'networkloadbalancer',
    client: 'NetworkLoadBalancer',
    askedByCompartment: true,
    reply: collectionReply,
    resourceParams: [],
    view: networkWork,
  },
  {
    service: 'resourcescheduler',
    client: 'Schedule',
    reply: collectionReply,
    resourceParams: ['resourceId'],
    view,
  },
];

function find(call: Call, { service }: Family): WorkRequest {
  const work = call.store.work(call.param('workRequestId'));
  if (!work || work.region !== call.region || work.service !== service) throw notFound();
  return work;
}

function listed(call: Call, { service, resourceParams }: Family): WorkRequest[] {
  const compartmentId = call.compartment();
  const status = call.query.getAll(service === 'dataintegration' ? 'workRequestStatus' : 'status');
  const wanted = resourceParams.flatMap((name) => call.query.get(name) ?? []);
  return call.store
    .works()
    .filter(
      (work) =>
        work.service === service &&
        work.region === call.region &&
        work.compartmentId === compartmentId &&
        wanted.every((id) => work.resources.some(({ identifier }) => identifier === id)) &&
        (status.length === 0 || status.includes(progress(work, call.now).status)),
    )
    .sort((a, b) => b.accepted - a.accepted || compareText(a.id, b.id));
}

function routesOf(family: Family): Route[] {
  const { service, client, reply, errorsPath = 'errors', entry = (body: object) => body } = family;
  const summary = family.summary ?? family.view;
  const route = (name: string, path: string, handle: (call: Call) => Reply): Route => {
    const method: Method = 'GET';
    return { operation: `${client}.${name}`, service, method, path, handle };
  };
  const entries = (call: Call, of: typeof logs) => {
    if (family.askedByCompartment) call.compartment();
    return reply(
      call,
      of(find(call, family), call.now),
      ({ at, body }) => `${iso(at)} ${JSON.stringify(body)}`,
      ({ body }) => entry(body),
    );
  };
  const one = '/workRequests/{workRequestId}';
  return [
    route('GetWorkRequest', one, (call) => ({
      status: 200,
      headers: { etag: workEtag(find(call, family), call.now), 'retry-after': '2' },
      body: family.view(find(call, family), call.now),
    })),
    route('ListWorkRequests', '/workRequests', (call) =>
      reply(
        call,
        listed(call, family),
        ({ id }) => id,
        (work) => summary(work, call.now),
      ),
    ),
    route('ListWorkRequestLogs', `${one}/logs`, (call) => entries(call, logs)),
    route('ListWorkRequestErrors', `${one}/${errorsPath}`, (call) => entries(call, errors)),
  ];
}

/** The work requests that OKE, each platform service and network load balancers keep by themselves. */
export const platformWork: readonly Route[] = families.flatMap(routesOf);
