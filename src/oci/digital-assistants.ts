import type { models } from 'oci-oda';
import type { Details } from '../core/cloud.ts';
import { ownWork } from './acting/own-work.ts';
import { platformAdapter } from './acting/platform.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { details, shownTags, shownTime } from './details.ts';

/** Digital Assistant instances. Source: docs.oracle.com, api/#/en/digital-assistant/20190506. */
export function assistantAdapter({ assistants }: Services): Adapter {
  return platformAdapter({
    kind: 'digital-assistant',
    type: 'odainstance',
    grant: 'use oda-instances',
    permission: 'ODA_INSTANCE_UPDATE',
    work: ownWork(assistants),
    list: async (region, compartmentId) => {
      const instances = await allPages((where) =>
        assistants.read('ListOdaInstances', region, async (client) => {
          const reply = await client.listOdaInstances({ compartmentId, ...where });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      );
      return instances.map((each) => seenOf(region, each));
    },
    get: async (region, odaInstanceId) => {
      const { odaInstance, etag } = await assistants.read('GetOdaInstance', region, (client) =>
        client.getOdaInstance({ odaInstanceId }),
      );
      const refuses = refusals(odaInstance);
      return {
        full: odaInstance,
        seen: { ...seenOf(region, odaInstance), etag, ...(refuses ? { refuses } : {}) },
      };
    },
    describe,
    start: ({ target }, headers, signal) =>
      assistants.act('StartOdaInstance', target.region, signal, (client) =>
        client.startOdaInstance({ odaInstanceId: target.ocid, ...headers }),
      ),
    stop: ({ target }, headers, signal) =>
      assistants.act('StopOdaInstance', target.region, signal, (client) =>
        client.stopOdaInstance({ odaInstanceId: target.ocid, ...headers }),
      ),
  });
}

/** A service that an instance belongs to may keep its switch to itself. */
function refusals({ restrictedOperations }: models.OdaInstance): Seen['refuses'] {
  const kept = (restrictedOperations ?? []).flatMap(({ operationName, restrictingService }) => {
    const act = /start|stop/i.exec(operationName)?.[0].toLowerCase();
    return act ? [[act, `${restrictingService} does not let it be done to what belongs to it`]] : [];
  });
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function seenOf(region: string, each: models.OdaInstance | models.OdaInstanceSummary): Seen {
  return {
    kind: 'digital-assistant',
    ocid: each.id,
    name: each.displayName ?? each.id,
    region,
    compartmentId: each.compartmentId,
    tags: tagsOf(each),
    state: String(each.lifecycleState).toUpperCase(),
    meter: { [`digital-assistant-${String(each.shapeName).toLowerCase()}`]: 1 },
  };
}

function describe(each: models.OdaInstance): Details {
  return details({
    Shape: each.shapeName,
    Address: each.webAppUrl,
    'Identity domain': each.identityDomain,
    'In progress': each.lifecycleSubState,
    Details: each.stateMessage,
    Created: shownTime(each.timeCreated),
    Tags: shownTags(tagsOf(each)),
  });
}
