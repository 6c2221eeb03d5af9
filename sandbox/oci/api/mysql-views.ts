import { iso } from '../call.ts';
import type { HeatWaveCluster, MysqlDbSystem } from '../resources/data.ts';

/** As ListDbSystems sends it. */
export const summary = (system: MysqlDbSystem, heatWave: HeatWaveCluster | undefined) => ({
  id: system.ocid,
  displayName: system.displayName,
  description: null,
  compartmentId: system.compartmentId,
  isHighlyAvailable: system.isHighlyAvailable,
  currentPlacement: { availabilityDomain: system.availabilityDomain, faultDomain: system.faultDomain },
  isHeatWaveClusterAttached: heatWave !== undefined,
  heatWaveCluster: heatWave ? heatWaveSummary(heatWave) : null,
  availabilityDomain: system.availabilityDomain,
  faultDomain: system.faultDomain,
  endpoints: [
    {
      hostname: null,
      ipAddress: system.ipAddress,
      port: 3306,
      portX: 33060,
      modes: ['READ', 'WRITE'],
      status: system.lifecycleState === 'ACTIVE' ? 'ACTIVE' : 'INACTIVE',
      resourceType: 'DBSYSTEM',
      resourceId: system.ocid,
    },
  ],
  lifecycleState: system.lifecycleState,
  mysqlVersion: system.mysqlVersion,
  shapeName: system.shapeName,
  timeCreated: iso(system.timeCreated),
  timeUpdated: iso(system.timeUpdated ?? system.timeCreated),
  deletionPolicy: {
    automaticBackupRetention: 'DELETE',
    finalBackup: 'SKIP_FINAL_BACKUP',
    isDeleteProtected: false,
  },
  crashRecovery: 'ENABLED',
  databaseManagement: 'DISABLED',
  databaseMode: 'READ_WRITE',
  accessMode: 'UNRESTRICTED',
  freeformTags: system.freeformTags,
  definedTags: system.definedTags,
  systemTags: {},
});

/** As GetDbSystem sends it. */
export function view(system: MysqlDbSystem, heatWave: HeatWaveCluster | undefined): object {
  return {
    ...summary(system, heatWave),
    subnetId: system.subnetId,
    backupPolicy: { isEnabled: true, windowStartTime: '02:30', retentionInDays: 7 },
    source: { sourceType: 'NONE' },
    configurationId: null,
    dataStorageSizeInGBs: system.dataStorageSizeInGBs,
    dataStorage: {
      dataStorageSizeInGBs: system.dataStorageSizeInGBs,
      allocatedStorageSizeInGBs: system.dataStorageSizeInGBs,
      isAutoExpandStorageEnabled: false,
    },
    ipAddress: system.ipAddress,
    port: 3306,
    portX: 33060,
    channels: [],
    lifecycleDetails: system.lifecycleDetails ?? null,
    maintenance: { windowStartTime: 'SUNDAY 04:00' },
  };
}

function heatWaveSummary(cluster: HeatWaveCluster) {
  return {
    shapeName: cluster.shapeName,
    clusterSize: cluster.clusterSize,
    isLakehouseEnabled: false,
    lifecycleState: cluster.lifecycleState,
    timeCreated: iso(cluster.timeCreated),
    timeUpdated: iso(cluster.timeUpdated ?? cluster.timeCreated),
  };
}

/** As GetHeatWaveCluster sends it. */
export function heatWaveView(cluster: HeatWaveCluster): object {
  const { lifecycleState, timeCreated } = cluster;
  return {
    ...heatWaveSummary(cluster),
    dbSystemId: cluster.dbSystemId,
    lifecycleDetails: cluster.lifecycleDetails ?? null,
    clusterNodes: Array.from({ length: cluster.clusterSize }, (_, at) => ({
      nodeId: `heatwave-${at}`,
      lifecycleState,
      timeCreated: iso(timeCreated),
      timeUpdated: iso(cluster.timeUpdated ?? timeCreated),
    })),
  };
}
