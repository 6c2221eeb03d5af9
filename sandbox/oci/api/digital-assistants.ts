import { iso, type Route } from '../call.ts';
import { countedReply } from '../pages.ts';
import type { DigitalAssistant } from '../resources/platform.ts';
import { poweredRoutes } from './platform.ts';

const summary = (instance: DigitalAssistant) => ({
  id: instance.ocid,
  displayName: instance.displayName,
  description: null,
  compartmentId: instance.compartmentId,
  shapeName: instance.shapeName,
  timeCreated: iso(instance.timeCreated),
  timeUpdated: iso(instance.timeUpdated ?? instance.timeCreated),
  lifecycleState: instance.lifecycleState,
  lifecycleSubState: instance.lifecycleState === 'UPDATING' ? (instance.subState ?? null) : null,
  stateMessage: instance.lifecycleDetails ?? null,
  freeformTags: instance.freeformTags,
  definedTags: instance.definedTags,
  isRoleBasedAccess: false,
  identityDomain: 'Default',
  importedPackageNames: [],
  attachmentTypes: [],
});

export const digitalAssistants: readonly Route[] = poweredRoutes({
  all: (call) => call.store.list('OdaInstance', call.region),
  find: (call) => call.resource('OdaInstance', 'odaInstanceId'),
  service: 'oda',
  client: 'Oda',
  noun: 'OdaInstance',
  nouns: 'OdaInstances',
  path: '/odaInstances',
  param: 'odaInstanceId',
  reply: countedReply,
  start: {
    to: 'ACTIVE',
    through: 'UPDATING',
    subState: 'STARTING',
    operationType: 'START_ODA_INSTANCE',
    actionType: 'STARTED',
  },
  stop: {
    to: 'INACTIVE',
    through: 'UPDATING',
    subState: 'STOPPING',
    operationType: 'STOP_ODA_INSTANCE',
    actionType: 'STOPPED',
  },
  summary,
  view: (instance) => ({
    ...summary(instance),
    webAppUrl: `https://oda-${instance.ocid.slice(-12)}.data.digitalassistant.oci.oraclecloud.com/botsui/`,
    connectorUrl: `https://oda-${instance.ocid.slice(-12)}.data.digitalassistant.oci.oraclecloud.com/connectors/`,
    identityAppGuid: null,
    identityAppConsoleUrl: null,
    importedPackageIds: [],
    attachmentIds: [],
    restrictedOperations: [],
  }),
});
