import type { models } from 'oci-psql';
import type { Details } from '../core/cloud.ts';
import { CloudError } from '../core/fault.ts';
import type { PowerAct } from '../core/lifecycle.ts';
import { ownWork } from './acting/own-work.ts';
import { ifMatch, powerVerb, receiptOf } from './acting/verbs.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { details, shownShape, shownTags, shownTime } from './details.ts';

/**
 * PostgreSQL DB systems. Their acts take a retry token and make work requests, kept by the service itself.
 * Source: docs.oracle.com, postgresql/stop-start-db.htm and api/#/en/postgresql/20220915/DbSystem.
 */
export function postgresAdapter({ postgres }: Services): Adapter {
  const get = async (region: string, ocid: string) => {
    const { dbSystem, etag } = await postgres.read('GetDbSystem', region, (client) =>
      client.getDbSystem({ dbSystemId: ocid }),
    );
    return { system: dbSystem, seen: { ...seenOf(region, dbSystem), etag } };
  };
  /** The only instance of a DB system: others are refused when a restart is planned. */
  const onlyInstance = async (region: string, ocid: string) => {
    const { instances = [] } = (await get(region, ocid)).system;
    const [only, ...more] = instances;
    if (only && more.length === 0) return only.id;
    throw new CloudError({
      message: `It has ${instances.length} instances, and only one can be restarted.`,
      status: 400,
      code: 'InvalidParameter',
      operation: 'RestartDbInstanceInDbSystem',
    });
  };
  const verb = (act: PowerAct) =>
    powerVerb(
      {
        act,
        permission: 'POSTGRES_DB_SYSTEM_UPDATE',
        send: async ({ target }, context) => {
          const { region, ocid } = target;
          const request = { dbSystemId: ocid, opcRetryToken: context.token, ...ifMatch(context) };
          const send = operations[act];
          const instance = act === 'restart' ? await onlyInstance(region, ocid) : '';
          return receiptOf(
            await postgres.act(send.name, region, context.signal, (client) =>
              send.call(client, request, instance),
            ),
          );
        },
      },
      {
        repeatable: true,
        work: ownWork(postgres),
        get: async (region, ocid) => (await get(region, ocid)).seen,
      },
    );
  return {
    kind: 'postgresql',
    searchType: 'postgresqldbsystem',
    ocidType: 'postgresqldbsystem',
    grant: 'use postgres-db-systems',
    list: async (region, compartmentId) => {
      const systems = await allPages((where) =>
        postgres.read('ListDbSystems', region, async (client) => {
          const reply = await client.listDbSystems({ compartmentId, ...where });
          return { items: reply.dbSystemCollection.items, next: reply.opcNextPage };
        }),
      );
      return systems.map((each) => seenOf(region, each));
    },
    roll: { acts: ['start', 'stop'] },
    get: async (region, ocid) => (await get(region, ocid)).seen,
    details: async ({ region, ocid }) => describe((await get(region, ocid)).system),
    verbs: {
      'postgresql.start': verb('start'),
      'postgresql.stop': verb('stop'),
      'postgresql.restart': verb('restart'),
    },
  };
}

type Client = Parameters<Parameters<Services['postgres']['read']>[2]>[0];
type ActRequest = { dbSystemId: string; opcRetryToken: string; ifMatch?: string };

const operations: Record<
  PowerAct,
  {
    readonly name: string;
    call(client: Client, request: ActRequest, instance: string): Promise<Parameters<typeof receiptOf>[0]>;
  }
> = {
  start: {
    name: 'StartDbSystem',
    call: (client, request) => client.startDbSystem({ ...request, startDbSystemDetails: {} }),
  },
  stop: { name: 'StopDbSystem', call: (client, request) => client.stopDbSystem(request) },
  restart: {
    name: 'RestartDbInstanceInDbSystem',
    call: async (client, request, dbInstanceId) => {
      const { Normal } = (await import('oci-psql')).models.RestartDbInstanceInDbSystemDetails.RestartType;
      return client.restartDbInstanceInDbSystem({
        ...request,
        restartDbInstanceInDbSystemDetails: { dbInstanceId, restartType: Normal },
      });
    },
  },
};

/** The documents write of states that the SDK does not have. */
const documented: Readonly<Record<string, string>> = {
  STARTING: 'UPDATING',
  STOPPING: 'UPDATING',
  STOPPED: 'INACTIVE',
};

type AnySystem = models.DbSystem | models.DbSystemSummary;

function seenOf(region: string, system: AnySystem): Seen {
  const instances = system.instanceCount ?? 1;
  const state = String(system.lifecycleState).toUpperCase();
  return {
    kind: 'postgresql',
    ocid: system.id,
    name: system.displayName,
    region,
    compartmentId: system.compartmentId,
    tags: tagsOf(system),
    state: documented[state] ?? state,
    meter: {
      ocpu: system.instanceOcpuCount * instances,
      memoryGb: system.instanceMemorySizeInGBs * instances,
    },
    ...(instances > 1
      ? {
          refuses: { restart: `it has ${instances} instances, which OCI restarts one by one in the Console` },
        }
      : {}),
  };
}

function describe(system: models.DbSystem): Details {
  return details({
    Shape: system.shape,
    Size: shownShape({ ocpus: system.instanceOcpuCount, memoryInGBs: system.instanceMemorySizeInGBs }),
    Instances: system.instanceCount,
    Version: system.dbVersion,
    Role: system.systemRole,
    'Private IP': system.networkDetails.primaryDbEndpointPrivateIp,
    Details: system.lifecycleDetails,
    Created: shownTime(system.timeCreated),
    Tags: shownTags(tagsOf(system)),
  });
}
