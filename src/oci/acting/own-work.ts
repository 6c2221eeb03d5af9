import type { SdkClient, Service } from '../client/service.ts';
import type { Work, WorkFollower } from './work-requests.ts';

interface Shown {
  readonly id?: string;
  readonly compartmentId?: string;
  readonly operationType?: string;
  /** Digital Assistant's word for it. */
  readonly requestAction?: string;
  readonly status?: string;
  /** OKE does not say. */
  readonly percentComplete?: number;
  readonly timeAccepted?: Date;
}

interface Failure {
  readonly code: string;
  readonly message: string;
}

/** A client of a service that keeps its work requests by itself. */
interface Keeper extends SdkClient {
  getWorkRequest(request: { workRequestId: string }): Promise<{ readonly workRequest: Shown }>;
  /** Some want the compartment too; the others do not look at it. */
  listWorkRequestErrors(request: {
    workRequestId: string;
    compartmentId: string;
  }): Promise<
    | { readonly items: readonly Failure[] }
    | { readonly workRequestErrorCollection: { readonly items: readonly Failure[] } }
  >;
}

/** Work requests that a service keeps by itself, followed by their ids. */
export function ownWork<C extends Keeper>(service: Service<C>): WorkFollower {
  const get = async (region: string, workRequestId: string) =>
    (await service.read('GetWorkRequest', region, (client) => client.getWorkRequest({ workRequestId })))
      .workRequest;
  return {
    get: async (region, id) => workOf(await get(region, id)),
    errors: async (region, workRequestId) => {
      const { compartmentId = '' } = await get(region, workRequestId);
      const reply = await service.read('ListWorkRequestErrors', region, (client) =>
        client.listWorkRequestErrors({ workRequestId, compartmentId }),
      );
      const { items } = 'items' in reply ? reply : reply.workRequestErrorCollection;
      return items.map(({ code, message }) => `${code}: ${message}`);
    },
  };
}

function workOf(shown: Shown): Work {
  return {
    id: shown.id ?? '',
    operation: shown.operationType ?? shown.requestAction ?? '',
    status: String(shown.status),
    ...(shown.percentComplete == null ? {} : { percent: shown.percentComplete }),
    accepted: String(shown.timeAccepted),
  };
}
