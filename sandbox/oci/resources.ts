/** What the store holds, in the cloud's own words. Times are milliseconds of the sandbox clock. */
export type Resource =
  | Instance
  | ContainerInstance
  | Container
  | AutonomousDatabase
  | AutoScalingConfiguration
  | ResourceSchedule
  | Vcn
  | Subnet
  | Vnic;

/** The names that Resource Search gives them. */
export type Type = Resource['type'];

export type ResourceOf<T extends Type> = Extract<Resource, { type: T }>;

export type FreeformTags = Record<string, string>;
export type DefinedTags = Record<string, Record<string, string>>;

interface Common {
  readonly ocid: string;
  readonly region: string;
  compartmentId: string;
  displayName: string;
  freeformTags: FreeformTags;
  definedTags: DefinedTags;
  lifecycleState: string;
  lifecycleDetails?: string;
  readonly timeCreated: number;
  timeUpdated?: number;
  /** Counts changes; the etag is made of it. */
  revision: number;
  /** States still to come, soonest first. */
  phases: Phase[];
  /** What Resource Search knows of it, oldest first. */
  history: Version[];
  /** When a terminated resource is forgotten altogether. */
  goneAt?: number;
}

export interface Phase {
  readonly at: number;
  readonly state: string;
  readonly details?: string;
}

export interface Version {
  readonly at: number;
  readonly displayName: string;
  readonly lifecycleState: string;
  readonly freeformTags: FreeformTags;
  readonly definedTags: DefinedTags;
}

export interface Instance extends Common {
  readonly type: 'Instance';
  readonly availabilityDomain: string;
  readonly faultDomain: string;
  shape: string;
  ocpus: number;
  memoryInGBs: number;
  readonly imageId: string;
  metadata: Record<string, string>;
}

export interface ContainerInstance extends Common {
  readonly type: 'ContainerInstance';
  readonly availabilityDomain: string;
  readonly faultDomain: string;
  readonly shape: string;
  readonly ocpus: number;
  readonly memoryInGBs: number;
  readonly containerIds: readonly string[];
  readonly vnicId: string;
  readonly restartPolicy: 'ALWAYS' | 'NEVER' | 'ON_FAILURE';
  readonly gracefulShutdownTimeoutInSeconds: number;
}

export interface Container extends Common {
  readonly type: 'Container';
  readonly availabilityDomain: string;
  readonly faultDomain: string;
  readonly containerInstanceId: string;
  readonly imageUrl: string;
  readonly command: readonly string[];
  readonly arguments: readonly string[];
  readonly environmentVariables: Readonly<Record<string, string>>;
  readonly healthCheckPort?: number;
  restarts: number;
  /** From start to end; the last one is still going on while it has no end. */
  runs: { from: number; to?: number }[];
}

export interface AutonomousDatabase extends Common {
  readonly type: 'AutonomousDatabase';
  readonly dbName: string;
  readonly dbWorkload: 'OLTP' | 'DW' | 'AJD' | 'APEX';
  readonly dbVersion: string;
  computeCount: number;
  dataStorageSizeInTBs: number;
  isAutoScalingEnabled: boolean;
  readonly isFreeTier: boolean;
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
  readonly privateIp: string;
  readonly publicIp?: string;
  readonly macAddress: string;
  readonly hostnameLabel: string;
  /** The instance or container instance that it belongs to. */
  readonly attachedTo: string;
}

export type WorkService = 'core' | 'database' | 'containerinstances';

/** A work request; its status and percentage follow from the clock, see work-requests.ts. */
export interface WorkRequest {
  readonly id: string;
  readonly service: WorkService;
  readonly region: string;
  readonly compartmentId: string;
  readonly operationType: string;
  readonly resources: readonly {
    readonly entityType: string;
    readonly actionType: 'CREATED' | 'UPDATED' | 'DELETED' | 'RELATED';
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
