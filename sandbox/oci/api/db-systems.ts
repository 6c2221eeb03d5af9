import { z } from 'zod';
import { type Call, iso, one, type Reply, type Route, tagFields } from '../call.ts';
import { incorrectState, invalid, missing, notFound } from '../errors.ts';
import { type Course, openWork, send } from '../lifecycle.ts';
import { arrayReply, chosen } from '../pages.ts';
import type { DbNode, DbSystem } from '../resources/data.ts';
import { isDryRun } from './databases.ts';

/** As GetDbSystem and, but for a few fields, ListDbSystems send it. */
function view(system: DbSystem): object {
  const isEcpu = system.computeModel === 'ECPU';
  return {
    id: system.ocid,
    compartmentId: system.compartmentId,
    displayName: system.displayName,
    availabilityDomain: system.availabilityDomain,
    faultDomains: system.nodeIds.map((_, at) => `FAULT-DOMAIN-${at + 1}`),
    subnetId: system.subnetId,
    shape: system.shape,
    dbSystemOptions: { storageManagement: system.nodeIds.length > 1 ? 'ASM' : 'LVM' },
    sshPublicKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIexample dba@lamplight.example'],
    timeZone: 'UTC',
    hostname: system.hostname,
    domain: 'sn.vcn.oraclevcn.com',
    version: system.version,
    cpuCoreCount: isEcpu ? 0 : system.cpuCoreCount,
    computeModel: system.computeModel,
    computeCount: isEcpu ? system.cpuCoreCount : null,
    databaseEdition: system.databaseEdition,
    listenerPort: 1521,
    lifecycleState: system.lifecycleState,
    lifecycleDetails: system.lifecycleDetails ?? null,
    diskRedundancy: 'HIGH',
    dataStorageSizeInGBs: system.dataStorageSizeInGBs,
    nodeCount: system.nodeIds.length,
    licenseModel: system.licenseModel,
    timeCreated: iso(system.timeCreated),
    freeformTags: system.freeformTags,
    definedTags: system.definedTags,
    systemTags: {},
  };
}

function nodeView(node: DbNode): object {
  return {
    id: node.ocid,
    dbSystemId: node.dbSystemId,
    vnicId: node.vnicId,
    hostname: node.hostname,
    faultDomain: node.faultDomain,
    lifecycleState: node.lifecycleState,
    lifecycleDetails: node.lifecycleDetails ?? null,
    softwareStorageSizeInGB: 200,
    timeCreated: iso(node.timeCreated),
    freeformTags: node.freeformTags,
    definedTags: node.definedTags,
  };
}

const actions = ['START', 'STOP', 'FORCESTOP', 'SOFTRESET', 'RESET', 'FORCERESET'] as const;
type Action = (typeof actions)[number];

function course(action: Action, { times }: Call): Course {
  const stopping = { state: 'STOPPING', for: times.dbNodeStop };
  const starting = { state: 'STARTING', for: times.dbNodeStart };
  if (action === 'START') return { through: [starting], to: 'AVAILABLE' };
  if (action === 'STOP' || action === 'FORCESTOP') return { through: [stopping], to: 'STOPPED' };
  return { through: [stopping, starting], to: 'AVAILABLE' };
}

const operationTypes: Readonly<Record<Action, string>> = {
  START: 'Start DB Node',
  STOP: 'Stop DB Node',
  FORCESTOP: 'Stop DB Node',
  SOFTRESET: 'Reset DB Node',
  RESET: 'Reset DB Node',
  FORCERESET: 'Reset DB Node',
};

function nodeAction(call: Call): Reply {
  const node = call.resource('DbNode', 'dbNodeId');
  const name = call.query.get('action')?.toUpperCase() ?? '';
  const action = actions.find((each) => each === name);
  if (!action) throw invalid(`action: must be one of ${actions.join(', ')}.`);
  call.checkEtag(node);
  const needed = action === 'START' ? 'STOPPED' : 'AVAILABLE';
  const state = node.lifecycleState;
  if (state !== needed && !(action === 'FORCESTOP' && state === 'STOPPING'))
    throw incorrectState(`${action} needs DB node ${node.ocid} to be ${needed}; it is ${state}.`);
  const finished = send(call, node, course(action, call));
  const headers = openWork(call, {
    service: 'database',
    operationType: operationTypes[action],
    actionType: 'UPDATED',
    resource: node,
    finished,
  });
  return one(node, nodeView(node), headers);
}

const details = z.object({
  cpuCoreCount: z.int().min(1).max(128).optional(),
  computeModel: z.enum(['ECPU', 'OCPU']).optional(),
  computeCount: z.int().min(2).max(512).optional(),
  shape: z.string().optional(),
  licenseModel: z.enum(['LICENSE_INCLUDED', 'BRING_YOUR_OWN_LICENSE']).optional(),
  ...tagFields,
});

/** The cores that a shape has by its name: `VM.Standard2.4`. */
const coresOf = (shape: string) => Number(/^VM\.Standard\d\.(\d+)$/.exec(shape)?.[1] ?? 0) || undefined;

/** @throws OciError 400 for cores that the shape or the compute model does not let one choose. */
function wantedCores(system: DbSystem, wanted: z.infer<typeof details>): number | undefined {
  const { cpuCoreCount, computeModel, computeCount, shape } = wanted;
  if (computeCount !== undefined && computeModel !== 'ECPU')
    throw invalid('computeModel: is required with computeCount.');
  if (cpuCoreCount !== undefined && coresOf(system.shape) !== undefined)
    throw invalid(`cpuCoreCount: ${system.shape} has its cores fixed.`);
  const cores = computeCount ?? cpuCoreCount ?? coresOf(shape ?? '');
  if (cores !== undefined && cores % system.nodeIds.length > 0)
    throw invalid(`cpuCoreCount: must be a multiple of ${system.nodeIds.length}, the number of nodes.`);
  return cores;
}

/** A new size needs nodes that are up, and is a restart of one after the other. */
function update(call: Call): Reply {
  const system = call.resource('DbSystem', 'dbSystemId');
  const wanted = call.json(details);
  call.checkEtag(system);
  if (system.lifecycleState !== 'AVAILABLE')
    throw incorrectState(`DB system ${system.ocid} is ${system.lifecycleState} and cannot be updated.`);
  const cores = wantedCores(system, wanted);
  const resized = cores !== undefined || wanted.shape !== undefined;
  const down = nodesOf(call, system).find(({ lifecycleState }) => lifecycleState !== 'AVAILABLE');
  if (resized && down) throw incorrectState(`DB node ${down.ocid} is ${down.lifecycleState}.`);
  if (isDryRun(call)) return one(system, view(system));
  call.store.change(system, (changed) => {
    changed.cpuCoreCount = cores ?? changed.cpuCoreCount;
    changed.shape = wanted.shape ?? changed.shape;
    changed.licenseModel = wanted.licenseModel ?? changed.licenseModel;
    changed.freeformTags = wanted.freeformTags ?? changed.freeformTags;
    changed.definedTags = wanted.definedTags ?? changed.definedTags;
  });
  const finished = send(call, system, {
    through: [{ state: 'UPDATING', for: call.times.dbSystemUpdate }],
    to: 'AVAILABLE',
  });
  const headers = openWork(call, {
    service: 'database',
    operationType: 'Update DB System',
    actionType: 'UPDATED',
    resource: system,
    finished,
  });
  return one(system, view(system), headers);
}

function nodesOf(call: Call, system: DbSystem): DbNode[] {
  return system.nodeIds.flatMap((id) => call.store.get('DbNode', call.region, id) ?? []);
}

function list(call: Call): Reply {
  const compartmentId = call.compartment();
  const systems = call.store
    .list('DbSystem', call.region)
    .filter((each) => each.compartmentId === compartmentId);
  return arrayReply(call, chosen(call, systems), ({ ocid }) => ocid, view);
}

function listNodes(call: Call): Reply {
  const compartmentId = call.compartment();
  const of = call.query.get('dbSystemId') ?? call.query.get('vmClusterId');
  if (!of) throw missing('dbSystemId or vmClusterId is required.');
  if (!call.store.find(of)) throw notFound();
  const nodes = call.store
    .list('DbNode', call.region)
    .filter((each) => each.compartmentId === compartmentId && each.dbSystemId === of);
  return arrayReply(call, chosen(call, nodes), ({ ocid }) => ocid, nodeView);
}

const service = 'database';

export const dbSystems: readonly Route[] = [
  { operation: 'Database.ListDbSystems', service, method: 'GET', path: '/dbSystems', handle: list },
  {
    operation: 'Database.GetDbSystem',
    service,
    method: 'GET',
    path: '/dbSystems/{dbSystemId}',
    handle: (call) => {
      const system = call.resource('DbSystem', 'dbSystemId');
      return one(system, view(system));
    },
  },
  {
    operation: 'Database.UpdateDbSystem',
    service,
    method: 'PUT',
    path: '/dbSystems/{dbSystemId}',
    handle: update,
  },
  { operation: 'Database.ListDbNodes', service, method: 'GET', path: '/dbNodes', handle: listNodes },
  {
    operation: 'Database.GetDbNode',
    service,
    method: 'GET',
    path: '/dbNodes/{dbNodeId}',
    handle: (call) => {
      const node = call.resource('DbNode', 'dbNodeId');
      return one(node, nodeView(node));
    },
  },
  {
    operation: 'Database.DbNodeAction',
    service,
    method: 'POST',
    path: '/dbNodes/{dbNodeId}',
    retryToken: true,
    handle: nodeAction,
  },
];
