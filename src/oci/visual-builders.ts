import type { models } from 'oci-visualbuilder';
import type { Details } from '../core/cloud.ts';
import { ownWork } from './acting/own-work.ts';
import { platformAdapter } from './acting/platform.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { details, shownTags, shownTime } from './details.ts';

/** Visual Builder instances. Source: docs.oracle.com, api/#/en/visual-builder/20210601. */
export function visualBuilderAdapter({ visualBuilder }: Services): Adapter {
  return platformAdapter({
    kind: 'visual-builder',
    type: 'visualbuilderinstance',
    grant: 'use visualbuilder-instance',
    permission: 'VISUALBUILDER_INSTANCE_UPDATE',
    work: ownWork(visualBuilder),
    list: async (region, compartmentId) => {
      const instances = await allPages((where) =>
        visualBuilder.read('ListVbInstances', region, async (client) => {
          const reply = await client.listVbInstances({ compartmentId, ...where });
          return { items: reply.vbInstanceSummaryCollection.items, next: reply.opcNextPage };
        }),
      );
      return instances.map((each) => seenOf(region, each));
    },
    get: async (region, vbInstanceId) => {
      const { vbInstance, etag } = await visualBuilder.read('GetVbInstance', region, (client) =>
        client.getVbInstance({ vbInstanceId }),
      );
      return { full: vbInstance, seen: { ...seenOf(region, vbInstance), etag } };
    },
    describe,
    start: ({ target }, headers, signal) =>
      visualBuilder.act('StartVbInstance', target.region, signal, (client) =>
        client.startVbInstance({ vbInstanceId: target.ocid, ...headers }),
      ),
    stop: ({ target }, headers, signal) =>
      visualBuilder.act('StopVbInstance', target.region, signal, (client) =>
        client.stopVbInstance({ vbInstanceId: target.ocid, ...headers }),
      ),
  });
}

function seenOf(region: string, each: models.VbInstance | models.VbInstanceSummary): Seen {
  return {
    kind: 'visual-builder',
    ocid: each.id,
    name: each.displayName,
    region,
    compartmentId: each.compartmentId,
    tags: tagsOf(each),
    state: String(each.lifecycleState).toUpperCase(),
    meter: { nodes: each.nodeCount },
  };
}

function describe(each: models.VbInstance): Details {
  return details({
    Nodes: each.nodeCount,
    Address: each.instanceUrl,
    'Custom address': each.customEndpoint?.hostname,
    Details: each.stateMessage,
    Created: shownTime(each.timeCreated),
    Tags: shownTags(tagsOf(each)),
  });
}
