import type { Services } from './services.ts';
import type { WorkBook } from './work-requests.ts';

/** The work requests that MySQL keeps by itself. Its lists do not say which resource one is of. */
export function mysqlWork(requests: Services['mysqlWork']): WorkBook {
  return {
    get: async (region, workRequestId) => {
      const { workRequest } = await requests.read('GetWorkRequest', region, (client) =>
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
      const { items } = await requests.read('ListWorkRequestErrors', region, (client) =>
        client.listWorkRequestErrors({ workRequestId }),
      );
      return items.map(({ code, message }) => `${code}: ${message}`);
    },
  };
}
