import type { models } from 'oci-database';
import type { Details } from '../core/cloud.ts';
import { sharedWork } from './acting/shared-work.ts';
import { ifMatch, receiptOf, sizeIn, sizeVerb } from './acting/verbs.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { type NodePower, nodeVerb, powerOf } from './db-nodes.ts';
import { details, shownTags, shownTime } from './details.ts';

/**
 * DB systems of the Base Database service. They are AVAILABLE even when all is off: the power is their
 * nodes', two of them in RAC. Source: docs.oracle.com, api/#/en/database/20160918/DbSystem and DbNode.
 */
export function dbSystemAdapter({ database, workRequests }: Services): Adapter {
  const nodesOf = async (region: string, { id, compartmentId }: AnySystem) => {
    const nodes = await allPages((where) =>
      database.read('ListDbNodes', region, async (client) => {
        const reply = await client.listDbNodes({ compartmentId, dbSystemId: id, ...where });
        return { items: reply.items, next: reply.opcNextPage };
      }),
    );
    return nodes.sort((a, b) => (a.hostname ?? a.id).localeCompare(b.hostname ?? b.id));
  };
  const get = async (region: string, ocid: string) => {
    const { dbSystem, etag } = await database.read('GetDbSystem', region, (client) =>
      client.getDbSystem({ dbSystemId: ocid }),
    );
    const nodes = await nodesOf(region, dbSystem);
    return { system: dbSystem, nodes, seen: { ...seenOf(region, dbSystem, nodes), etag } };
  };
  const work = sharedWork(workRequests);
  const power: NodePower = { database, work, get };
  return {
    kind: 'db-system',
    searchType: 'dbsystem',
    ocidType: 'dbsystem',
    // Power is a permission of `manage db-nodes`, which would allow more than that.
    grant: '{DB_SYSTEM_INSPECT, DB_SYSTEM_UPDATE, DB_NODE_INSPECT, DB_NODE_QUERY, DB_NODE_POWER_ACTIONS}',
    list: async (region, compartmentId) => {
      const systems = await allPages((where) =>
        database.read('ListDbSystems', region, async (client) => {
          const reply = await client.listDbSystems({ compartmentId, ...where });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      );
      return Promise.all(
        systems.map(async (system) => seenOf(region, system, await nodesOf(region, system))),
      );
    },
    get: async (region, ocid) => (await get(region, ocid)).seen,
    details: async ({ region, ocid }) => {
      const { system, nodes } = await get(region, ocid);
      return describe(system, nodes);
    },
    verbs: {
      'db-system.start': nodeVerb('start', power),
      'db-system.stop': nodeVerb('stop', power),
      'db-system.scale': sizeVerb(
        {
          label: 'scale',
          permission: 'DB_SYSTEM_UPDATE',
          wanted: sizeIn,
          send: async ({ target }, size, context) => {
            const { system } = await get(target.region, target.ocid);
            const updateDbSystemDetails = await resized(system, Number(size));
            return receiptOf(
              await database.act('UpdateDbSystem', target.region, context.signal, (client) =>
                client.updateDbSystem({
                  dbSystemId: target.ocid,
                  updateDbSystemDetails,
                  ...ifMatch(context),
                }),
              ),
            );
          },
        },
        { repeatable: false, work, get: async (region, ocid) => (await get(region, ocid)).seen },
      ),
    },
  };
}

type AnySystem = models.DbSystem | models.DbSystemSummary;
type AnyNode = models.DbNode | models.DbNodeSummary;

/** ECPUs go by another field than cores, and only together with their model. */
async function resized(system: models.DbSystem, size: number): Promise<models.UpdateDbSystemDetails> {
  if (unitOf(system) === 'ocpu') return { cpuCoreCount: size };
  const { models } = await import('oci-database');
  return { computeModel: models.UpdateDbSystemDetails.ComputeModel.Ecpu, computeCount: size };
}

function unitOf({ computeModel }: AnySystem): 'ocpu' | 'ecpu' {
  return String(computeModel) === 'ECPU' ? 'ecpu' : 'ocpu';
}

function coresOf(system: AnySystem): number | undefined {
  return (unitOf(system) === 'ecpu' ? system.computeCount : system.cpuCoreCount) ?? undefined;
}

function seenOf(region: string, system: AnySystem, nodes: readonly AnyNode[]): Seen {
  const cores = coresOf(system);
  const refuses = refusals(system);
  return {
    kind: 'db-system',
    ocid: system.id,
    name: system.displayName,
    region,
    compartmentId: system.compartmentId,
    tags: tagsOf(system),
    state: stateOf(system, nodes),
    ...(cores ? { size: String(cores), meter: { [unitOf(system)]: cores } } : {}),
    ...(refuses ? { refuses } : {}),
  };
}

/** One node that is up keeps the database open. */
function stateOf({ lifecycleState }: AnySystem, nodes: readonly AnyNode[]): string {
  const own = String(lifecycleState).toUpperCase();
  const states = nodes.map((node) => powerOf(node));
  if (own !== 'AVAILABLE' || states.length === 0) return own;
  if (states.every((state) => state === 'STOPPED')) return 'STOPPED';
  return states.find((state) => state === 'STARTING' || state === 'STOPPING') ?? own;
}

function refusals({ shape }: AnySystem): Seen['refuses'] {
  if (!shape.startsWith('VM.')) return { stop: `it is ${shape}, which is billed when it is stopped too` };
  return shape.endsWith('.Flex') ? undefined : { scale: `its shape ${shape} has its cores fixed` };
}

function describe(system: models.DbSystem, nodes: readonly AnyNode[]): Details {
  const cores = coresOf(system);
  return details({
    Shape: system.shape,
    Cores: cores && `${cores} ${unitOf(system).toUpperCase()}s`,
    Nodes: nodes.map((node) => `${node.hostname ?? node.id} ${powerOf(node)}`).join(', '),
    Edition: system.databaseEdition,
    Version: system.version,
    Storage: system.dataStorageSizeInGBs && `${system.dataStorageSizeInGBs} GB`,
    Licence: system.licenseModel,
    Details: system.lifecycleDetails,
    'Availability domain': system.availabilityDomain,
    Created: shownTime(system.timeCreated),
    Tags: shownTags(tagsOf(system)),
  });
}
