import type { Common, FreeformTags } from './common.ts';
import type { DataResource, DataService } from './data.ts';
import type { NetworkLoadBalancer } from './network-balancers.ts';
import type { PlatformResource } from './platform.ts';
import type { RegistryResource } from './registry.ts';
import type { VaultSecret } from './secrets.ts';

/** What the store holds, in the cloud's own words. Times are milliseconds of the sandbox clock. */
export type Resource =
  | Instance
  | InstancePool
  | InstanceConfiguration
  | ContainerInstance
  | Container
  | AutonomousDatabase
  | DataResource
  | PlatformResource
  | RegistryResource
  | VaultSecret
  | LoadBalancer
  | NetworkLoadBalancer
  | AutoScalingConfiguration
  | ResourceSchedule
  | Vcn
  | Subnet
  | Vnic;

/** The names that Resource Search gives them. */
export type Type = Resource['type'];

export type ResourceOf<T extends Type> = Extract<Resource, { type: T }>;

export interface Instance extends Common {
  readonly type: 'Instance';
  readonly availabilityDomain: string;
  readonly faultDomain: string;
  shape: string;
  ocpus: number;
  memoryInGBs: number;
  readonly imageId: string;
  metadata: Record<string, string>;
  /** As they were sent; what is usual where nothing was. */
  settings?: Settings;
  readonly bootVolumeSizeInGBs?: number;
}

type Settings = Readonly<
  Partial<
    Record<
      'agentConfig' | 'availabilityConfig' | 'instanceOptions' | 'launchOptions' | 'extendedMetadata',
      Readonly<Record<string, unknown>>
    >
  >
>;

/** How the members of a pool are launched. */
export interface InstanceConfiguration extends Common {
  readonly type: 'InstanceConfiguration';
  readonly shape: string;
  readonly ocpus: number;
  readonly memoryInGBs: number;
  readonly imageId: string;
  readonly subnetId: string;
  readonly memberTags: FreeformTags;
}

export interface InstancePool extends Common {
  readonly type: 'InstancePool';
  instanceConfigurationId: string;
  size: number;
  readonly availabilityDomains: readonly string[];
  readonly subnetId: string;
  /** Its instances, the oldest first. */
  memberIds: readonly string[];
  /** Backend sets that its members join and leave by themselves. */
  readonly attachments: readonly Attachment[];
}

export interface Attachment {
  readonly id: string;
  readonly loadBalancerId: string;
  readonly backendSetName: string;
  readonly port: number;
}

export interface LoadBalancer extends Common {
  readonly type: 'LoadBalancer';
  /** `flexible`, or the bandwidth itself: `100Mbps`. */
  shapeName: string;
  /** Of a flexible one. */
  shapeDetails: { minimumBandwidthInMbps: number; maximumBandwidthInMbps: number } | null;
  readonly isPrivate: boolean;
  readonly ipAddress: string;
  readonly subnetIds: readonly string[];
  readonly networkSecurityGroupIds?: readonly string[];
  readonly reservedIpId?: string;
  isDeleteProtectionEnabled?: boolean;
  isRequestIdEnabled?: boolean;
  requestIdHeader?: string;
  listeners: Record<string, Listener>;
  backendSets: Record<string, BackendSet>;
}

export interface Listener {
  readonly name: string;
  readonly defaultBackendSetName: string;
  readonly port: number;
  readonly protocol: string;
  readonly hostnameNames?: readonly string[] | undefined;
  readonly ruleSetNames?: readonly string[] | undefined;
  readonly pathRouteSetName?: string | undefined;
  readonly routingPolicyName?: string | undefined;
  readonly connectionConfiguration?: ConnectionConfiguration | undefined;
}

export interface ConnectionConfiguration {
  /** In seconds. */
  readonly idleTimeout: number;
  readonly backendTcpProxyProtocolVersion?: number | undefined;
  readonly backendTcpProxyProtocolOptions?: readonly string[] | undefined;
}

export interface BackendSet {
  readonly name: string;
  readonly policy: string;
  readonly backendMaxConnections?: number | undefined;
  readonly healthChecker: HealthChecker;
  readonly backends: readonly Backend[];
  /** One of the two at the most. */
  readonly sessionPersistenceConfiguration?: AppCookie | undefined;
  readonly lbCookieSessionPersistenceConfiguration?: BalancerCookie | undefined;
}

/** A session begins when a backend sets this cookie, or any if it is `*`. */
export interface AppCookie {
  readonly cookieName: string;
  readonly disableFallback: boolean;
}

/** The load balancer sets a cookie of its own. */
export interface BalancerCookie {
  readonly cookieName: string;
  readonly disableFallback: boolean;
  readonly domain?: string | undefined;
  readonly path: string;
  readonly maxAgeInSeconds?: number | undefined;
  readonly isSecure: boolean;
  readonly isHttpOnly: boolean;
}

export interface HealthChecker {
  readonly protocol: string;
  readonly urlPath?: string | undefined;
  readonly port?: number | undefined;
  readonly returnCode?: number | undefined;
  readonly retries?: number | undefined;
  readonly timeoutInMillis?: number | undefined;
  readonly intervalInMillis?: number | undefined;
  readonly responseBodyRegex?: string | undefined;
  readonly isForcePlainText?: boolean | undefined;
}

export interface Backend {
  /** `10.0.0.3:8080` */
  readonly name: string;
  readonly ipAddress: string;
  readonly port: number;
  readonly weight: number;
  readonly maxConnections?: number | undefined;
  readonly drain: boolean;
  readonly backup: boolean;
  readonly offline: boolean;
}

export interface ContainerInstance extends Common {
  readonly type: 'ContainerInstance';
  readonly availabilityDomain: string;
  readonly faultDomain: string;
  readonly shape: string;
  readonly ocpus: number;
  readonly memoryInGBs: number;
  readonly containerIds: readonly string[];
  /** The primary one first. */
  readonly vnicIds: readonly string[];
  /** As they were sent, like the three below. */
  readonly volumes: readonly Volume[];
  readonly dnsConfig: Readonly<Record<string, unknown>> | null;
  readonly imagePullSecrets: readonly Readonly<Record<string, unknown>>[];
  readonly securityContext: Readonly<Record<string, unknown>> | null;
  readonly restartPolicy: 'ALWAYS' | 'NEVER' | 'ON_FAILURE';
  readonly gracefulShutdownTimeoutInSeconds: number;
  /** It comes up under another private address each time. */
  readonly movesAddress?: boolean;
}

export interface Container extends Common {
  readonly type: 'Container';
  readonly availabilityDomain: string;
  readonly faultDomain: string;
  readonly containerInstanceId: string;
  readonly imageUrl: string;
  /** What was pulled, with its tag, where the URL has but a digest: the tag says how its program behaves. */
  readonly pulled?: string;
  readonly command: readonly string[];
  readonly arguments: readonly string[];
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly workingDirectory: string | null;
  readonly volumeMounts: readonly Readonly<Record<string, unknown>>[];
  readonly healthChecks: readonly HealthCheck[];
  readonly isResourcePrincipalDisabled: boolean;
  readonly resourceConfig: Readonly<Record<string, unknown>> | null;
  readonly securityContext: Readonly<Record<string, unknown>> | null;
  restarts: number;
  /** From start to end; the last one is still going on while it has no end. */
  runs: Run[];
}

/** One life of a container's process; it was told to end where there is no exit code. */
export interface Run {
  readonly from: number;
  to?: number;
  exitCode?: number;
}

export type Volume = Readonly<Record<string, unknown>> & {
  readonly name: string;
  readonly volumeType: string;
};

/** OCI's own look at a container, which may kill it. */
export interface HealthCheck {
  readonly healthCheckType: 'HTTP' | 'TCP';
  readonly name: string;
  readonly port: number;
  readonly path?: string | undefined;
  readonly headers?: readonly { readonly name: string; readonly value: string }[] | undefined;
  readonly initialDelayInSeconds: number;
  readonly intervalInSeconds: number;
  readonly timeoutInSeconds: number;
  readonly failureThreshold: number;
  readonly successThreshold: number;
  readonly failureAction: 'KILL' | 'NONE';
}

export interface AutonomousDatabase extends Common {
  readonly type: 'AutonomousDatabase';
  readonly dbName: string;
  readonly dbWorkload: 'OLTP' | 'DW' | 'AJD' | 'APEX';
  readonly dbVersion: string;
  readonly computeModel: 'ECPU' | 'OCPU';
  computeCount: number;
  dataStorageSizeInTBs: number;
  isAutoScalingEnabled: boolean;
  readonly isFreeTier: boolean;
  readonly isDedicated: boolean;
  readonly isRefreshableClone: boolean;
  licenseModel: 'LICENSE_INCLUDED' | 'BRING_YOUR_OWN_LICENSE';
}

export interface AutoScalingConfiguration extends Common {
  readonly type: 'AutoScalingConfiguration';
  readonly poolId: string;
  isEnabled: boolean;
  coolDownInSeconds: number;
  /** As they were sent. */
  policies: readonly Record<string, unknown>[];
}

/** A schedule of Resource Scheduler. */
export interface ResourceSchedule extends Common {
  readonly type: 'ResourceSchedule';
  description: string;
  action: 'START_RESOURCE' | 'STOP_RESOURCE' | 'BACKUP_RESOURCE';
  recurrenceType: 'CRON' | 'ICAL';
  recurrenceDetails: string;
  /** One of the two has members. */
  resources: readonly { readonly id: string }[];
  resourceFilters: readonly (Record<string, unknown> & { readonly attribute: string })[];
  timeStarts?: string;
  timeEnds?: string;
  localTimeZone?: string;
}

export interface Vcn extends Common {
  readonly type: 'Vcn';
  readonly cidrBlock: string;
  readonly dnsLabel: string;
}

export interface Subnet extends Common {
  readonly type: 'Subnet';
  readonly vcnId: string;
  readonly cidrBlock: string;
  readonly dnsLabel: string;
}

export interface Vnic extends Common {
  readonly type: 'Vnic';
  readonly availabilityDomain: string;
  readonly subnetId: string;
  privateIp: string;
  publicIp?: string;
  readonly macAddress: string;
  readonly hostnameLabel: string;
  readonly nsgIds?: readonly string[];
  readonly skipSourceDestCheck?: boolean;
  /** The instance or container instance that it belongs to. */
  readonly attachedTo: string;
}

export type WorkService =
  | 'core'
  | 'database'
  | 'containerinstances'
  | 'loadbalancer'
  | DataService
  | PlatformService;

/** Each keeps its own work requests. */
export type PlatformService =
  | 'containerengine'
  | 'integration'
  | 'analytics'
  | 'goldengate'
  | 'oda'
  | 'dataintegration'
  | 'visualbuilder'
  | 'networkloadbalancer'
  | 'resourcescheduler';

export type WorkAction = 'CREATED' | 'UPDATED' | 'DELETED' | 'RELATED' | 'STARTED' | 'STOPPED' | 'SCALED';

/** A work request; its status and percentage follow from the clock, see work-requests.ts. */
export interface WorkRequest {
  readonly id: string;
  readonly service: WorkService;
  readonly region: string;
  readonly compartmentId: string;
  readonly operationType: string;
  readonly resources: readonly {
    readonly entityType: string;
    readonly actionType: WorkAction;
    readonly identifier: string;
    readonly entityUri: string;
  }[];
  readonly accepted: number;
  readonly started: number;
  /** Absent while it is stuck. */
  readonly finished?: number;
  /** Why it ends FAILED. */
  readonly failure?: { readonly code: string; readonly message: string };
}
