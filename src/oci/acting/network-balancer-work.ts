import type { models } from 'oci-networkloadbalancer';
import { allPages } from '../client/pages.ts';
import type { Services } from '../client/services.ts';
import type { Work, WorkFollower } from './work-requests.ts';

/** The work requests that the network load balancer service keeps by itself; one may be CANCELED. */
export function networkBalancerWork(networkLoadBalancers: Services['networkLoadBalancers']): WorkFollower {
  return {
    get: async (region, workRequestId) => {
      const { workRequest } = await networkLoadBalancers.read('GetWorkRequest', region, (client) =>
        client.getWorkRequest({ workRequestId }),
      );
      return workOf(workRequest);
    },
    errors: async (region, workRequestId) => {
      // told by the compartment too, which the request names
      const { workRequest } = await networkLoadBalancers.read('GetWorkRequest', region, (client) =>
        client.getWorkRequest({ workRequestId }),
      );
      const { compartmentId } = workRequest;
      const found = await allPages((where) =>
        networkLoadBalancers.read('ListWorkRequestErrors', region, async (client) => {
          const reply = await client.listWorkRequestErrors({ workRequestId, compartmentId, ...where });
          return { items: reply.workRequestErrorCollection.items ?? [], next: reply.opcNextPage };
        }),
      );
      return found.map(({ code, message }) => `${code}: ${message}`);
    },
  };
}

function workOf(work: models.WorkRequest): Work {
  return {
    id: work.id,
    operation: String(work.operationType),
    status: String(work.status),
    percent: work.percentComplete,
    accepted: String(work.timeAccepted),
  };
}
