import type { Call, Method, Reply, Route } from '../call.ts';
import { notFound } from '../errors.ts';
import { arrayReply, collectionReply, compareText } from '../pages.ts';
import type { DataService } from '../resources/data.ts';
import type { WorkRequest } from '../resources/resources.ts';
import { bare, type Entry, errors, logs, progress, view, workEtag } from './work-requests.ts';

function find(call: Call, service: DataService): WorkRequest {
  const work = call.store.work(call.param('workRequestId'));
  if (!work || work.region !== call.region || work.service !== service) throw notFound();
  return work;
}

/** Those of a compartment. Only PostgreSQL narrows by resource, id or status. */
function listed(call: Call, service: DataService): WorkRequest[] {
  const { query, now } = call;
  const compartmentId = call.compartment();
  const wanted = (name: string) => (service === 'psql' ? query.get(name) : null);
  const [resourceId, id, status] = [wanted('resourceId'), wanted('workRequestId'), wanted('status')];
  return call.store
    .works()
    .filter(
      (work) =>
        work.service === service &&
        work.region === call.region &&
        work.compartmentId === compartmentId &&
        (!resourceId || work.resources.some(({ identifier }) => identifier === resourceId)) &&
        (!id || work.id === id) &&
        (!status || progress(work, now).status === status),
    )
    .sort((a, b) => b.accepted - a.accepted || compareText(a.id, b.id));
}

const entryId = ({ at, body }: Entry) => `${at} ${JSON.stringify(body)}`;
const entryBody = ({ body }: Entry) => body;

function routesOf(service: DataService, client: string): Route[] {
  const reply = service === 'psql' ? collectionReply : arrayReply;
  const route = (name: string, path: string, handle: (call: Call) => Reply): Route => {
    const method: Method = 'GET';
    return { operation: `${client}.${name}`, service, method, path, handle };
  };
  return [
    route('GetWorkRequest', '/workRequests/{workRequestId}', (call) => ({
      status: 200,
      headers: { etag: workEtag(find(call, service), call.now), 'retry-after': '2' },
      body: view(find(call, service), call.now),
    })),
    route('ListWorkRequests', '/workRequests', (call) =>
      reply(
        call,
        listed(call, service),
        ({ id }) => id,
        (work) => (service === 'psql' ? view : bare)(work, call.now),
      ),
    ),
    route('ListWorkRequestLogs', '/workRequests/{workRequestId}/logs', (call) =>
      reply(call, logs(find(call, service), call.now), entryId, entryBody),
    ),
    route('ListWorkRequestErrors', '/workRequests/{workRequestId}/errors', (call) =>
      reply(call, errors(find(call, service), call.now), entryId, entryBody),
    ),
  ];
}

/** The work requests that MySQL and PostgreSQL keep by themselves. */
export const dataWork: readonly Route[] = [
  ...routesOf('mysql', 'WorkRequests'),
  ...routesOf('psql', 'Postgresql'),
];
