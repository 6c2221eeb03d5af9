import type { Common } from './common.ts';

/** Databases beside the Autonomous one. */
export type DataResource =
  | DbSystem
  | DbNode
  | CloudVmCluster
  | MysqlDbSystem
  | HeatWaveCluster
  | PostgresqlDbSystem;

/** Each keeps its own work requests. */
export type DataService = 'mysql' | 'psql';

/** Base Database. Its own state stays AVAILABLE; the power is its nodes'. */
export interface DbSystem extends Common {
  readonly type: 'DbSystem';
  readonly availabilityDomain: string;
  readonly subnetId: string;
  shape: string;
  readonly computeModel: 'ECPU' | 'OCPU';
  /** Of all nodes together, OCPUs or ECPUs by the model. */
  cpuCoreCount: number;
  readonly nodeIds: readonly string[];
  readonly databaseEdition: string;
  readonly version: string;
  readonly dataStorageSizeInGBs: number;
  readonly hostname: string;
  licenseModel: 'LICENSE_INCLUDED' | 'BRING_YOUR_OWN_LICENSE';
}

export interface DbNode extends Common {
  readonly type: 'DbNode';
  readonly dbSystemId: string;
  readonly vnicId: string;
  readonly hostname: string;
  readonly faultDomain: string;
}

/** Exadata on dedicated infrastructure. Without cores all of its virtual machines are shut down. */
export interface CloudVmCluster extends Common {
  readonly type: 'CloudVmCluster';
  readonly availabilityDomain: string;
  readonly subnetId: string;
  readonly infrastructureId: string;
  readonly shape: string;
  readonly computeModel: 'ECPU' | 'OCPU';
  cpuCoreCount: number;
  readonly nodeCount: number;
  readonly hostname: string;
}

export interface MysqlDbSystem extends Common {
  readonly type: 'MysqlDbSystem';
  readonly availabilityDomain: string;
  readonly faultDomain: string;
  readonly subnetId: string;
  readonly shapeName: string;
  readonly mysqlVersion: string;
  readonly isHighlyAvailable: boolean;
  readonly dataStorageSizeInGBs: number;
  readonly ipAddress: string;
  /** Of its HeatWave cluster, which has no OCID on the wire. */
  readonly heatWaveId?: string;
}

export interface HeatWaveCluster extends Common {
  readonly type: 'HeatWaveCluster';
  readonly dbSystemId: string;
  readonly shapeName: string;
  readonly clusterSize: number;
}

export interface PostgresqlDbSystem extends Common {
  readonly type: 'PostgresqlDbSystem';
  readonly subnetId: string;
  readonly shape: string;
  readonly instanceOcpuCount: number;
  readonly instanceMemorySizeInGBs: number;
  readonly dbVersion: string;
  readonly ipAddress: string;
  readonly instances: readonly { readonly id: string; readonly availabilityDomain: string }[];
}
