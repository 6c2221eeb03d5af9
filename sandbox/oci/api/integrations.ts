import { iso, type Route } from '../call.ts';
import { arrayReply } from '../pages.ts';
import type { IntegrationInstance } from '../resources/platform.ts';
import { poweredRoutes, tags } from './platform.ts';

const summary = (instance: IntegrationInstance) => {
  const host = `${instance.displayName.toLowerCase().replace(/[^a-z0-9-]+/g, '-')}-lamplight`;
  return {
    id: instance.ocid,
    displayName: instance.displayName,
    compartmentId: instance.compartmentId,
    integrationInstanceType: instance.edition,
    timeCreated: iso(instance.timeCreated),
    timeUpdated: iso(instance.timeUpdated ?? instance.timeCreated),
    lifecycleState: instance.lifecycleState,
    lifecycleDetails: instance.lifecycleDetails ?? null,
    stateMessage: instance.lifecycleDetails ?? null,
    isByol: instance.isByol,
    instanceUrl: `https://${host}.integration.${instance.region}.ocp.oraclecloud.com`,
    instanceDesignTimeUrl: `https://design.integration.${instance.region}.ocp.oraclecloud.com/?integrationInstance=${host}`,
    messagePacks: instance.messagePacks,
    isFileServerEnabled: false,
    isVisualBuilderEnabled: false,
    customEndpoint: null,
    alternateCustomEndpoints: [],
    consumptionModel: 'UCM',
    networkEndpointDetails: null,
    shape: instance.shape,
    privateEndpointOutboundConnection: null,
    isDisasterRecoveryEnabled: false,
    dataRetentionPeriod: 'MONTHS_3',
    ...tags(instance),
    securityAttributes: {},
  };
};

export const integrations: readonly Route[] = poweredRoutes({
  all: (call) => call.store.list('IntegrationInstance', call.region),
  find: (call) => call.resource('IntegrationInstance', 'integrationInstanceId'),
  service: 'integration',
  client: 'IntegrationInstance',
  noun: 'IntegrationInstance',
  nouns: 'IntegrationInstances',
  path: '/integrationInstances',
  param: 'integrationInstanceId',
  reply: arrayReply,
  start: {
    to: 'ACTIVE',
    through: 'UPDATING',
    operationType: 'START_INTEGRATION_INSTANCE',
    actionType: 'STARTED',
  },
  stop: {
    to: 'INACTIVE',
    through: 'UPDATING',
    operationType: 'STOP_INTEGRATION_INSTANCE',
    actionType: 'STOPPED',
  },
  summary,
  view: (instance) => ({
    ...summary(instance),
    idcsInfo: null,
    attachments: [],
    disasterRecoveryDetails: null,
  }),
});
