import type { models } from 'oci-analytics';
import type { Details } from '../core/cloud.ts';
import { ownWork } from './acting/own-work.ts';
import { actHeaders, platformAdapter } from './acting/platform.ts';
import { receiptOf, sizeIn, sizeVerb } from './acting/verbs.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { details, shownTags, shownTime } from './details.ts';

/** Analytics instances. Source: docs.oracle.com, api/#/en/analytics/20190331. */
export function analyticsAdapter({ analytics }: Services): Adapter {
  const work = ownWork(analytics);
  const get = async (region: string, analyticsInstanceId: string) => {
    const { analyticsInstance, etag } = await analytics.read('GetAnalyticsInstance', region, (client) =>
      client.getAnalyticsInstance({ analyticsInstanceId }),
    );
    return { full: analyticsInstance, seen: { ...seenOf(region, analyticsInstance), etag } };
  };
  return platformAdapter({
    kind: 'analytics',
    type: 'analyticsinstance',
    // Starting and stopping takes `use`, scaling `manage`.
    grant: 'manage analytics-instances',
    permission: 'ANALYTICS_INSTANCE_USE',
    work,
    get,
    list: async (region, compartmentId) => {
      const instances = await allPages((where) =>
        analytics.read('ListAnalyticsInstances', region, async (client) => {
          const reply = await client.listAnalyticsInstances({ compartmentId, ...where });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      );
      return instances.map((each) => seenOf(region, each));
    },
    describe,
    start: ({ target }, headers, signal) =>
      analytics.act('StartAnalyticsInstance', target.region, signal, (client) =>
        client.startAnalyticsInstance({ analyticsInstanceId: target.ocid, ...headers }),
      ),
    stop: ({ target }, headers, signal) =>
      analytics.act('StopAnalyticsInstance', target.region, signal, (client) =>
        client.stopAnalyticsInstance({ analyticsInstanceId: target.ocid, ...headers }),
      ),
    more: {
      'analytics.scale': sizeVerb(
        {
          label: 'scale',
          permission: 'ANALYTICS_INSTANCE_MANAGE',
          wanted: sizeIn,
          send: async ({ target }, size, context) => {
            const capacity = await capacityOf(size);
            return receiptOf(
              await analytics.act('ScaleAnalyticsInstance', target.region, context.signal, (client) =>
                client.scaleAnalyticsInstance({
                  analyticsInstanceId: target.ocid,
                  scaleAnalyticsInstanceDetails: { capacity },
                  ...actHeaders(context),
                }),
              ),
            );
          },
        },
        { repeatable: true, work, get: async (region, ocid) => (await get(region, ocid)).seen },
      ),
    },
  });
}

/** The enum is a value of the SDK's package, which is loaded only for calls. */
async function capacityOf(size: string): Promise<models.Capacity> {
  const { models } = await import('oci-analytics');
  return { capacityType: models.CapacityType.OlpuCount, capacityValue: Number(size) };
}

function seenOf(region: string, each: models.AnalyticsInstance | models.AnalyticsInstanceSummary): Seen {
  const { capacityType, capacityValue } = each.capacity;
  const isByUser = String(capacityType) === 'USER_COUNT';
  return {
    kind: 'analytics',
    ocid: each.id,
    name: each.name,
    region,
    compartmentId: each.compartmentId,
    tags: tagsOf(each),
    state: String(each.lifecycleState).toUpperCase(),
    meter: isByUser ? { users: capacityValue } : { olpu: capacityValue },
    ...(isByUser
      ? { refuses: { scale: 'its capacity is a number of users, and only OCPUs can be scaled' } }
      : { size: String(capacityValue) }),
  };
}

function describe(each: models.AnalyticsInstance): Details {
  const { capacityType, capacityValue } = each.capacity;
  return details({
    Capacity: `${capacityValue} ${String(capacityType) === 'USER_COUNT' ? 'users' : 'OCPUs'}`,
    Features: each.featureSet,
    Licence: each.licenseType,
    Address: each.serviceUrl,
    Network: each.networkEndpointDetails.networkEndpointType,
    'Update channel': each.updateChannel,
    Created: shownTime(each.timeCreated),
    Tags: shownTags(tagsOf(each)),
  });
}
