/** What one node of a load balancer thinks of a backend. */
export type NodeHealth =
  | 'OK'
  | 'INVALID_STATUS_CODE'
  | 'TIMED_OUT'
  | 'REGEX_MISMATCH'
  | 'CONNECT_FAILED'
  | 'IO_ERROR'
  | 'OFFLINE'
  | 'UNKNOWN';

/** Whoever runs health checks. */
export interface HealthSource {
  /** One for each node, with the time of its last check. */
  of(
    balancer: string,
    set: string,
    backend: string,
  ): readonly { readonly is: NodeHealth; readonly at: number }[];
  /** Whether the set's backups have taken over for good: of network load balancers that are told to leave it so. */
  backupsRule(balancer: string, set: string): boolean;
}
