import type { Common } from './common.ts';

/** Platform services and OKE, each under the name that Resource Search gives it, or would. */
export type PlatformResource = PoweredResource | Cluster | NodePool | VirtualNodePool;

/** Those that are started and stopped as a whole. */
export type PoweredResource =
  | IntegrationInstance
  | AnalyticsInstance
  | GoldenGateDeployment
  | DigitalAssistant
  | DataIntegrationWorkspace
  | VisualBuilderInstance;

export interface IntegrationInstance extends Common {
  readonly type: 'IntegrationInstance';
  readonly edition: 'STANDARDX' | 'ENTERPRISEX';
  readonly shape: 'DEVELOPMENT' | 'PRODUCTION';
  messagePacks: number;
  readonly isByol: boolean;
}

export interface AnalyticsInstance extends Common {
  readonly type: 'AnalyticsInstance';
  capacityType: 'OLPU_COUNT' | 'USER_COUNT';
  capacityValue: number;
  readonly featureSet: 'SELF_SERVICE_ANALYTICS' | 'ENTERPRISE_ANALYTICS';
}

export interface GoldenGateDeployment extends Common {
  readonly type: 'GoldenGateDeployment';
  readonly deploymentType: 'DATABASE_ORACLE' | 'DATABASE_MYSQL' | 'DATABASE_POSTGRESQL' | 'BIGDATA';
  cpuCoreCount: number;
  isAutoScalingEnabled: boolean;
  readonly subnetId: string;
  /** What an UPDATING one is about: STARTING, STOPPING; nothing for other updates. */
  subState?: string;
}

export interface DigitalAssistant extends Common {
  readonly type: 'OdaInstance';
  readonly shapeName: 'DEVELOPMENT' | 'PRODUCTION';
  subState?: string;
}

export interface DataIntegrationWorkspace extends Common {
  readonly type: 'DISWorkspace';
  readonly description: string;
  readonly isPrivateNetworkEnabled: boolean;
}

export interface VisualBuilderInstance extends Common {
  readonly type: 'VisualBuilderInstance';
  readonly nodeCount: number;
}

export interface Cluster extends Common {
  readonly type: 'ClustersCluster';
  readonly kubernetesVersion: string;
  readonly clusterType: 'BASIC_CLUSTER' | 'ENHANCED_CLUSTER';
  readonly vcnId: string;
  readonly subnetId: string;
  readonly addons: readonly Addon[];
}

export interface Addon {
  readonly name: string;
  readonly version: string;
  readonly configurations: readonly { readonly key: string; readonly value: string }[];
}

/** Resource Search does not know node pools. */
export interface NodePool extends Common {
  readonly type: 'NodePool';
  readonly clusterId: string;
  readonly kubernetesVersion: string;
  readonly shape: string;
  readonly ocpus: number;
  readonly memoryInGBs: number;
  readonly imageId: string;
  readonly placements: readonly { readonly availabilityDomain: string; readonly subnetId: string }[];
  size: number;
  /** How many nodes there were before the update that is going on. */
  sizeBefore: number;
}

export interface VirtualNodePool extends Common {
  readonly type: 'ClustersVirtualNodePool';
  readonly clusterId: string;
  readonly kubernetesVersion: string;
  readonly availabilityDomain: string;
  readonly subnetId: string;
  readonly podShape: string;
  readonly size: number;
}
