import type { models } from 'oci-dataintegration';
import type { Details } from '../core/cloud.ts';
import { ownWork } from './acting/own-work.ts';
import { platformAdapter } from './acting/platform.ts';
import { type Adapter, type Seen, tagsOf } from './adapter.ts';
import { allPages } from './client/pages.ts';
import type { Services } from './client/services.ts';
import { details, shownTags, shownTime } from './details.ts';

/** Seconds that what runs in a workspace is given to end. */
const quiesceTimeout = 600;

/** Data Integration workspaces. Source: docs.oracle.com, api/#/en/data-integration/20200430. */
export function dataIntegrationAdapter({ dataIntegration }: Services): Adapter {
  return platformAdapter({
    kind: 'data-integration',
    type: 'disworkspace',
    grant: 'use dis-workspaces',
    permission: 'DIS_WORKSPACE_UPDATE',
    work: ownWork(dataIntegration),
    list: async (region, compartmentId) => {
      const workspaces = await allPages((where) =>
        dataIntegration.read('ListWorkspaces', region, async (client) => {
          const reply = await client.listWorkspaces({ compartmentId, ...where });
          return { items: reply.items, next: reply.opcNextPage };
        }),
      );
      return workspaces.flatMap((each) => (each.id ? [seenOf(region, { ...each, id: each.id })] : []));
    },
    get: async (region, workspaceId) => {
      const { workspace, etag } = await dataIntegration.read('GetWorkspace', region, (client) =>
        client.getWorkspace({ workspaceId }),
      );
      return { full: workspace, seen: { ...seenOf(region, workspace), etag } };
    },
    describe,
    start: ({ target }, headers, signal) =>
      dataIntegration.act('StartWorkspace', target.region, signal, (client) =>
        client.startWorkspace({ workspaceId: target.ocid, ...headers }),
      ),
    stop: ({ target, with: options }, headers, signal) =>
      dataIntegration.act('StopWorkspace', target.region, signal, (client) =>
        client.stopWorkspace({
          workspaceId: target.ocid,
          ...(options?.force === true ? { isForceOperation: true } : { quiesceTimeout }),
          ...headers,
        }),
      ),
  });
}

type Workspace = (models.Workspace | models.WorkspaceSummary) & { readonly id: string };

function seenOf(region: string, each: Workspace): Seen {
  return {
    kind: 'data-integration',
    ocid: each.id,
    name: each.displayName ?? each.id,
    region,
    compartmentId: each.compartmentId ?? '',
    tags: tagsOf(each),
    state: String(each.lifecycleState).toUpperCase(),
    meter: { workspaces: 1 },
  };
}

function describe(each: models.Workspace): Details {
  return details({
    Description: each.description,
    'Private network': each.isPrivateNetworkEnabled ? 'yes' : undefined,
    Details: each.stateMessage,
    Created: shownTime(each.timeCreated),
    Tags: shownTags(tagsOf(each)),
  });
}
