import type { Common } from './common.ts';

export interface NetworkLoadBalancer extends Common {
  readonly type: 'NetworkLoadBalancer';
  readonly isPrivate: boolean;
  isPreserveSourceDestination: boolean;
  isSymmetricHashEnabled: boolean;
  readonly ipAddress: string;
  readonly subnetId: string;
  readonly networkSecurityGroupIds?: readonly string[];
  listeners: Record<string, NetworkListener>;
  backendSets: Record<string, NetworkBackendSet>;
}

export interface NetworkListener {
  readonly name: string;
  readonly defaultBackendSetName: string;
  readonly port: number;
  readonly protocol: string;
  readonly ipVersion: string;
  readonly isPpv2Enabled: boolean;
  readonly tcpIdleTimeout?: number | null | undefined;
  readonly udpIdleTimeout?: number | null | undefined;
  readonly l3IpIdleTimeout?: number | null | undefined;
}

export interface NetworkBackendSet {
  readonly name: string;
  readonly policy: string;
  readonly isPreserveSource: boolean;
  readonly isFailOpen: boolean;
  readonly isInstantFailoverEnabled: boolean;
  readonly isInstantFailoverTcpResetEnabled: boolean;
  readonly areOperationallyActiveBackendsPreferred: boolean;
  readonly ipVersion: string;
  readonly healthChecker: NetworkHealthChecker;
  readonly backends: readonly NetworkBackend[];
}

export interface NetworkHealthChecker {
  readonly protocol: string;
  readonly port?: number | null | undefined;
  readonly retries?: number | null | undefined;
  readonly timeoutInMillis?: number | null | undefined;
  readonly intervalInMillis?: number | null | undefined;
  readonly urlPath?: string | null | undefined;
  readonly responseBodyRegex?: string | null | undefined;
  readonly returnCode?: number | null | undefined;
  /** Base64. */
  readonly requestData?: string | null | undefined;
  readonly responseData?: string | null | undefined;
  readonly dns?: Readonly<Record<string, unknown>> | null | undefined;
}

export interface NetworkBackend {
  /** What it was called, or `10.0.0.3:8080`, or the OCID of its target with the port. */
  readonly name: string;
  readonly ipAddress: string;
  /** Of an instance or a private IP. */
  readonly targetId: string | null;
  readonly port: number;
  readonly weight: number;
  readonly isDrain: boolean;
  readonly isBackup: boolean;
  readonly isOffline: boolean;
}
