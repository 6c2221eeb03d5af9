import { z } from 'zod';
import { type Call, iso, one, type Reply, type Route } from '../call.ts';
import { incorrectState, notFound } from '../errors.ts';
import { openWork, send } from '../lifecycle.ts';
import { chosen, collectionReply } from '../pages.ts';
import type { PostgresqlDbSystem } from '../resources/data.ts';

/** As ListDbSystems sends it. */
const summary = (system: PostgresqlDbSystem) => ({
  id: system.ocid,
  displayName: system.displayName,
  compartmentId: system.compartmentId,
  lifecycleState: system.lifecycleState,
  lifecycleDetails: system.lifecycleDetails ?? null,
  systemType: 'OCI_OPTIMIZED_STORAGE',
  instanceCount: system.instances.length,
  shape: system.shape,
  instanceOcpuCount: system.instanceOcpuCount,
  instanceMemorySizeInGBs: system.instanceMemorySizeInGBs,
  dbVersion: system.dbVersion,
  configId: null,
  timeCreated: iso(system.timeCreated),
  timeUpdated: iso(system.timeUpdated ?? system.timeCreated),
  freeformTags: system.freeformTags,
  definedTags: system.definedTags,
  systemTags: {},
});

/** As GetDbSystem sends it. Its instances share its state. */
function view(system: PostgresqlDbSystem): object {
  const { lifecycleState, timeCreated, displayName } = system;
  return {
    ...summary(system),
    description: null,
    adminUsername: 'admin',
    systemRole: 'STANDALONE_DB_SYSTEM',
    instances: system.instances.map(({ id, availabilityDomain }, at) => ({
      id,
      displayName: `${displayName}-${at + 1}`,
      availabilityDomain,
      lifecycleState,
      timeCreated: iso(timeCreated),
    })),
    storageDetails: { systemType: 'OCI_OPTIMIZED_STORAGE', isRegionallyDurable: true, iops: 75_000 },
    networkDetails: { subnetId: system.subnetId, primaryDbEndpointPrivateIp: system.ipAddress, nsgIds: [] },
    managementPolicy: { maintenanceWindowStart: 'SUN 04:00', backupPolicy: { kind: 'NONE' } },
    source: { sourceType: 'NONE' },
  };
}

interface Way {
  readonly name: string;
  readonly from: 'ACTIVE' | 'INACTIVE';
  readonly to: 'ACTIVE' | 'INACTIVE';
  lasts(call: Call): number;
  check?(call: Call, system: PostgresqlDbSystem): void;
}

function act({ name, from, to, lasts, check }: Way) {
  return (call: Call): Reply => {
    const system = call.resource('PostgresqlDbSystem', 'dbSystemId');
    check?.(call, system);
    call.checkEtag(system);
    if (system.lifecycleState !== from)
      throw incorrectState(`${name} needs ${system.ocid} to be ${from}; it is ${system.lifecycleState}.`);
    const finished = send(call, system, { through: [{ state: 'UPDATING', for: lasts(call) }], to });
    const headers = openWork(call, {
      service: 'psql',
      // the SDK knows no other type for what is neither created, deleted nor moved
      operationType: 'UPDATE_POSTGRESQL_DB_SYSTEM',
      actionType: 'UPDATED',
      resource: system,
      finished,
    });
    return { status: 202, headers };
  };
}

const restartDetails = z.object({
  dbInstanceId: z.string(),
  restartType: z.enum(['NORMAL', 'NODE_REBOOT']),
});

function list(call: Call): Reply {
  const compartmentId = call.compartment();
  const id = call.query.get('id');
  const systems = call.store
    .list('PostgresqlDbSystem', call.region)
    .filter((each) => each.compartmentId === compartmentId && (!id || each.ocid === id));
  return collectionReply(call, chosen(call, systems), ({ ocid }) => ocid, summary);
}

const service = 'psql';
const path = '/dbSystems/{dbSystemId}';

const post = (name: string, where: string, way: Omit<Way, 'name'>): Route => ({
  operation: `Postgresql.${name}`,
  service,
  method: 'POST',
  path: `${path}/actions/${where}`,
  retryToken: true,
  handle: act({ name, ...way }),
});

export const postgres: readonly Route[] = [
  { operation: 'Postgresql.ListDbSystems', service, method: 'GET', path: '/dbSystems', handle: list },
  {
    operation: 'Postgresql.GetDbSystem',
    service,
    method: 'GET',
    path,
    handle: (call) => {
      const system = call.resource('PostgresqlDbSystem', 'dbSystemId');
      return one(system, view(system));
    },
  },
  post('StartDbSystem', 'start', {
    from: 'INACTIVE',
    to: 'ACTIVE',
    lasts: ({ times }) => times.postgresStart,
  }),
  post('StopDbSystem', 'stop', { from: 'ACTIVE', to: 'INACTIVE', lasts: ({ times }) => times.postgresStop }),
  post('RestartDbInstanceInDbSystem', 'restartDbInstance', {
    from: 'ACTIVE',
    to: 'ACTIVE',
    lasts: ({ times }) => times.postgresStart,
    check: (call, { instances }) => {
      const { dbInstanceId } = call.json(restartDetails);
      if (!instances.some(({ id }) => id === dbInstanceId)) throw notFound();
    },
  }),
];
