import type { models } from 'oci-integration';
import type { Details } from '../core/cloud.ts';
import { ownWork } from './acting/own-work.ts';
import { platformAdapter } from './acting/platform.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { details, shownTags, shownTime } from './details.ts';

/** Integration instances. Source: docs.oracle.com, api/#/en/integration/20190131. */
export function integrationAdapter({ integration }: Services): Adapter {
  return platformAdapter({
    kind: 'integration',
    type: 'integrationinstance',
    grant: 'use integration-instance',
    permission: 'INTEGRATION_INSTANCE_UPDATE',
    work: ownWork(integration),
    list: async (region, compartmentId) => {
      const instances = await allPages((where) =>
        integration.read('ListIntegrationInstances', region, async (client) => {
          const reply = await client.listIntegrationInstances({ compartmentId, ...where });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      );
      return instances.map((each) => seenOf(region, each));
    },
    get: async (region, integrationInstanceId) => {
      const { integrationInstance, etag } = await integration.read(
        'GetIntegrationInstance',
        region,
        (client) => client.getIntegrationInstance({ integrationInstanceId }),
      );
      return { full: integrationInstance, seen: { ...seenOf(region, integrationInstance), etag } };
    },
    describe,
    start: ({ target }, headers, signal) =>
      integration.act('StartIntegrationInstance', target.region, signal, (client) =>
        client.startIntegrationInstance({ integrationInstanceId: target.ocid, ...headers }),
      ),
    stop: ({ target }, headers, signal) =>
      integration.act('StopIntegrationInstance', target.region, signal, (client) =>
        client.stopIntegrationInstance({ integrationInstanceId: target.ocid, ...headers }),
      ),
  });
}

function seenOf(region: string, each: models.IntegrationInstance | models.IntegrationInstanceSummary): Seen {
  return {
    kind: 'integration',
    ocid: each.id,
    name: each.displayName,
    region,
    compartmentId: each.compartmentId,
    tags: tagsOf(each),
    state: String(each.lifecycleState).toUpperCase(),
    meter: { messagePacks: each.messagePacks },
  };
}

function describe(each: models.IntegrationInstance): Details {
  return details({
    Edition: each.integrationInstanceType,
    Shape: each.shape,
    'Message packs': each.messagePacks,
    Licence: each.isByol ? 'bring your own' : 'included',
    Address: each.instanceUrl,
    'Disaster recovery': each.isDisasterRecoveryEnabled ? 'yes' : undefined,
    Details: each.stateMessage ?? each.lifecycleDetails,
    Created: shownTime(each.timeCreated),
    Tags: shownTags(tagsOf(each)),
  });
}
