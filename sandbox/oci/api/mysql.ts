import { z } from 'zod';
import { type Call, one, type Reply, type Route } from '../call.ts';
import { incorrectState, notFound } from '../errors.ts';
import { type Course, openWork, send } from '../lifecycle.ts';
import { arrayReply, chosen } from '../pages.ts';
import type { HeatWaveCluster, MysqlDbSystem } from '../resources/data.ts';
import { heatWaveView, summary, view } from './mysql-views.ts';

function heatWaveOf(call: Call, { heatWaveId }: MysqlDbSystem): HeatWaveCluster | undefined {
  return heatWaveId === undefined ? undefined : call.store.get('HeatWaveCluster', call.region, heatWaveId);
}

function systemOf(call: Call): MysqlDbSystem {
  return call.resource('MysqlDbSystem', 'dbSystemId');
}

/** @throws OciError 404 for a DB system without one. */
function clusterOf(call: Call, system: MysqlDbSystem): HeatWaveCluster {
  const cluster = heatWaveOf(call, system);
  if (!cluster) throw notFound();
  return cluster;
}

const shutdown = z.object({ shutdownType: z.enum(['IMMEDIATE', 'FAST', 'SLOW']) });

interface Way {
  readonly operationType: string;
  readonly from: 'ACTIVE' | 'INACTIVE';
  readonly to: 'ACTIVE' | 'INACTIVE';
  lasts(call: Call): number;
}

const updating = ({ to, lasts }: Way, call: Call): Course => ({
  through: [{ state: 'UPDATING', for: lasts(call) }],
  to,
});

/** A stop takes the HeatWave cluster along, and so does a restart; a start leaves it INACTIVE. */
function act(way: Way) {
  return (call: Call): Reply => {
    const system = systemOf(call);
    const { from, operationType } = way;
    if (from === 'ACTIVE') call.json(shutdown);
    call.checkEtag(system);
    needs(operationType, system, from);
    const cluster = heatWaveOf(call, system);
    if (cluster?.lifecycleState === 'ACTIVE') send(call, cluster, updating(way, call));
    return opened(call, operationType, system, send(call, system, updating(way, call)));
  };
}

function actOnHeatWave(way: Way) {
  return (call: Call): Reply => {
    const system = systemOf(call);
    const cluster = clusterOf(call, system);
    call.checkEtag(cluster);
    needs(way.operationType, system, 'ACTIVE');
    needs(way.operationType, cluster, way.from);
    return opened(call, way.operationType, system, send(call, cluster, updating(way, call)));
  };
}

function needs(
  operationType: string,
  { ocid, lifecycleState }: MysqlDbSystem | HeatWaveCluster,
  state: string,
) {
  if (lifecycleState !== state)
    throw incorrectState(`${operationType} needs ${ocid} to be ${state}; it is ${lifecycleState}.`);
}

function opened(
  call: Call,
  operationType: string,
  resource: MysqlDbSystem,
  finished: number | undefined,
): Reply {
  const headers = openWork(call, {
    service: 'mysql',
    operationType,
    actionType: 'UPDATED',
    resource,
    finished,
  });
  return { status: 202, headers };
}

function list(call: Call): Reply {
  const compartmentId = call.compartment();
  const id = call.query.get('dbSystemId');
  const attached = call.query.get('isHeatWaveClusterAttached');
  const systems = call.store
    .list('MysqlDbSystem', call.region)
    .filter(
      (each) =>
        each.compartmentId === compartmentId &&
        (!id || each.ocid === id) &&
        (!attached || String(each.heatWaveId !== undefined) === attached.toLowerCase()),
    );
  return arrayReply(
    call,
    chosen(call, systems),
    ({ ocid }) => ocid,
    (system) => summary(system, heatWaveOf(call, system)),
  );
}

const service = 'mysql';
const path = '/dbSystems/{dbSystemId}';

const post = (name: string, where: string, handle: (call: Call) => Reply): Route => ({
  operation: `DbSystem.${name}`,
  service,
  method: 'POST',
  path: `${path}${where}`,
  retryToken: true,
  handle,
});

export const mysql: readonly Route[] = [
  { operation: 'DbSystem.ListDbSystems', service, method: 'GET', path: '/dbSystems', handle: list },
  {
    operation: 'DbSystem.GetDbSystem',
    service,
    method: 'GET',
    path,
    handle: (call) => {
      const system = systemOf(call);
      return one(system, view(system, heatWaveOf(call, system)));
    },
  },
  post(
    'StartDbSystem',
    '/actions/start',
    act({
      operationType: 'START_DBSYSTEM',
      from: 'INACTIVE',
      to: 'ACTIVE',
      lasts: ({ times }) => times.mysqlStart,
    }),
  ),
  post(
    'StopDbSystem',
    '/actions/stop',
    act({
      operationType: 'STOP_DBSYSTEM',
      from: 'ACTIVE',
      to: 'INACTIVE',
      lasts: ({ times }) => times.mysqlStop,
    }),
  ),
  post(
    'RestartDbSystem',
    '/actions/restart',
    act({
      operationType: 'RESTART_DBSYSTEM',
      from: 'ACTIVE',
      to: 'ACTIVE',
      lasts: ({ times }) => times.mysqlStop + times.mysqlStart,
    }),
  ),
  {
    operation: 'DbSystem.GetHeatWaveCluster',
    service,
    method: 'GET',
    path: `${path}/heatWaveCluster`,
    handle: (call) => {
      const cluster = clusterOf(call, systemOf(call));
      return one(cluster, heatWaveView(cluster));
    },
  },
  post(
    'StartHeatWaveCluster',
    '/heatWaveCluster/actions/start',
    actOnHeatWave({
      operationType: 'START_HEATWAVE_CLUSTER',
      from: 'INACTIVE',
      to: 'ACTIVE',
      lasts: ({ times }) => times.heatWaveStart,
    }),
  ),
  post(
    'StopHeatWaveCluster',
    '/heatWaveCluster/actions/stop',
    actOnHeatWave({
      operationType: 'STOP_HEATWAVE_CLUSTER',
      from: 'ACTIVE',
      to: 'INACTIVE',
      lasts: ({ times }) => times.mysqlStop,
    }),
  ),
];
