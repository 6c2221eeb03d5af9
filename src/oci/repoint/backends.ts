import type { models } from 'oci-loadbalancer';

/** One change that is left until every backend at an old address is at the new one. */
export type Repair = {
  readonly balancer: Pick<models.LoadBalancer, 'id' | 'displayName'>;
  readonly set: string;
} & (
  | { readonly create: models.CreateBackendDetails }
  /** Its name: `10.0.1.12:8080`. */
  | { readonly remove: string }
);

/**
 * What is left to do, in the order in which it is done: the backend at the new address is there before
 * the one at the old address goes, and everything that was set on the old one is set on the new one. Pure.
 */
export function repairs(
  balancers: readonly models.LoadBalancer[],
  { from, to }: { readonly from: string; readonly to: string },
): readonly Repair[] {
  return balancers.flatMap((balancer) =>
    Object.entries(balancer.backendSets ?? {}).flatMap(([set, { backends }]) =>
      backends
        .filter(({ ipAddress }) => ipAddress === from)
        .map((old): Repair => {
          const isThere = backends.some(({ ipAddress, port }) => ipAddress === to && port === old.port);
          return isThere
            ? { balancer, set, remove: old.name }
            : { balancer, set, create: { ...settingsOf(old), ipAddress: to } };
        }),
    ),
  );
}

function settingsOf({
  port,
  weight,
  backup,
  drain,
  offline,
  maxConnections,
}: models.Backend): Omit<models.CreateBackendDetails, 'ipAddress'> {
  return { port, weight, backup, drain, offline, ...(maxConnections ? { maxConnections } : {}) };
}
