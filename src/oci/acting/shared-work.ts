import type { models } from 'oci-workrequests';
import type { Services } from '../client/services.ts';
import type { Work, WorkBook } from './work-requests.ts';

/** The work requests of the older services, such as Compute and Database, which one service keeps for all. */
export function sharedWork(workRequests: Services['workRequests']): WorkBook {
  return {
    get: async (region, workRequestId) => {
      const { workRequest } = await workRequests.read('GetWorkRequest', region, (client) =>
        client.getWorkRequest({ workRequestId }),
      );
      return workOf(workRequest);
    },
    of: async (region, compartmentId, resourceId) => {
      const { items } = await workRequests.read('ListWorkRequests', region, (client) =>
        client.listWorkRequests({ compartmentId, resourceId, limit: 50 }),
      );
      return items.map(workOf);
    },
    errors: async (region, workRequestId) => {
      const { items } = await workRequests.read('ListWorkRequestErrors', region, (client) =>
        client.listWorkRequestErrors({ workRequestId }),
      );
      return items.map(({ code, message }) => `${code}: ${message}`);
    },
  };
}

function workOf(each: models.WorkRequest | models.WorkRequestSummary): Work {
  return {
    id: each.id,
    operation: each.operationType,
    status: String(each.status),
    percent: each.percentComplete,
    accepted: String(each.timeAccepted),
  };
}
