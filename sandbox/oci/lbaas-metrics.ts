import type { Sample } from './metrics.ts';
import type { LoadBalancer } from './resources/resources.ts';

/**
 * What load balancers tell Monitoring of themselves, in the namespace `oci_lbaas`.
 * Source: docs.oracle.com, Balance/Reference/loadbalancermetrics.htm.
 */
export type BalancerMetric =
  | 'AcceptedConnections'
  | 'ActiveConnections'
  | 'BackendServers'
  | 'BackendTimeouts'
  | 'BytesReceived'
  | 'BytesSent'
  | 'ClosedConnections'
  | 'HandledConnections'
  | 'HttpRequests'
  | 'HttpResponses2xx'
  | 'HttpResponses3xx'
  | 'HttpResponses4xx'
  | 'HttpResponses5xx'
  | 'HttpResponses502'
  | 'HttpResponses504'
  | 'InvalidHeaderResponses'
  | 'KeepaliveConnections'
  | 'PeakBandwidth'
  | 'ResponseTimeFirstByte'
  | 'ResponseTimeHttpHeader'
  | 'UnHealthyBackendServers';

/** Which part of it the value speaks of; of the whole if nothing is said. */
export interface BalancerPart {
  readonly backendSet?: string;
  readonly listener?: string;
}

/** A value with the dimensions that the service gives it, ready for `Metrics.record`. */
export function balancerSample(
  balancer: Pick<LoadBalancer, 'ocid' | 'displayName' | 'region' | 'compartmentId'>,
  { backendSet, listener }: BalancerPart,
  name: BalancerMetric,
  value: number,
  at: number,
): Sample {
  const { ocid, displayName, region, compartmentId } = balancer;
  return {
    region,
    compartmentId,
    namespace: 'oci_lbaas',
    name,
    value,
    at,
    dimensions: {
      resourceId: ocid,
      lbName: displayName,
      region,
      lbComponent: backendSet ? 'Backendset' : listener ? 'Listener' : 'Loadbalancer',
      ...(backendSet && { backendSetName: backendSet }),
      ...(listener && { listenerName: listener }),
    },
  };
}
