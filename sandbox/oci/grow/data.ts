import { type OcidType, ocid } from '../ids.ts';
import { dice, pick } from '../random.ts';
import type { CloudVmCluster, PostgresqlDbSystem } from '../resources/data.ts';
import type { Resource } from '../resources/resources.ts';
import type { Seed } from '../seed/seed.ts';
import type { Tenancy } from '../tenancy.ts';
import { common, crowd, type Entry, regionOf, subnetId } from './common.ts';
import { vnic } from './instances.ts';

/** The databases beside the Autonomous ones. */
export function growData(seed: Seed, tenancy: Tenancy): Resource[] {
  return [
    ...seed.dbSystems.flatMap((entry) => crowd(entry).flatMap((one) => dbSystem(one, tenancy))),
    ...seed.vmClusters.flatMap((entry) => crowd(entry).map((one) => vmCluster(one, tenancy))),
    ...seed.mysqlSystems.flatMap((entry) => crowd(entry).flatMap((one) => mysqlSystem(one, tenancy))),
    ...seed.postgresSystems.flatMap((entry) => crowd(entry).map((one) => postgresSystem(one, tenancy))),
  ];
}

/** Where a resource is, and its dice. */
function placed(type: OcidType, entry: Entry, tenancy: Tenancy) {
  const id = ocid(type, entry.region, tenancy.name, entry.compartment, entry.name);
  const roll = dice(id);
  const { domains } = regionOf(tenancy, entry.region);
  return {
    id,
    roll,
    domains,
    availabilityDomain: domains[Math.floor(roll() * domains.length)] ?? '',
    subnetId: subnetId(tenancy.name, entry.region, entry.compartment),
    hostname: entry.name
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, '-')
      .slice(0, 15),
    ipAddress: `10.0.${Math.floor(roll() * 250) + 2}.${Math.floor(roll() * 250) + 2}`,
  };
}

function dbSystem(entry: Seed['dbSystems'][number], tenancy: Tenancy): Resource[] {
  const { id, roll, availabilityDomain, subnetId, hostname } = placed('dbsystem', entry, tenancy);
  const nodes = Array.from({ length: entry.nodes }, (_, at): Resource[] => {
    const nodeId = ocid('dbnode', entry.region, id, String(at));
    const host = `${hostname}${at + 1}`;
    const nic = vnic({ ...entry, name: host }, tenancy, { ocid: nodeId, availabilityDomain }, false, roll);
    const node: Resource = {
      type: 'DbNode',
      ocid: nodeId,
      ...common({ ...entry, name: host }, tenancy, entry.state, roll),
      dbSystemId: id,
      vnicId: nic.ocid,
      hostname: host,
      faultDomain: `FAULT-DOMAIN-${at + 1}`,
    };
    return [node, nic];
  });
  return [
    {
      type: 'DbSystem',
      ocid: id,
      ...common(entry, tenancy, 'AVAILABLE', roll),
      availabilityDomain,
      subnetId,
      shape: entry.shape,
      computeModel: entry.model,
      cpuCoreCount: entry.cores,
      nodeIds: nodes.flatMap(([node]) => node?.ocid ?? []),
      databaseEdition: entry.edition,
      version: entry.version,
      dataStorageSizeInGBs: entry.storage,
      hostname,
      licenseModel: 'LICENSE_INCLUDED',
    },
    ...nodes.flat(),
  ];
}

function vmCluster(entry: Seed['vmClusters'][number], tenancy: Tenancy): CloudVmCluster {
  const { id, roll, availabilityDomain, subnetId, hostname } = placed('cloudvmcluster', entry, tenancy);
  return {
    type: 'CloudVmCluster',
    ocid: id,
    ...common(entry, tenancy, 'AVAILABLE', roll),
    availabilityDomain,
    subnetId,
    infrastructureId: ocid('cloudexadatainfrastructure', entry.region, id),
    shape: entry.shape,
    computeModel: entry.model,
    cpuCoreCount: entry.cores,
    nodeCount: entry.nodes,
    hostname,
  };
}

function mysqlSystem(entry: Seed['mysqlSystems'][number], tenancy: Tenancy): Resource[] {
  const { id, roll, availabilityDomain, subnetId, ipAddress } = placed('mysqldbsystem', entry, tenancy);
  const base = common(entry, tenancy, entry.state, roll);
  const heatWaveId = ocid('heatwavecluster', entry.region, id);
  const system: Resource = {
    type: 'MysqlDbSystem',
    ocid: id,
    ...base,
    availabilityDomain,
    faultDomain: pick(['FAULT-DOMAIN-1', 'FAULT-DOMAIN-2', 'FAULT-DOMAIN-3'], roll()),
    subnetId,
    shapeName: entry.shape,
    mysqlVersion: entry.version,
    isHighlyAvailable: entry.highlyAvailable,
    dataStorageSizeInGBs: entry.storage,
    ipAddress,
    ...(entry.heatWave && { heatWaveId }),
  };
  if (!entry.heatWave) return [system];
  const { shape, nodes } = entry.heatWave;
  return [
    system,
    {
      type: 'HeatWaveCluster',
      ocid: heatWaveId,
      ...base,
      history: [...base.history],
      phases: [],
      dbSystemId: id,
      shapeName: shape,
      clusterSize: nodes,
    },
  ];
}

function postgresSystem(entry: Seed['postgresSystems'][number], tenancy: Tenancy): PostgresqlDbSystem {
  const { id, roll, domains, subnetId, ipAddress } = placed('postgresqldbsystem', entry, tenancy);
  return {
    type: 'PostgresqlDbSystem',
    ocid: id,
    ...common(entry, tenancy, entry.state, roll),
    subnetId,
    shape: entry.shape,
    instanceOcpuCount: entry.ocpus,
    instanceMemorySizeInGBs: entry.memory,
    dbVersion: entry.version,
    ipAddress,
    instances: Array.from({ length: entry.instances }, (_, at) => ({
      id: ocid('postgresqldbinstance', entry.region, id, String(at)),
      availabilityDomain: domains[at % domains.length] ?? '',
    })),
  };
}
