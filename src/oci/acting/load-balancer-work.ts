import type { models } from 'oci-loadbalancer';
import type { Services } from '../client/services.ts';
import type { Work, WorkBook } from './work-requests.ts';

/** The work requests that the load balancer service keeps by itself, with their errors in them. */
export function loadBalancerWork(loadBalancers: Services['loadBalancers']): WorkBook {
  const read = async (region: string, workRequestId: string) => {
    const { workRequest } = await loadBalancers.read('GetWorkRequest', region, (client) =>
      client.getWorkRequest({ workRequestId }),
    );
    return workRequest;
  };
  return {
    get: async (region, id) => workOf(await read(region, id)),
    of: async (region, _compartmentId, loadBalancerId) => {
      const { items } = await loadBalancers.read('ListWorkRequests', region, (client) =>
        client.listWorkRequests({ loadBalancerId, limit: 50 }),
      );
      return items.map(workOf);
    },
    errors: async (region, id) => {
      const { errorDetails } = await read(region, id);
      return errorDetails.map(({ errorCode, message }) => `${errorCode}: ${message}`);
    },
  };
}

/** They tell no percentage: half way is as good a guess as any. */
function workOf(work: models.WorkRequest): Work {
  const status = String(work.lifecycleState);
  return {
    id: work.id,
    operation: work.type,
    status,
    percent: status === 'ACCEPTED' ? 0 : status === 'IN_PROGRESS' ? 50 : 100,
    accepted: String(work.timeAccepted),
  };
}
