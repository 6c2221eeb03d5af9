import { ocid } from './ids.ts';
import { dice, pick } from './random.ts';
import type { Instance, Resource, Subnet, Vcn, Vnic } from './resources.ts';
import type { Seed } from './seed.ts';
import type { Region, Tenancy } from './tenancy.ts';

const DAY = 24 * 60 * 60 * 1000;
/** The oldest and the youngest that seeded resources are. */
const OLDEST = Date.UTC(2025, 8, 1);
const YOUNGEST = Date.UTC(2026, 9, 20);

/** Everything that the seed describes. The same seed always grows the same cloud, OCIDs included. */
export function grow(seed: Seed, tenancy: Tenancy): Resource[] {
  const resources = growResources(seed, tenancy);
  return [...resources, ...controllers(seed, tenancy, resources)];
}

function growResources(seed: Seed, tenancy: Tenancy): Resource[] {
  return [
    ...networks(seed, tenancy),
    ...seed.instances.flatMap((entry) => crowd(entry).flatMap((one) => instance(one, tenancy))),
    ...seed.containerInstances.flatMap((entry) =>
      crowd(entry).flatMap((one) => containerInstance(one, tenancy)),
    ),
    ...seed.autonomousDatabases.flatMap((entry) => crowd(entry).map((one) => database(one, tenancy))),
  ];
}

/** What else decides when resources run. */
function controllers(seed: Seed, tenancy: Tenancy, resources: readonly Resource[]): Resource[] {
  const named = (name: string, region: string): string => {
    const found = resources.find(
      (each) => each.displayName === name && each.region === region && !parts.has(each.type),
    );
    if (!found) throw new Error(`The seed has no ${name} in ${region}.`);
    return found.ocid;
  };
  const rest = { tags: {}, defined: {}, count: 1 };
  return [
    ...seed.schedules.map((entry): Resource => {
      const id = ocid('resourceschedule', entry.region, tenancy.name, entry.compartment, entry.name);
      return {
        type: 'ResourceSchedule',
        ocid: id,
        ...common({ ...entry, ...rest }, tenancy, entry.active ? 'ACTIVE' : 'INACTIVE', dice(id)),
        description: '',
        action: entry.action,
        recurrenceType: 'CRON',
        recurrenceDetails: entry.cron,
        resources: entry.resources.map((name) => ({ id: named(name, entry.region) })),
        resourceFilters: [],
      };
    }),
    ...seed.autoScaling.map((entry): Resource => {
      const id = ocid('autoscalingconfiguration', entry.region, tenancy.name, entry.compartment, entry.name);
      return {
        type: 'AutoScalingConfiguration',
        ocid: id,
        ...common({ ...entry, ...rest }, tenancy, 'ACTIVE', dice(id)),
        poolId: named(entry.pool, entry.region),
        isEnabled: entry.enabled,
        coolDownInSeconds: 300,
        policies: [],
      };
    }),
  ];
}

/** They bear the names of what they belong to. */
const parts: ReadonlySet<Resource['type']> = new Set(['Vnic', 'Container', 'Subnet', 'Vcn']);

type Entry = Pick<
  Seed['instances'][number],
  'name' | 'region' | 'compartment' | 'tags' | 'defined' | 'count'
>;

function crowd<E extends Entry>(entry: E): E[] {
  if (entry.count === 1) return [entry];
  return Array.from({ length: entry.count }, (_, at) => ({
    ...entry,
    name: entry.name.includes('{n}')
      ? entry.name.replaceAll('{n}', String(at + 1))
      : `${entry.name}-${at + 1}`,
  }));
}

function compartmentId(tenancy: Tenancy, path: string): string {
  return tenancy.compartments.find((compartment) => compartment.path === path)?.ocid ?? tenancy.ocid;
}

function regionOf(tenancy: Tenancy, name: string): Region {
  const region = tenancy.regions.find((each) => each.name === name);
  if (!region) throw new Error(`${name} is not a region of the seed.`);
  return region;
}

/** What every resource has. One history entry at the beginning of time: the index knows it already. */
function common(entry: Entry, tenancy: Tenancy, state: string, roll: () => number) {
  const timeCreated =
    OLDEST + Math.floor((roll() * (YOUNGEST - OLDEST)) / DAY) * DAY + Math.floor(roll() * DAY);
  const definedTags = {
    ...entry.defined,
    'Oracle-Tags': {
      CreatedBy: `default/${entry.tags.owner ?? 'platform'}@lamplight.example`,
      CreatedOn: new Date(timeCreated).toISOString(),
      ...entry.defined['Oracle-Tags'],
    },
  };
  return {
    region: entry.region,
    compartmentId: compartmentId(tenancy, entry.compartment),
    displayName: entry.name,
    freeformTags: entry.tags,
    definedTags,
    lifecycleState: state,
    timeCreated,
    revision: 1,
    phases: [],
    history: [
      {
        at: 0,
        displayName: entry.name,
        lifecycleState: state,
        freeformTags: entry.tags,
        definedTags,
      },
    ],
  };
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

function subnetId(tenancy: string, region: string, path: string): string {
  return ocid('subnet', region, tenancy, path);
}

function instance(entry: Seed['instances'][number], tenancy: Tenancy): [Instance, Vnic] {
  const id = ocid('instance', entry.region, tenancy.name, entry.compartment, entry.name);
  const roll = dice(id);
  const { domains } = regionOf(tenancy, entry.region);
  const made: Instance = {
    type: 'Instance',
    ocid: id,
    ...common(entry, tenancy, entry.state, roll),
    availabilityDomain: domains[Math.floor(roll() * domains.length)] ?? '',
    faultDomain: pick(['FAULT-DOMAIN-1', 'FAULT-DOMAIN-2', 'FAULT-DOMAIN-3'], roll()),
    shape: entry.shape,
    ocpus: entry.ocpus,
    memoryInGBs: entry.memory,
    imageId: ocid('image', entry.region, entry.image),
    metadata: {},
  };
  return [made, vnic(entry, tenancy, made, entry.public, roll)];
}

function vnic(
  entry: Entry,
  tenancy: Tenancy,
  of: { readonly ocid: string; readonly availabilityDomain: string },
  isPublic: boolean,
  roll: () => number,
): Vnic {
  const byte = () => Math.floor(roll() * 250) + 2;
  const paths = tenancy.compartments.map(({ path }) => path);
  const regionAt = tenancy.regions.findIndex(({ name }) => name === entry.region);
  return {
    type: 'Vnic',
    ocid: ocid('vnic', entry.region, of.ocid),
    ...common(entry, tenancy, 'AVAILABLE', roll),
    availabilityDomain: of.availabilityDomain,
    subnetId: subnetId(tenancy.name, entry.region, entry.compartment),
    privateIp: `10.${regionAt}.${paths.indexOf(entry.compartment)}.${byte()}`,
    ...(isPublic && { publicIp: `198.51.100.${byte()}` }),
    macAddress: `02:00:17:${[byte(), byte(), byte()].map((each) => each.toString(16).padStart(2, '0')).join(':')}`,
    hostnameLabel: entry.name.toLowerCase().replace(/[^a-z0-9-]+/g, '-'),
    attachedTo: of.ocid,
  };
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
      ...(container.healthCheckPort && { healthCheckPort: container.healthCheckPort }),
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
      vnicId: nic.ocid,
      restartPolicy: entry.restartPolicy,
      gracefulShutdownTimeoutInSeconds: 30,
    },
    ...containers,
    nic,
  ];
}

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
    computeCount: entry.ecpus,
    dataStorageSizeInTBs: entry.storage,
    isAutoScalingEnabled: entry.autoScaling,
    isFreeTier: entry.freeTier,
    licenseModel: 'LICENSE_INCLUDED',
  };
}
