import type { Services } from './services.ts';
import type { WorkBook } from './work-requests.ts';

/** The work requests that PostgreSQL keeps by itself. They all are updates, whatever was done. */
export function postgresWork(postgres: Services['postgres']): WorkBook {
  return {
    get: async (region, workRequestId) => {
      const { workRequest } = await postgres.read('GetWorkRequest', region, (client) =>
        client.getWorkRequest({ workRequestId }),
      );
      return {
        id: workRequest.id,
        operation: String(workRequest.operationType),
        status: String(workRequest.status),
        percent: workRequest.percentComplete,
        accepted: String(workRequest.timeAccepted),
      };
    },
    of: async () => [],
    errors: async (region, workRequestId) => {
      const { workRequestErrorCollection } = await postgres.read('ListWorkRequestErrors', region, (client) =>
        client.listWorkRequestErrors({ workRequestId }),
      );
      return workRequestErrorCollection.items.map(({ code, message }) => `${code}: ${message}`);
    },
  };
}
