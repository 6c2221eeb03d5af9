import { apart, setApart } from '../addresses.ts';
import { healthCheckFrom } from '../api/container-details.ts';
import { ocid } from '../ids.ts';
import { dice, pick } from '../random.ts';
import type { Resource, Subnet, Vcn } from '../resources/resources.ts';
import type { Seed } from '../seed/seed.ts';
import type { Tenancy } from '../tenancy.ts';
import { common, crowd, DAY, regionOf, subnetId, YOUNGEST } from './common.ts';
import { controllers } from './controllers.ts';
import { growData } from './data.ts';
import { instance, vnic } from './instances.ts';
import { loadBalancer } from './load-balancers.ts';
import { networkLoadBalancer } from './network-balancers.ts';
import { growPlatform } from './platform.ts';
import { instancePool } from './pools.ts';
import { growRegistry } from './registry.ts';
import { growSecrets } from './secrets.ts';

/**
 * Everything that the seed describes. The same seed always grows the same cloud, OCIDs included.
 *
 * @param now what times in the seed count from that are not dates
 */
export function grow(seed: Seed, tenancy: Tenancy, now = YOUNGEST): Resource[] {
  const grown: Resource[] = [
    ...networks(seed, tenancy),
    ...seed.instances.flatMap((entry) => crowd(entry).flatMap((one) => instance(one, tenancy))),
    ...seed.containerInstances.flatMap((entry) =>
      crowd(entry).flatMap((one) => containerInstance(one, tenancy)),
    ),
    ...seed.autonomousDatabases.flatMap((entry) => crowd(entry).map((one) => database(one, tenancy))),
    ...seed.instancePools.flatMap((entry) => crowd(entry).flatMap((one) => instancePool(one, tenancy))),
  ];
  const taken = setApart(grown);
  const resources = [
    ...grown,
    ...growData(seed, tenancy),
    ...growPlatform(seed, tenancy),
    ...growRegistry(seed, tenancy, now),
    ...growSecrets(seed, tenancy),
    ...seed.loadBalancers.flatMap((entry) =>
      crowd(entry).map((one) => {
        const balancer = loadBalancer(one, seed, tenancy, grown);
        return { ...balancer, ipAddress: apart(balancer.ipAddress, taken) };
      }),
    ),
    ...seed.networkLoadBalancers.flatMap((entry) =>
      crowd(entry).map((one) => networkLoadBalancer(one, tenancy, grown)),
    ),
  ];
  return [...resources, ...controllers(seed, tenancy, resources)];
}

function networks(seed: Seed, tenancy: Tenancy): (Vcn | Subnet)[] {
  return tenancy.regions.flatMap((region, at) => {
    const roll = dice(`vcn ${region.name}`);
    const place = {
      region: region.name,
      compartment: 'platform',
      tags: { owner: 'platform' },
      defined: {},
      count: 1,
    };
    const vcn: Vcn = {
      type: 'Vcn',
      ocid: ocid('vcn', region.name, seed.tenancy),
      ...common({ ...place, name: `vcn-${region.key.toLowerCase()}` }, tenancy, 'AVAILABLE', roll),
      cidrBlock: `10.${at}.0.0/16`,
      dnsLabel: `vcn${region.key.toLowerCase()}`,
    };
    return [
      vcn,
      ...Object.keys(seed.compartments).map(
        (path, number): Subnet => ({
          type: 'Subnet',
          ocid: subnetId(seed.tenancy, region.name, path),
          ...common(
            { ...place, compartment: path, name: `sn-${path.replaceAll('/', '-')}` },
            tenancy,
            'AVAILABLE',
            roll,
          ),
          vcnId: vcn.ocid,
          cidrBlock: `10.${at}.${number}.0/24`,
          dnsLabel: `sn${number}`,
        }),
      ),
    ];
  });
}

function containerInstance(entry: Seed['containerInstances'][number], tenancy: Tenancy): Resource[] {
  const id = ocid('computecontainerinstance', entry.region, tenancy.name, entry.compartment, entry.name);
  const roll = dice(id);
  const { domains } = regionOf(tenancy, entry.region);
  const place = {
    availabilityDomain: domains[Math.floor(roll() * domains.length)] ?? '',
    faultDomain: pick(['FAULT-DOMAIN-1', 'FAULT-DOMAIN-2', 'FAULT-DOMAIN-3'], roll()),
  };
  const base = common(entry, tenancy, entry.state, roll);
  const started = base.timeCreated + 40_000;
  const containers = entry.containers.map(
    (container): Resource => ({
      type: 'Container',
      ocid: ocid('computecontainer', entry.region, id, container.name),
      ...base,
      ...common({ ...entry, name: container.name }, tenancy, entry.state, dice(id)),
      ...place,
      containerInstanceId: id,
      imageUrl: container.image,
      command: container.command,
      arguments: [],
      environmentVariables: container.environment,
      workingDirectory: null,
      volumeMounts: [],
      healthChecks: container.healthCheckPort ? [seededCheck(container.healthCheckPort)] : [],
      isResourcePrincipalDisabled: false,
      resourceConfig: null,
      securityContext: null,
      restarts: 0,
      runs: [entry.state === 'ACTIVE' ? { from: started } : { from: started, to: started + 6 * DAY }],
    }),
  );
  const nic = vnic(entry, tenancy, { ocid: id, ...place }, false, roll);
  return [
    {
      type: 'ContainerInstance',
      ocid: id,
      ...base,
      ...place,
      shape: entry.shape,
      ocpus: entry.ocpus,
      memoryInGBs: entry.memory,
      containerIds: containers.map((container) => container.ocid),
      vnicIds: [nic.ocid],
      volumes: [],
      dnsConfig: null,
      imagePullSecrets: [],
      securityContext: null,
      restartPolicy: entry.restartPolicy,
      gracefulShutdownTimeoutInSeconds: 30,
      ...(entry.movesAddress && { movesAddress: true }),
    },
    ...containers,
    nic,
  ];
}

const seededCheck = (port: number) =>
  healthCheckFrom({
    healthCheckType: 'HTTP',
    name: 'http',
    port,
    path: '/healthz',
    initialDelayInSeconds: 10,
  });

function database(entry: Seed['autonomousDatabases'][number], tenancy: Tenancy): Resource {
  const id = ocid('autonomousdatabase', entry.region, tenancy.name, entry.compartment, entry.name);
  const letters = entry.name.normalize('NFKD').replace(/[^A-Za-z0-9]/g, '');
  return {
    type: 'AutonomousDatabase',
    ocid: id,
    ...common(entry, tenancy, entry.state, dice(id)),
    dbName: entry.dbName ?? (`DB${letters}`.slice(0, 30).toUpperCase() || 'DB'),
    dbWorkload: entry.workload,
    dbVersion: entry.version,
    computeModel: entry.ocpus === undefined ? 'ECPU' : 'OCPU',
    computeCount: entry.ocpus ?? entry.ecpus,
    dataStorageSizeInTBs: entry.storage,
    isAutoScalingEnabled: entry.autoScaling,
    isFreeTier: entry.freeTier,
    isDedicated: entry.dedicated,
    isRefreshableClone: entry.refreshableClone,
    licenseModel: 'LICENSE_INCLUDED',
  };
}
