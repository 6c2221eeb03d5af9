import { z } from 'zod';
import { type Call, iso, type Reply, type Route } from '../call.ts';
import { incorrectState, invalid } from '../errors.ts';
import { openWork, send } from '../lifecycle.ts';
import { arrayReply } from '../pages.ts';
import type { AnalyticsInstance } from '../resources/platform.ts';
import { poweredRoutes, tags } from './platform.ts';

const summary = (instance: AnalyticsInstance) => ({
  id: instance.ocid,
  name: instance.displayName,
  description: null,
  compartmentId: instance.compartmentId,
  lifecycleState: instance.lifecycleState,
  featureSet: instance.featureSet,
  capacity: { capacityType: instance.capacityType, capacityValue: instance.capacityValue },
  licenseType: 'LICENSE_INCLUDED',
  emailNotification: null,
  networkEndpointDetails: {
    networkEndpointType: 'PUBLIC',
    whitelistedIps: [],
    whitelistedVcns: [],
    whitelistedServices: [],
  },
  serviceUrl: `https://${instance.displayName.toLowerCase()}-lamplight.analytics.ocp.oraclecloud.com/ui`,
  ...tags(instance),
  timeCreated: iso(instance.timeCreated),
  timeUpdated: iso(instance.timeUpdated ?? instance.timeCreated),
});

const scaleDetails = z.object({
  capacity: z.object({
    capacityType: z.enum(['OLPU_COUNT', 'USER_COUNT']),
    capacityValue: z.int().min(1),
  }),
});

/** OCPUs that an instance can be scaled among while it lives: within one of these, never across. */
const bands = [
  [2, 8],
  [10, 12],
] as const;

const bandOf = (ocpus: number) => bands.find(([least, most]) => ocpus >= least && ocpus <= most);

/** Scaling needs an instance that is up, keeps its type of capacity and stays within its band. */
function scale(call: Call): Reply {
  const instance = call.resource('AnalyticsInstance', 'analyticsInstanceId');
  const { capacityType, capacityValue } = call.json(scaleDetails).capacity;
  call.checkEtag(instance);
  if (instance.lifecycleState !== 'ACTIVE')
    throw incorrectState(
      `SCALE_ANALYTICS_INSTANCE needs ${instance.ocid} to be ACTIVE; it is ${instance.lifecycleState}.`,
    );
  if (capacityType !== instance.capacityType) throw invalid('capacityType: cannot be changed.');
  if (capacityType === 'USER_COUNT') throw invalid('capacity: a number of users cannot be scaled.');
  const band = bandOf(instance.capacityValue);
  if (!band || band !== bandOf(capacityValue))
    throw invalid(
      `capacityValue: ${instance.capacityValue} OCPUs cannot be scaled to ${capacityValue}${band ? `, only from ${band[0]} to ${band[1]}` : ''}.`,
    );
  call.store.change(instance, (changed) => {
    if (!call.twist.fails) changed.capacityValue = capacityValue;
  });
  const finished = send(call, instance, {
    through: [{ state: 'UPDATING', for: call.times.platformUpdate }],
    to: 'ACTIVE',
  });
  return {
    status: 202,
    headers: openWork(call, {
      service: 'analytics',
      operationType: 'SCALE_ANALYTICS_INSTANCE',
      actionType: 'SCALED',
      resource: instance,
      finished,
    }),
  };
}

export const analytics: readonly Route[] = [
  ...poweredRoutes({
    all: (call) => call.store.list('AnalyticsInstance', call.region),
    find: (call) => call.resource('AnalyticsInstance', 'analyticsInstanceId'),
    service: 'analytics',
    client: 'Analytics',
    noun: 'AnalyticsInstance',
    nouns: 'AnalyticsInstances',
    path: '/analyticsInstances',
    param: 'analyticsInstanceId',
    reply: arrayReply,
    start: {
      to: 'ACTIVE',
      through: 'UPDATING',
      operationType: 'START_ANALYTICS_INSTANCE',
      actionType: 'STARTED',
    },
    stop: {
      to: 'INACTIVE',
      through: 'UPDATING',
      operationType: 'STOP_ANALYTICS_INSTANCE',
      actionType: 'STOPPED',
    },
    summary,
    view: (instance) => ({
      ...summary(instance),
      updateChannel: 'REGULAR',
      privateAccessChannels: {},
      vanityUrlDetails: {},
      kmsKeyId: null,
      featureBundle: null,
      domainId: null,
      resourceGroups: [],
    }),
  }),
  {
    operation: 'Analytics.ScaleAnalyticsInstance',
    service: 'analytics',
    method: 'POST',
    path: '/analyticsInstances/{analyticsInstanceId}/actions/scale',
    retryToken: true,
    handle: scale,
  },
];
