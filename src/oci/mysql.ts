import type { models } from 'oci-mysql';
import type { Details } from '../core/cloud.ts';
import type { PowerAct } from '../core/lifecycle.ts';
import type { Step } from '../core/plan.ts';
import type { ActContext } from '../core/verb.ts';
import { ownWork } from './acting/own-work.ts';
import { ifMatch, powerVerb, receiptOf } from './acting/verbs.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { details, shownTags, shownTime } from './details.ts';
import { withHeatWave } from './heatwave.ts';

/**
 * MySQL DB systems. Their acts take a retry token and make work requests, kept by the service itself.
 * Source: docs.oracle.com, api/#/en/mysql/20190415/DbSystem.
 */
export function mysqlAdapter({ mysql, mysqlWork: requests }: Services): Adapter {
  const get = async (region: string, ocid: string) => {
    const { dbSystem, etag } = await mysql.read('GetDbSystem', region, (client) =>
      client.getDbSystem({ dbSystemId: ocid }),
    );
    return { system: dbSystem, seen: { ...seenOf(region, dbSystem), etag } };
  };
  const work = ownWork(requests);
  const verb = (act: PowerAct) =>
    powerVerb(
      {
        act,
        permission: 'MYSQL_INSTANCE_USE',
        send: async (step, context) =>
          receiptOf(
            await mysql.act(operations[act].name, step.target.region, context.signal, (client) =>
              operations[act].send(client, step, context),
            ),
          ),
      },
      { repeatable: true, work, get: async (region, ocid) => (await get(region, ocid)).seen },
    );
  return {
    kind: 'mysql',
    searchType: 'mysqldbsystem',
    ocidType: 'mysqldbsystem',
    grant: 'use mysql-family',
    list: async (region, compartmentId) => {
      const systems = await allPages((where) =>
        mysql.read('ListDbSystems', region, async (client) => {
          const reply = await client.listDbSystems({ compartmentId, ...where });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      );
      return systems.map((each) => seenOf(region, each, compartmentId));
    },
    roll: { acts: ['stop'] },
    get: async (region, ocid) => (await get(region, ocid)).seen,
    details: async ({ region, ocid }) => describe((await get(region, ocid)).system),
    verbs: {
      'mysql.start': withHeatWave(verb('start'), mysql, async (region, ocid) => {
        const { lifecycleState, heatWaveCluster } = (await get(region, ocid)).system;
        return {
          system: String(lifecycleState).toUpperCase(),
          cluster: heatWaveCluster ? String(heatWaveCluster.lifecycleState).toUpperCase() : undefined,
        };
      }),
      'mysql.stop': verb('stop'),
      'mysql.restart': verb('restart'),
    },
  };
}

type Client = Parameters<Parameters<Services['mysql']['read']>[2]>[0];
type Reply = Promise<Parameters<typeof receiptOf>[0]>;

const operations: Record<
  PowerAct,
  { readonly name: string; send(client: Client, step: Step, context: ActContext): Reply }
> = {
  start: {
    name: 'StartDbSystem',
    send: (client, step, context) => client.startDbSystem(request(step, context)),
  },
  stop: {
    name: 'StopDbSystem',
    send: async (client, step, context) =>
      client.stopDbSystem({ ...request(step, context), stopDbSystemDetails: await shutdown(step) }),
  },
  restart: {
    name: 'RestartDbSystem',
    send: async (client, step, context) =>
      client.restartDbSystem({ ...request(step, context), restartDbSystemDetails: await shutdown(step) }),
  },
};

function request({ target }: Step, context: ActContext) {
  return { dbSystemId: target.ocid, opcRetryToken: context.token, ...ifMatch(context) };
}

/** FAST flushes what is dirty first; IMMEDIATE leaves that to the next start, which takes longer then. */
async function shutdown(step: Step): Promise<{ readonly shutdownType: models.InnoDbShutdownMode }> {
  const { Fast, Immediate } = (await import('oci-mysql')).models.InnoDbShutdownMode;
  return { shutdownType: step.with?.force === true ? Immediate : Fast };
}

type AnySystem = models.DbSystem | models.DbSystemSummary;

/** A summary may lack its compartment, which the list was asked for. */
function seenOf(region: string, system: AnySystem, listedIn = ''): Seen {
  const meter = meterOf(system);
  return {
    kind: 'mysql',
    ocid: system.id,
    name: system.displayName,
    region,
    compartmentId: system.compartmentId ?? listedIn,
    tags: tagsOf(system),
    state: String(system.lifecycleState).toUpperCase(),
    ...(meter ? { meter } : {}),
  };
}

/** `MySQL.8` has 8 ECPUs, `MySQL.VM.Standard.E4.4.64GB` 4 OCPUs; one that is highly available has three of them. */
export function meterOf({
  shapeName = '',
  isHighlyAvailable,
  heatWaveCluster,
}: Pick<AnySystem, 'shapeName' | 'isHighlyAvailable' | 'heatWaveCluster'>): Seen['meter'] {
  const instances = isHighlyAvailable ? 3 : 1;
  const [, ecpus] = /^MySQL\.(\d+)$/.exec(shapeName) ?? [];
  const [, ocpus, memory] = /\.(\d+)\.(\d+)GB$/.exec(shapeName) ?? [];
  const meter: Record<string, number> = {
    ...(ecpus ? { ecpu: Number(ecpus) * instances } : {}),
    ...(ocpus && memory ? { ocpu: Number(ocpus) * instances, memoryGb: Number(memory) * instances } : {}),
    ...(heatWaveCluster ? { heatwaveNode: heatWaveCluster.clusterSize } : {}),
  };
  return Object.keys(meter).length > 0 ? meter : undefined;
}

function describe(system: models.DbSystem): Details {
  const { heatWaveCluster } = system;
  return details({
    Shape: system.shapeName,
    Version: system.mysqlVersion,
    Storage: `${system.dataStorageSizeInGBs} GB`,
    'Highly available': system.isHighlyAvailable ? 'yes' : undefined,
    HeatWave:
      heatWaveCluster &&
      `${heatWaveCluster.clusterSize} of ${heatWaveCluster.shapeName}, ${heatWaveCluster.lifecycleState}`,
    'Private IP': system.ipAddress,
    Details: system.lifecycleDetails,
    'Availability domain': system.availabilityDomain,
    Created: shownTime(system.timeCreated),
    Tags: shownTags(tagsOf(system)),
  });
}
