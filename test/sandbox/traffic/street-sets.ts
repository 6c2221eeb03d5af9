import type { clients } from '../oci/cloud.ts';

type Sdk = ReturnType<typeof clients>;

export interface Flags {
  readonly weight: number;
  readonly drain: boolean;
  readonly backup: boolean;
  readonly offline: boolean;
}

interface New {
  readonly ipAddress: string;
  readonly port: number;
}

/** The backend set `set` of a load balancer, as a street changes it. */
interface Sets {
  update(backendName: string, change: Partial<Flags>): Promise<unknown>;
  add(backend: New): Promise<unknown>;
  remove(backendName: string): Promise<unknown>;
  health(backendName: string): Promise<{
    readonly status: string;
    readonly healthCheckResults: readonly { readonly healthCheckStatus: string }[];
  }>;
}

export function balancersOf({ balancers }: Pick<Sdk, 'balancers'>, loadBalancerId: string): Sets {
  const set = { loadBalancerId, backendSetName: 'set' };
  return {
    update: async (backendName, change) => {
      const { backend } = await balancers.getBackend({ ...set, backendName });
      const { weight, drain, backup, offline } = backend;
      const updateBackendDetails = { weight, drain, backup, offline, ...change };
      return balancers.updateBackend({ ...set, backendName, updateBackendDetails });
    },
    add: (createBackendDetails) => balancers.createBackend({ ...set, createBackendDetails }),
    remove: (backendName) => balancers.deleteBackend({ ...set, backendName }),
    health: async (backendName) => (await balancers.getBackendHealth({ ...set, backendName })).backendHealth,
  };
}

export function networkBalancersOf(
  { networkBalancers }: Pick<Sdk, 'networkBalancers'>,
  networkLoadBalancerId: string,
): Sets {
  const set = { networkLoadBalancerId, backendSetName: 'set' };
  return {
    update: (backendName, { weight, drain, backup, offline }) =>
      networkBalancers.updateBackend({
        ...set,
        backendName,
        updateBackendDetails: {
          ...(weight !== undefined && { weight }),
          ...(drain !== undefined && { isDrain: drain }),
          ...(backup !== undefined && { isBackup: backup }),
          ...(offline !== undefined && { isOffline: offline }),
        },
      }),
    add: ({ ipAddress, port }) =>
      networkBalancers.createBackend({ ...set, createBackendDetails: { ipAddress, port } }),
    remove: (backendName) => networkBalancers.deleteBackend({ ...set, backendName }),
    health: async (backendName) =>
      (await networkBalancers.getBackendHealth({ ...set, backendName })).backendHealth,
  };
}
