import type { models } from 'oci-database';
import type { Details } from '../core/cloud.ts';
import type { PowerAct } from '../core/lifecycle.ts';
import { sharedWork } from './acting/shared-work.ts';
import { ifMatch, powerVerb, receiptOf, sizeIn, sizeVerb } from './acting/verbs.ts';
import { newestAccepted } from './acting/work-requests.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { details, shownTags, shownTime } from './details.ts';

/**
 * Autonomous Databases. Their acts take no retry token and make work requests, kept by the work request
 * service. Source: docs.oracle.com, api/#/en/database/20160918/AutonomousDatabase.
 */
export function databaseAdapter({ database, workRequests }: Services): Adapter {
  const get = async (region: string, ocid: string) => {
    const { autonomousDatabase, etag } = await database.read('GetAutonomousDatabase', region, (client) =>
      client.getAutonomousDatabase({ autonomousDatabaseId: ocid }),
    );
    return { database: autonomousDatabase, seen: { ...seenOf(region, autonomousDatabase), etag } };
  };
  const work = sharedWork(workRequests);
  const verb = (act: PowerAct) =>
    powerVerb(
      {
        act,
        permission: 'AUTONOMOUS_DATABASE_UPDATE',
        send: async ({ target }, context) =>
          receiptOf(
            await database.act(operations[act].name, target.region, context.signal, (client) =>
              operations[act].send(client, { autonomousDatabaseId: target.ocid, ...ifMatch(context) }),
            ),
          ),
      },
      { repeatable: false, work, get: async (region, ocid) => (await get(region, ocid)).seen },
    );
  const scale = sizeVerb(
    {
      label: 'scale',
      permission: 'AUTONOMOUS_DATABASE_UPDATE',
      wanted: sizeIn,
      send: async ({ target }, size, context) =>
        receiptOf(
          await database.act('UpdateAutonomousDatabase', target.region, context.signal, (client) =>
            client.updateAutonomousDatabase({
              autonomousDatabaseId: target.ocid,
              updateAutonomousDatabaseDetails: { computeCount: Number(size) },
              ...ifMatch(context),
            }),
          ),
        ),
    },
    { repeatable: false, work, get: async (region, ocid) => (await get(region, ocid)).seen },
  );
  return {
    kind: 'autonomous-database',
    searchType: 'autonomousdatabase',
    ocidType: 'autonomousdatabase',
    grant: 'use autonomous-databases',
    list: async (region, compartmentId) => {
      const databases = await allPages((where) =>
        database.read('ListAutonomousDatabases', region, async (client) => {
          const reply = await client.listAutonomousDatabases({ compartmentId, ...where });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      );
      return databases.map((each) => seenOf(region, each));
    },
    roll: { acts: ['start', 'stop'] },
    get: async (region, ocid) => (await get(region, ocid)).seen,
    facts: ({ region, compartmentId, ocid }) => newestAccepted(work.of(region, compartmentId, ocid)),
    details: async ({ region, ocid }) => describe((await get(region, ocid)).database),
    verbs: {
      'autonomous-database.start': verb('start'),
      'autonomous-database.stop': verb('stop'),
      'autonomous-database.restart': verb('restart'),
      'autonomous-database.scale': scale,
    },
  };
}

type Client = Parameters<Parameters<Services['database']['read']>[2]>[0];
type ActRequest = { autonomousDatabaseId: string; ifMatch?: string };

const operations: Record<
  PowerAct,
  {
    readonly name: string;
    send(client: Client, request: ActRequest): Promise<Parameters<typeof receiptOf>[0]>;
  }
> = {
  start: {
    name: 'StartAutonomousDatabase',
    send: (client, request) => client.startAutonomousDatabase(request),
  },
  stop: { name: 'StopAutonomousDatabase', send: (client, request) => client.stopAutonomousDatabase(request) },
  restart: {
    name: 'RestartAutonomousDatabase',
    send: (client, request) => client.restartAutonomousDatabase(request),
  },
};

type AnyDatabase = models.AutonomousDatabase | models.AutonomousDatabaseSummary;

function seenOf(region: string, each: AnyDatabase): Seen {
  const count = computeOf(each);
  const refuses = refusals(each);
  return {
    kind: 'autonomous-database',
    ocid: each.id,
    name: each.displayName ?? each.dbName,
    region,
    compartmentId: each.compartmentId,
    tags: tagsOf(each),
    state: String(each.lifecycleState).toUpperCase(),
    ...(count ? { size: String(count) } : {}),
    ...(count && !each.isFreeTier ? { meter: { [unitOf(each)]: count } } : {}),
    ...(refuses ? { refuses } : {}),
  };
}

function unitOf({ computeModel }: AnyDatabase): 'ecpu' | 'ocpu' {
  return String(computeModel) === 'ECPU' ? 'ecpu' : 'ocpu';
}

/** Databases older than the compute models have their cores only. */
function computeOf({ computeCount, cpuCoreCount }: AnyDatabase): number {
  return computeCount || cpuCoreCount || 0;
}

/** Who is a standby, and who has a size that OCI fixes. All of them but standbys start and stop. */
function refusals(each: AnyDatabase): Seen['refuses'] {
  if (/STANDBY|BACKUP_COPY/.test(String(each.role ?? ''))) {
    const because = `it is the ${each.role} of another database; act on its primary instead`;
    return { start: because, stop: because, restart: because, scale: because };
  }
  if (each.isFreeTier) return { scale: 'it is Always Free, which has one size and no auto scaling' };
  if (each.isDevTier) return { scale: 'it is a developer database, which has one size' };
  if (each.isRefreshableClone)
    return { scale: 'it is a refreshable clone, and scaling is not among what OCI documents for those' };
  return undefined;
}

function describe(each: models.AutonomousDatabase): Details {
  return details({
    'Database name': each.dbName,
    Workload: each.dbWorkload,
    Version: each.dbVersion,
    Compute: shownCompute(each),
    Storage: each.dataStorageSizeInTBs
      ? `${each.dataStorageSizeInTBs} TB`
      : each.dataStorageSizeInGBs && `${each.dataStorageSizeInGBs} GB`,
    'Always Free': each.isFreeTier ? 'yes' : undefined,
    'Open mode': each.openMode,
    'Data Guard role': each.role,
    Licence: each.licenseModel,
    Endpoint: each.privateEndpoint ?? each.publicEndpoint,
    Details: each.lifecycleDetails,
    'Next maintenance': shownTime(each.timeMaintenanceBegin),
    Created: shownTime(each.timeCreated),
    Tags: shownTags(tagsOf(each)),
  });
}

function shownCompute(each: models.AutonomousDatabase): string | undefined {
  const count = computeOf(each);
  if (!count) return undefined;
  const compute = `${count} ${unitOf(each).toUpperCase()}s${each.isDedicated ? ', dedicated' : ''}`;
  return each.isAutoScalingEnabled ? `${compute}, scales up to three times that` : compute;
}
