import type { models } from 'oci-core';
import type { Details } from '../core/cloud.ts';
import type { PowerAct } from '../core/lifecycle.ts';
import type { Verbs } from '../core/verb.ts';
import { ifMatch, powerVerb, receiptOf, sizeIn, sizeVerb } from './acting/verbs.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { shapeOf } from './compute.ts';
import { details, ifReadable, shownTags, shownTime } from './details.ts';

/**
 * Instance pools: instances that are alike, started, stopped and counted together. Their acts take a
 * retry token and make no work request. Source: docs.oracle.com, api/#/en/iaas/20160918/InstancePool.
 */
export function instancePoolAdapter({ management }: Services): Adapter {
  const read = (region: string, instancePoolId: string) =>
    management.read('GetInstancePool', region, (client) => client.getInstancePool({ instancePoolId }));
  const listed = (region: string, compartmentId: string) =>
    allPages((where) =>
      management.read('ListInstancePools', region, async (client) => {
        const reply = await client.listInstancePools({ compartmentId, ...where });
        return { items: reply.items, next: reply.opcNextPage };
      }),
    );
  return {
    kind: 'instance-pool',
    searchType: 'instancepool',
    ocidType: 'instancepool',
    grant: 'use instance-pools',
    list: async (region, compartmentId) => {
      const pools = await listed(region, compartmentId);
      const meters = await metersOf(region, pools);
      return pools.map((pool) => ({ ...seenOf(region, pool), ...meters(pool) }));
    },
    roll: {
      list: async (region, compartmentId) =>
        (await listed(region, compartmentId)).map((pool) => seenOf(region, pool)),
      acts: ['start', 'stop'],
    },
    get: async (region, ocid) => {
      const { instancePool, etag } = await read(region, ocid);
      const meters = await metersOf(region, [instancePool]);
      return { ...seenOf(region, instancePool), ...meters(instancePool), etag };
    },
    details: async ({ region, ocid }) => {
      const { instancePool } = await read(region, ocid);
      const configuration = await configurationOf(region, instancePool.instanceConfigurationId);
      return describe(instancePool, configuration);
    },
    verbs: verbsOf(management, async (region, ocid) => {
      const { instancePool, etag } = await read(region, ocid);
      return { ...seenOf(region, instancePool), etag };
    }),
  };

  async function configurationOf(region: string, instanceConfigurationId: string) {
    const reply = await ifReadable(
      management.read('GetInstanceConfiguration', region, (client) =>
        client.getInstanceConfiguration({ instanceConfigurationId }),
      ),
    );
    return reply?.instanceConfiguration;
  }

  /** What each is billed for, by the configuration that its members are launched from; each is read once. */
  async function metersOf(region: string, pools: readonly Pool[]) {
    const ids = [...new Set(pools.map(({ instanceConfigurationId }) => instanceConfigurationId))];
    const meters = new Map(
      await Promise.all(ids.map(async (id) => [id, meterOf(await configurationOf(region, id))] as const)),
    );
    return ({ instanceConfigurationId, size }: Pool): Pick<Seen, 'meter' | 'billedOff'> => {
      const { meter: one, ...billed } = meters.get(instanceConfigurationId) ?? {};
      if (!one) return {};
      const meter = Object.fromEntries(Object.entries(one).map(([unit, count]) => [unit, count * size]));
      return { ...billed, meter };
    };
  }
}

/** `get` reads no more than a verb has to look at: what the pool is billed for is no matter then. */
function verbsOf(management: Services['management'], get: Adapter['get']): Verbs {
  const verb = (act: PowerAct) =>
    powerVerb(
      {
        act,
        permission: 'INSTANCE_POOL_POWER_ACTIONS',
        send: async ({ target, with: options }, context) => {
          const { name, send } =
            operations[act][options?.force === true || context.hard ? 'forced' : 'gentle'];
          const reply = await management.act(name, target.region, context.signal, (client) =>
            send(client, { instancePoolId: target.ocid, opcRetryToken: context.token, ...ifMatch(context) }),
          );
          return { ...receiptOf(reply), ...(context.hard ? { hard: true } : {}) };
        },
      },
      { repeatable: true, hardens: true, get },
    );
  const scale = sizeVerb(
    {
      label: 'scale',
      permission: 'INSTANCE_POOL_UPDATE',
      wanted: sizeIn,
      send: async ({ target }, size, context) =>
        receiptOf(
          await management.act('UpdateInstancePool', target.region, context.signal, (client) =>
            client.updateInstancePool({
              instancePoolId: target.ocid,
              updateInstancePoolDetails: { size: Number(size) },
              opcRetryToken: context.token,
              ...ifMatch(context),
            }),
          ),
        ),
    },
    { repeatable: true, get },
  );
  return {
    'instance-pool.start': verb('start'),
    'instance-pool.stop': verb('stop'),
    'instance-pool.restart': verb('restart'),
    'instance-pool.scale': scale,
  };
}

type Pool = models.InstancePool | models.InstancePoolSummary;
type Client = Parameters<Parameters<Services['management']['read']>[2]>[0];
type ActRequest = { instancePoolId: string; ifMatch?: string; opcRetryToken: string };

interface Operation {
  readonly name: string;
  send(client: Client, request: ActRequest): Promise<Parameters<typeof receiptOf>[0]>;
}

const start: Operation = {
  name: 'StartInstancePool',
  send: (client, request) => client.startInstancePool(request),
};

const operations: Record<PowerAct, { readonly gentle: Operation; readonly forced: Operation }> = {
  start: { gentle: start, forced: start },
  stop: {
    gentle: { name: 'SoftstopInstancePool', send: (client, request) => client.softstopInstancePool(request) },
    forced: { name: 'StopInstancePool', send: (client, request) => client.stopInstancePool(request) },
  },
  restart: {
    gentle: {
      name: 'SoftresetInstancePool',
      send: (client, request) => client.softresetInstancePool(request),
    },
    forced: { name: 'ResetInstancePool', send: (client, request) => client.resetInstancePool(request) },
  },
};

function seenOf(region: string, pool: Pool): Seen {
  return {
    kind: 'instance-pool',
    ocid: pool.id,
    name: pool.displayName ?? pool.id,
    region,
    compartmentId: pool.compartmentId,
    tags: tagsOf(pool),
    state: String(pool.lifecycleState).toUpperCase(),
    size: String(pool.size),
  };
}

/** One of its options stands for the others where a configuration has several. */
function launchOf({ instanceDetails }: models.InstanceConfiguration) {
  if (!instanceDetails) return undefined;
  if ('launchDetails' in instanceDetails) return instanceDetails.launchDetails;
  return 'options' in instanceDetails ? instanceDetails.options?.[0]?.launchDetails : undefined;
}

function meterOf(
  configuration: models.InstanceConfiguration | undefined,
): Pick<Seen, 'meter' | 'billedOff'> | undefined {
  const launch = configuration && launchOf(configuration);
  if (!launch?.shape) return undefined;
  const { ocpus, memoryInGBs } = launch.shapeConfig ?? {};
  const { meter, billedOff } = shapeOf({
    shape: launch.shape,
    shapeConfig: { ...(ocpus ? { ocpus } : {}), ...(memoryInGBs ? { memoryInGBs } : {}) },
  });
  return { ...(meter ? { meter } : {}), ...(billedOff ? { billedOff } : {}) };
}

function describe(
  pool: models.InstancePool,
  configuration: models.InstanceConfiguration | undefined,
): Details {
  const launch = configuration && launchOf(configuration);
  return details({
    Instances: pool.currentSize === undefined ? pool.size : `${pool.currentSize} of ${pool.size}`,
    'Instance configuration': configuration?.displayName ?? pool.instanceConfigurationId,
    Shape: launch?.shape,
    'Availability domains': pool.placementConfigurations
      .map(({ availabilityDomain }) => availabilityDomain)
      .join(', '),
    'Load balancers': (pool.loadBalancers ?? [])
      .map(({ backendSetName, port }) => `backend set ${backendSetName}, port ${port}`)
      .join('; '),
    Created: shownTime(pool.timeCreated),
    Tags: shownTags(tagsOf(pool)),
  });
}
