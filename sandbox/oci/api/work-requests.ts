import { type Call, iso, type Method, type Reply, type Route, type Service } from '../call.ts';
import { notFound } from '../errors.ts';
import { etag } from '../ids.ts';
import { arrayReply, collectionReply, compareText } from '../pages.ts';
import type { WorkRequest, WorkService } from '../resources/resources.ts';

/** How far the clock has brought a work request. */
export function progress(work: WorkRequest, now: number) {
  const { started, finished, failure } = work;
  if (now < started) return { status: 'ACCEPTED', percentComplete: 0 };
  if (finished !== undefined && now >= finished)
    return failure
      ? { status: failure.code === 'CANCELED' ? 'CANCELED' : 'FAILED', percentComplete: 100 }
      : { status: 'SUCCEEDED', percentComplete: 100 };
  const share = finished === undefined ? 0.42 : (now - started) / (finished - started);
  return { status: 'IN_PROGRESS', percentComplete: Math.min(99, Math.floor(share * 100)) };
}

/** Another one at each step that can be seen. */
export function workEtag(work: WorkRequest, now: number): string {
  return etag(work.id, progress(work, now).percentComplete);
}

/** These have no word for a resource that failed: it stays IN_PROGRESS. */
const speechless: readonly WorkService[] = [
  'core',
  'database',
  'mysql',
  'integration',
  'goldengate',
  'visualbuilder',
];

/** The work request as most services send it; what it works on is IN_PROGRESS until it is done. */
export function view(work: WorkRequest, now: number): object {
  const { status, percentComplete } = progress(work, now);
  const isOver = status !== 'ACCEPTED' && status !== 'IN_PROGRESS';
  const outcome = isOver && !speechless.includes(work.service) ? 'FAILED' : 'IN_PROGRESS';
  return {
    operationType: work.operationType,
    status,
    id: work.id,
    compartmentId: work.compartmentId,
    resources: work.resources.map((each) => ({
      ...each,
      actionType: each.actionType === 'RELATED' || status === 'SUCCEEDED' ? each.actionType : outcome,
    })),
    percentComplete,
    timeAccepted: iso(work.accepted),
    ...(now >= work.started && { timeStarted: iso(work.started) }),
    ...(isOver && work.finished !== undefined && { timeFinished: iso(work.finished) }),
  };
}

/** As the older services and MySQL list it: what it works on is left out. */
export function bare(work: WorkRequest, now: number): object {
  const { resources: _, ...rest } = { resources: [], ...view(work, now) };
  return rest;
}

export interface Entry {
  readonly at: number;
  readonly body: object;
}

/** What it has said so far, latest first. */
export function logs(work: WorkRequest, now: number): Entry[] {
  const said = (at: number, message: string) => ({ at, body: { message, timestamp: iso(at) } });
  const all = [
    said(work.accepted, `The operation ${work.operationType} has been accepted.`),
    said(work.started, `The operation ${work.operationType} is in progress.`),
  ];
  if (work.finished !== undefined) {
    const half = work.started + Math.floor((work.finished - work.started) / 2);
    all.push(
      said(half, 'The operation is half done.'),
      said(
        work.finished,
        work.failure ? `The operation has failed: ${work.failure.message}` : 'The operation has succeeded.',
      ),
    );
  }
  return all.filter(({ at }) => at <= now).reverse();
}

export function errors(work: WorkRequest, now: number): Entry[] {
  const { failure, finished } = work;
  if (!failure || finished === undefined || now < finished) return [];
  return [{ at: finished, body: { ...failure, timestamp: iso(finished) } }];
}

/** Work requests of container instances and those of the older services do not know each other. */
type Family = 'containerinstances' | 'workrequests';

function isOf(family: Family, service: WorkService): boolean {
  return family === 'containerinstances' ? service === family : service === 'core' || service === 'database';
}

function find(call: Call, family: Family): WorkRequest {
  const work = call.store.work(call.param('workRequestId'));
  if (!work || work.region !== call.region || !isOf(family, work.service)) throw notFound();
  return work;
}

/** Those of a compartment, narrowed by resource, id or status. */
function listed(call: Call, family: Family): WorkRequest[] {
  const { query } = call;
  const compartmentId = call.compartment();
  const resourceId = query.get('resourceId');
  const workRequestId = query.get('workRequestId');
  const status = query.get('status')?.toUpperCase();
  return call.store
    .works()
    .filter(
      (work) =>
        isOf(family, work.service) &&
        work.region === call.region &&
        work.compartmentId === compartmentId &&
        (!resourceId || work.resources.some(({ identifier }) => identifier === resourceId)) &&
        (!workRequestId || work.id === workRequestId) &&
        (!status || progress(work, call.now).status === status),
    )
    .sort((a, b) => b.accepted - a.accepted || compareText(a.id, b.id));
}

const entryId = ({ at, body }: Entry) => `${at} ${JSON.stringify(body)}`;
const entryBody = ({ body }: Entry) => body;

/** The four operations, for one family, served below one service's path. */
function routesOf(family: Family, client: string, service: Service): Route[] {
  const reply = family === 'containerinstances' ? collectionReply : arrayReply;
  const summary = family === 'containerinstances' ? view : bare;
  const route = (name: string, path: string, handle: (call: Call) => Reply) => {
    const method: Method = 'GET';
    return { operation: `${client}.${name}`, service, method, path, handle };
  };
  return [
    route('GetWorkRequest', '/workRequests/{workRequestId}', (call) => ({
      status: 200,
      headers: { 'retry-after': '2' },
      body: view(find(call, family), call.now),
    })),
    route('ListWorkRequests', '/workRequests', (call) =>
      reply(
        call,
        listed(call, family),
        ({ id }) => id,
        (work) => summary(work, call.now),
      ),
    ),
    route('ListWorkRequestLogs', '/workRequests/{workRequestId}/logs', (call) =>
      reply(call, logs(find(call, family), call.now), entryId, entryBody),
    ),
    route('ListWorkRequestErrors', '/workRequests/{workRequestId}/errors', (call) =>
      reply(call, errors(find(call, family), call.now), entryId, entryBody),
    ),
  ];
}

/**
 * Work requests. In the real cloud the older services share one host, iaas, with the work request
 * service, so that a client which stays at the core endpoint finds them there too.
 */
export const workRequests: readonly Route[] = [
  ...routesOf('containerinstances', 'ContainerInstance', 'containerinstances'),
  ...routesOf('workrequests', 'WorkRequest', 'workrequests'),
  ...routesOf('workrequests', 'WorkRequest', 'core'),
  ...routesOf('workrequests', 'WorkRequest', 'database'),
];
