import type { Room, Share } from '../../core/deploy/room.ts';
import { CloudError } from '../../core/fault.ts';
import { allPages } from '../client/pages.ts';
import type { Services } from '../client/services.ts';
import type { Tenancy } from '../finding/tenancy.ts';

export interface Limits {
  /**
   * Undefined where the bot may not read limits, or none of them is about the shape. That there is room does not
   * mean that OCI has hosts. Rejects with a CloudError when OCI is away.
   *
   * @param place.domain an availability domain's whole name
   */
  room(place: {
    readonly region: string;
    readonly compartmentId: string;
    readonly domain: string;
    readonly shape: string;
  }): Promise<Room | undefined>;
}

const service = 'container-instances';

/**
 * Oracle documents no names for the limits of container instances, so they are looked for among those that the
 * service has: one that names the processor of the shape and what it counts.
 * Source: docs.oracle.com, api/#/en/limits/20190729.
 */
export function createLimits(services: Pick<Services, 'limits'>, tenancy: Pick<Tenancy, 'tree'>): Limits {
  const { limits } = services;

  const listDefinitions = async (region: string) => {
    const { tenancy: compartmentId } = await tenancy.tree();
    return allPages((where) =>
      limits.read('ListLimitDefinitions', region, async (client) => {
        const reply = await client.listLimitDefinitions({ compartmentId, serviceName: service, ...where });
        return { items: reply.items, next: reply.opcNextPage };
      }),
    );
  };
  // the availability domains of a region are asked for side by side
  const listing = new Map<string, ReturnType<typeof listDefinitions>>();
  const definitionsIn = (region: string) => {
    const underWay = listing.get(region);
    if (underWay) return underWay;
    const begun = listDefinitions(region).finally(() => listing.delete(region));
    listing.set(region, begun);
    return begun;
  };

  return {
    room: async ({ region, compartmentId, domain, shape }) => {
      const definitions = await ifAllowed(definitionsIn(region));
      const share = async (what: RegExp): Promise<Share | undefined> => {
        const of = definitions?.find(({ name = '' }) => what.test(name) && isOfShape(name, shape));
        const limit = of?.name;
        if (limit === undefined) return undefined;
        const reply = await ifAllowed(
          limits.read('GetResourceAvailability', region, (client) =>
            client.getResourceAvailability({
              serviceName: service,
              limitName: limit,
              compartmentId,
              ...(String(of?.scopeType) === 'AD' ? { availabilityDomain: domain } : {}),
            }),
          ),
        );
        const { fractionalAvailability, available, fractionalUsage, used, effectiveQuotaValue } =
          reply?.resourceAvailability ?? {};
        const left = fractionalAvailability ?? available;
        // A service that does not tell answers with nothing.
        if (left == null) return undefined;
        return {
          limit,
          available: left,
          used: fractionalUsage ?? used ?? 0,
          ...(String(of?.scopeType) === 'AD' ? {} : { isRegional: true }),
          ...(effectiveQuotaValue == null ? {} : { quota: effectiveQuotaValue }),
        };
      };
      const [ocpus, memory] = await Promise.all([share(/core|ocpu/i), share(/memory/i)]);
      if (!ocpus && !memory) return undefined;
      return { ...(ocpus && { ocpus }), ...(memory && { memory }) };
    },
  };
}

/** `CI.Standard.E4.Flex` and `standard-e4-core-count` are of the same processor. */
function isOfShape(limit: string, shape: string): boolean {
  const [, family] = /\.([A-Z]+\d+)(?:\.|$)/i.exec(shape.replace(/^CI\./, '')) ?? [];
  return family !== undefined && limit.toLowerCase().split(/[-_.]/).includes(family.toLowerCase());
}

/** Undefined when the bot may not read it, or it is not there. */
async function ifAllowed<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof CloudError && [401, 403, 404].includes(error.status)) return undefined;
    throw error;
  }
}
