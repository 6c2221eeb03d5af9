import { z } from 'zod';
import { type Call, iso, one, type Reply, type Route, tagFields } from '../call.ts';
import { incorrectState, invalid, outOfCapacity } from '../errors.ts';
import { ocid } from '../ids.ts';
import { openWork, send } from '../lifecycle.ts';
import { arrayReply, chosen } from '../pages.ts';
import type { AutonomousDatabase } from '../resources/resources.ts';

/** The database as GetAutonomousDatabase and, but for a few fields, ListAutonomousDatabases send it. */
function view(database: AutonomousDatabase): object {
  const host = `adb.${database.region}.oraclecloud.com`;
  const service = (level: string) =>
    `${host}:1522/g1a2b3c4d5e6f7_${database.dbName.toLowerCase()}_${level}.adb.oraclecloud.com`;
  const levels = { HIGH: service('high'), MEDIUM: service('medium'), LOW: service('low') };
  return {
    id: database.ocid,
    compartmentId: database.compartmentId,
    lifecycleState: database.lifecycleState,
    lifecycleDetails: database.lifecycleDetails ?? null,
    dbName: database.dbName,
    displayName: database.displayName,
    dbVersion: database.dbVersion,
    dbWorkload: database.dbWorkload,
    characterSet: 'AL32UTF8',
    ncharacterSet: 'AL16UTF16',
    isFreeTier: database.isFreeTier,
    systemTags: {},
    computeModel: database.computeModel,
    computeCount: database.computeCount,
    cpuCoreCount: database.computeModel === 'OCPU' ? Math.floor(database.computeCount) : 0,
    dataStorageSizeInTBs: database.dataStorageSizeInTBs,
    dataStorageSizeInGBs: database.dataStorageSizeInTBs * 1024,
    isAutoScalingEnabled: database.isAutoScalingEnabled,
    isDedicated: database.isDedicated,
    isRefreshableClone: database.isRefreshableClone,
    infrastructureType: 'CLOUD',
    licenseModel: database.licenseModel,
    openMode: 'READ_WRITE',
    permissionLevel: 'UNRESTRICTED',
    role: 'PRIMARY',
    isDataGuardEnabled: false,
    isLocalDataGuardEnabled: false,
    isMtlsConnectionRequired: true,
    connectionStrings: {
      high: levels.HIGH,
      medium: levels.MEDIUM,
      low: levels.LOW,
      dedicated: null,
      allConnectionStrings: levels,
      profiles: [],
    },
    freeformTags: database.freeformTags,
    definedTags: database.definedTags,
    timeCreated: iso(database.timeCreated),
  };
}

export function isDryRun(call: Call): boolean {
  return call.headers.get('opc-dry-run')?.toLowerCase() === 'true';
}

/** Start, stop, restart and delete. A dry run checks everything and changes nothing. */
function act(
  operationType: string,
  course: (call: Call) => { from: readonly string[]; through: string; for: number; to: string },
) {
  return (call: Call): Reply => {
    const database = call.resource('AutonomousDatabase', 'autonomousDatabaseId');
    call.checkEtag(database);
    const { from, through, for: lasts, to } = course(call);
    if (!from.includes(database.lifecycleState))
      throw incorrectState(
        `${operationType} needs Autonomous Database ${database.ocid} to be ${from.join(' or ')}; ` +
          `it is ${database.lifecycleState}.`,
      );
    const isDelete = to === 'TERMINATED';
    if (isDryRun(call)) return isDelete ? { status: 202 } : one(database, view(database));
    const finished = send(call, database, { through: [{ state: through, for: lasts }], to });
    const headers = openWork(call, {
      service: 'database',
      operationType,
      actionType: isDelete ? 'DELETED' : 'UPDATED',
      resource: database,
      finished,
    });
    return isDelete ? { status: 202, headers } : one(database, view(database), headers);
  };
}

const size = {
  computeCount: z.number().min(0.1).max(512).optional(),
  dataStorageSizeInTBs: z.int().min(1).max(384).optional(),
  isAutoScalingEnabled: z.boolean().optional(),
  licenseModel: z.enum(['LICENSE_INCLUDED', 'BRING_YOUR_OWN_LICENSE']).optional(),
};

const updateDetails = z.object({
  displayName: z.string().min(1).max(255).optional(),
  cpuCoreCount: z.int().min(1).max(128).optional(),
  ...size,
  ...tagFields,
});

/** @throws OciError 400 for a size that the database's compute model does not have. */
function checkCompute({ computeModel, isDedicated }: AutonomousDatabase, count: number | undefined): void {
  if (count === undefined) return;
  const least = isDedicated ? (computeModel === 'OCPU' ? 0.1 : 1) : computeModel === 'OCPU' ? 1 : 2;
  if (count < least) throw invalid(`computeCount: at least ${least} ${computeModel}s.`);
  if (!Number.isInteger(count) && !(isDedicated && computeModel === 'OCPU' && count < 1))
    throw invalid('computeCount: a whole number.');
}

/** A new size needs a database that is up and passes through SCALE_IN_PROGRESS; a new name does not. */
function update(call: Call): Reply {
  const database = call.resource('AutonomousDatabase', 'autonomousDatabaseId');
  const details = call.json(updateDetails);
  call.checkEtag(database);
  const compute = details.computeCount ?? details.cpuCoreCount;
  checkCompute(database, compute);
  const resized = compute !== undefined || details.dataStorageSizeInTBs !== undefined;
  const state = database.lifecycleState;
  if (state !== 'AVAILABLE' && (resized || state !== 'STOPPED'))
    throw incorrectState(`Autonomous Database ${database.ocid} is ${state} and cannot be updated so.`);
  if (database.isFreeTier && (resized || details.isAutoScalingEnabled))
    throw invalid('computeCount: an Always Free database cannot be resized.');
  if (isDryRun(call)) return one(database, view(database));
  call.store.change(database, (changed) => {
    changed.displayName = details.displayName ?? changed.displayName;
    changed.freeformTags = details.freeformTags ?? changed.freeformTags;
    changed.definedTags = details.definedTags ?? changed.definedTags;
    changed.computeCount = compute ?? changed.computeCount;
    changed.dataStorageSizeInTBs = details.dataStorageSizeInTBs ?? changed.dataStorageSizeInTBs;
    changed.isAutoScalingEnabled = details.isAutoScalingEnabled ?? changed.isAutoScalingEnabled;
    changed.licenseModel = details.licenseModel ?? changed.licenseModel;
  });
  const through = resized ? 'SCALE_IN_PROGRESS' : 'UPDATING';
  const finished = send(call, database, {
    through: [{ state: through, for: call.times.databaseUpdate }],
    to: state,
  });
  const headers = openWork(call, {
    service: 'database',
    operationType: 'Update Autonomous Database',
    actionType: 'UPDATED',
    resource: database,
    finished,
  });
  return one(database, view(database), headers);
}

const createDetails = z.object({
  compartmentId: z.string(),
  dbName: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9]{0,29}$/, 'must begin with a letter and be at most 30 letters and digits'),
  displayName: z.string().min(1).max(255).optional(),
  dbWorkload: z.enum(['OLTP', 'DW', 'AJD', 'APEX']).default('OLTP'),
  dbVersion: z.string().default('23ai'),
  isFreeTier: z.boolean().default(false),
  ...size,
  ...tagFields,
});

function create(call: Call): Reply {
  const details = call.json(createDetails);
  call.checkCompartment(details.compartmentId);
  const taken = call.store
    .list('AutonomousDatabase', call.region)
    .some(({ dbName, lifecycleState }) => dbName === details.dbName && lifecycleState !== 'TERMINATED');
  if (taken) throw invalid(`dbName: ${details.dbName} is in use already.`);
  if (call.twist.capacity) throw outOfCapacity();
  const database: AutonomousDatabase = {
    type: 'AutonomousDatabase',
    ocid: ocid('autonomousdatabase', call.region, 'created', call.store.next()),
    region: call.region,
    compartmentId: details.compartmentId,
    displayName: details.displayName ?? details.dbName,
    freeformTags: details.freeformTags ?? {},
    definedTags: details.definedTags ?? {},
    lifecycleState: 'PROVISIONING',
    timeCreated: call.now,
    revision: 1,
    phases: [],
    history: [],
    dbName: details.dbName,
    dbWorkload: details.dbWorkload,
    dbVersion: details.dbVersion,
    computeModel: 'ECPU',
    computeCount: details.computeCount ?? 2,
    dataStorageSizeInTBs: details.dataStorageSizeInTBs ?? 1,
    isAutoScalingEnabled: details.isAutoScalingEnabled ?? false,
    isFreeTier: details.isFreeTier,
    isDedicated: false,
    isRefreshableClone: false,
    licenseModel: details.licenseModel ?? 'LICENSE_INCLUDED',
  };
  if (isDryRun(call)) return { status: 200, body: view(database) };
  call.store.add(database);
  const finished = send(call, database, {
    through: [{ state: 'PROVISIONING', for: call.times.databaseCreate }],
    to: 'AVAILABLE',
    onFailure: 'TERMINATED',
  });
  const headers = openWork(call, {
    service: 'database',
    operationType: 'Create Autonomous Database',
    actionType: 'CREATED',
    resource: database,
    finished,
  });
  return one(database, view(database), headers);
}

function list(call: Call): Reply {
  const compartmentId = call.compartment();
  const unwanted = call.query.get('lifecycleStateNotEqualTo')?.toUpperCase();
  const workload = call.query.get('dbWorkload');
  const databases = call.store
    .list('AutonomousDatabase', call.region)
    .filter(
      (each) =>
        each.compartmentId === compartmentId &&
        each.lifecycleState !== unwanted &&
        (!workload || each.dbWorkload === workload),
    );
  return arrayReply(call, chosen(call, databases), ({ ocid }) => ocid, view);
}

const service = 'database';
const path = '/autonomousDatabases/{autonomousDatabaseId}';

export const databases: readonly Route[] = [
  {
    operation: 'Database.ListAutonomousDatabases',
    service,
    method: 'GET',
    path: '/autonomousDatabases',
    handle: list,
  },
  {
    operation: 'Database.GetAutonomousDatabase',
    service,
    method: 'GET',
    path,
    handle: (call) => {
      const database = call.resource('AutonomousDatabase', 'autonomousDatabaseId');
      return one(database, view(database));
    },
  },
  {
    operation: 'Database.CreateAutonomousDatabase',
    service,
    method: 'POST',
    path: '/autonomousDatabases',
    retryToken: true,
    handle: create,
  },
  { operation: 'Database.UpdateAutonomousDatabase', service, method: 'PUT', path, handle: update },
  {
    operation: 'Database.DeleteAutonomousDatabase',
    service,
    method: 'DELETE',
    path,
    handle: act('Terminate Autonomous Database', ({ times }) => ({
      from: ['AVAILABLE', 'STOPPED', 'UNAVAILABLE'],
      through: 'TERMINATING',
      for: times.databaseDelete,
      to: 'TERMINATED',
    })),
  },
  {
    operation: 'Database.StartAutonomousDatabase',
    service,
    method: 'POST',
    path: `${path}/actions/start`,
    handle: act('Start Autonomous Database', ({ times }) => ({
      from: ['STOPPED'],
      through: 'STARTING',
      for: times.databaseStart,
      to: 'AVAILABLE',
    })),
  },
  {
    operation: 'Database.StopAutonomousDatabase',
    service,
    method: 'POST',
    path: `${path}/actions/stop`,
    handle: act('Stop Autonomous Database', ({ times }) => ({
      from: ['AVAILABLE'],
      through: 'STOPPING',
      for: times.databaseStop,
      to: 'STOPPED',
    })),
  },
  {
    operation: 'Database.RestartAutonomousDatabase',
    service,
    method: 'POST',
    path: `${path}/actions/restart`,
    handle: act('Restart Autonomous Database', ({ times }) => ({
      from: ['AVAILABLE'],
      through: 'RESTARTING',
      for: times.databaseStop + times.databaseStart,
      to: 'AVAILABLE',
    })),
  },
];
