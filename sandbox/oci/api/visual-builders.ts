import { iso, type Route } from '../call.ts';
import { collectionReply } from '../pages.ts';
import type { VisualBuilderInstance } from '../resources/platform.ts';
import { poweredRoutes, tags } from './platform.ts';

const summary = (instance: VisualBuilderInstance) => ({
  id: instance.ocid,
  displayName: instance.displayName,
  compartmentId: instance.compartmentId,
  timeCreated: iso(instance.timeCreated),
  timeUpdated: iso(instance.timeUpdated ?? instance.timeCreated),
  lifecycleState: instance.lifecycleState,
  stateMessage: instance.lifecycleDetails ?? null,
  instanceUrl: `https://vb-${instance.ocid.slice(-12)}.builder.${instance.region}.ocp.oraclecloud.com/ic/builder/`,
  nodeCount: instance.nodeCount,
  isVisualBuilderEnabled: true,
  customEndpoint: null,
  alternateCustomEndpoints: [],
  consumptionModel: 'UCM',
  ...tags(instance),
  networkEndpointDetails: null,
});

export const visualBuilders: readonly Route[] = poweredRoutes({
  all: (call) => call.store.list('VisualBuilderInstance', call.region),
  find: (call) => call.resource('VisualBuilderInstance', 'vbInstanceId'),
  service: 'visualbuilder',
  client: 'VbInstance',
  noun: 'VbInstance',
  nouns: 'VbInstances',
  path: '/vbInstances',
  param: 'vbInstanceId',
  reply: collectionReply,
  start: { to: 'ACTIVE', through: 'UPDATING', operationType: 'START_VB_INSTANCE', actionType: 'STARTED' },
  stop: { to: 'INACTIVE', through: 'UPDATING', operationType: 'STOP_VB_INSTANCE', actionType: 'STOPPED' },
  summary,
  view: (instance) => ({
    ...summary(instance),
    serviceNatGatewayIp: '192.0.2.41',
    managementNatGatewayIp: '192.0.2.42',
    serviceVcnId: null,
    managementVcnId: null,
  }),
});
