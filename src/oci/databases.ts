import type { models } from 'oci-database';
import type { Details } from '../core/cloud.ts';
import type { PowerAct } from '../core/lifecycle.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { details, shownTags, shownTime } from './details.ts';
import { allPages } from './pages.ts';
import type { Services } from './services.ts';
import { sharedWork } from './shared-work.ts';
import { ifMatch, powerVerb, receiptOf } from './verbs.ts';
import { newestAccepted } from './work-requests.ts';

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
    get: async (region, ocid) => (await get(region, ocid)).seen,
    facts: ({ region, compartmentId, ocid }) => newestAccepted(work.of(region, compartmentId, ocid)),
    details: async ({ region, ocid }) => describe((await get(region, ocid)).database),
    verbs: {
      'autonomous-database.start': verb('start'),
      'autonomous-database.stop': verb('stop'),
      'autonomous-database.restart': verb('restart'),
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

function seenOf(region: string, each: models.AutonomousDatabase | models.AutonomousDatabaseSummary): Seen {
  return {
    kind: 'autonomous-database',
    ocid: each.id,
    name: each.displayName ?? each.dbName,
    region,
    compartmentId: each.compartmentId,
    tags: tagsOf(each),
    state: String(each.lifecycleState).toUpperCase(),
  };
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
  if (!each.computeCount) return undefined;
  const compute = `${each.computeCount} ${each.computeModel ?? 'CPU'}s`;
  return each.isAutoScalingEnabled ? `${compute}, scales up to three times that` : compute;
}
