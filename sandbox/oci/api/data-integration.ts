import { iso, type Route } from '../call.ts';
import { invalid } from '../errors.ts';
import { arrayReply } from '../pages.ts';
import type { DataIntegrationWorkspace } from '../resources/platform.ts';
import { poweredRoutes } from './platform.ts';

const summary = (workspace: DataIntegrationWorkspace) => ({
  id: workspace.ocid,
  description: workspace.description,
  displayName: workspace.displayName,
  compartmentId: workspace.compartmentId,
  timeCreated: iso(workspace.timeCreated),
  timeUpdated: iso(workspace.timeUpdated ?? workspace.timeCreated),
  freeformTags: workspace.freeformTags,
  definedTags: workspace.definedTags,
  lifecycleState: workspace.lifecycleState,
  stateMessage: workspace.lifecycleDetails ?? null,
  endpointName: null,
  endpointId: null,
  registryId: null,
  workspaceProperties: {},
});

const routes = poweredRoutes({
  all: (call) => call.store.list('DISWorkspace', call.region),
  find: (call) => call.resource('DISWorkspace', 'workspaceId'),
  service: 'dataintegration',
  client: 'DataIntegration',
  noun: 'Workspace',
  nouns: 'Workspaces',
  path: '/workspaces',
  param: 'workspaceId',
  reply: arrayReply,
  // Its work requests have no operation of their own for either; the action on the resource tells.
  start: { to: 'ACTIVE', through: 'STARTING', operationType: 'UPDATE_WORKSPACE', actionType: 'STARTED' },
  stop: { to: 'STOPPED', through: 'STOPPING', operationType: 'UPDATE_WORKSPACE', actionType: 'STOPPED' },
  summary,
  view: (workspace) => ({
    ...summary(workspace),
    vcnId: null,
    subnetId: null,
    dnsServerIp: null,
    dnsServerZone: null,
    isPrivateNetworkEnabled: workspace.isPrivateNetworkEnabled,
  }),
});

export const dataIntegration: readonly Route[] = routes.map(
  (route): Route => ({
    ...route,
    handle: (call) => {
      const timeout = call.query.get('quiesceTimeout');
      if (timeout !== null && !/^\d+$/.test(timeout)) throw invalid('quiesceTimeout: must be a number.');
      return route.handle(call);
    },
  }),
);
