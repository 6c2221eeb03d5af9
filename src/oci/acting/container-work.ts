import type { models } from 'oci-containerinstances';
import type { Services } from '../client/services.ts';
import type { Work, WorkBook } from './work-requests.ts';

/** The work requests that the container instance service keeps by itself. */
export function containerWork(containers: Services['containers']): WorkBook {
  return {
    get: async (region, workRequestId) => {
      const { workRequest } = await containers.read('GetWorkRequest', region, (client) =>
        client.getWorkRequest({ workRequestId }),
      );
      return workOf(workRequest);
    },
    of: async (region, compartmentId, resourceId) => {
      const { workRequestSummaryCollection } = await containers.read('ListWorkRequests', region, (client) =>
        client.listWorkRequests({ compartmentId, resourceId, limit: 50 }),
      );
      return workRequestSummaryCollection.items.map(workOf);
    },
    errors: async (region, workRequestId) => {
      const { workRequestErrorCollection } = await containers.read(
        'ListWorkRequestErrors',
        region,
        (client) => client.listWorkRequestErrors({ workRequestId }),
      );
      return workRequestErrorCollection.items.map(({ code, message }) => `${code}: ${message}`);
    },
  };
}

function workOf(work: models.WorkRequest | models.WorkRequestSummary): Work {
  return {
    id: work.id,
    operation: String(work.operationType),
    status: String(work.status),
    percent: work.percentComplete,
    accepted: String(work.timeAccepted),
  };
}
