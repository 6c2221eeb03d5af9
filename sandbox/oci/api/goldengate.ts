import { z } from 'zod';
import { type Call, iso, type Reply, type Route, tagFields } from '../call.ts';
import { incorrectState } from '../errors.ts';
import { openWork, send } from '../lifecycle.ts';
import { collectionReply } from '../pages.ts';
import type { GoldenGateDeployment } from '../resources/platform.ts';
import { poweredRoutes, tags } from './platform.ts';

const summary = (deployment: GoldenGateDeployment) => ({
  id: deployment.ocid,
  displayName: deployment.displayName,
  description: null,
  compartmentId: deployment.compartmentId,
  timeCreated: iso(deployment.timeCreated),
  timeUpdated: iso(deployment.timeUpdated ?? deployment.timeCreated),
  lifecycleState: deployment.lifecycleState,
  lifecycleSubState: deployment.lifecycleState === 'UPDATING' ? (deployment.subState ?? null) : null,
  lifecycleDetails: deployment.lifecycleDetails ?? null,
  ...tags(deployment),
  securityAttributes: {},
  locks: null,
  subnetId: deployment.subnetId,
  loadBalancerSubnetId: null,
  loadBalancerId: null,
  licenseModel: 'LICENSE_INCLUDED',
  environmentType: 'DEVELOPMENT_OR_TESTING',
  category: 'DATA_REPLICATION',
  fqdn: null,
  cpuCoreCount: deployment.cpuCoreCount,
  isAutoScalingEnabled: deployment.isAutoScalingEnabled,
  isPublic: false,
  publicIpAddress: null,
  privateIpAddress: '10.0.2.17',
  deploymentUrl: `https://${deployment.ocid.slice(-12)}.deployment.goldengate.${deployment.region}.oci.oraclecloud.com`,
  isLatestVersion: true,
  deploymentType: deployment.deploymentType,
  storageUtilizationInBytes: 2_147_483_648,
  isStorageUtilizationLimitExceeded: false,
  deploymentRole: 'PRIMARY',
});

const view = (deployment: GoldenGateDeployment) => ({
  ...summary(deployment),
  nsgIds: [],
  isHealthy: deployment.lifecycleState === 'ACTIVE',
  oggData: { deploymentName: 'ogg', adminUsername: 'oggadmin', oggVersion: 'oggoracle:23.8.0' },
  deploymentBackupId: null,
  deploymentDiagnosticData: null,
  ingressIps: [],
});

const updateDetails = z.object({
  displayName: z.string().min(1).max(255).optional(),
  cpuCoreCount: z.int().min(1).max(24).optional(),
  isAutoScalingEnabled: z.boolean().optional(),
  ...tagFields,
});

/** A new number of OCPUs needs a deployment that is up; names and tags change in place. */
function update(call: Call): Reply {
  const deployment = call.resource('GoldenGateDeployment', 'deploymentId');
  const details = call.json(updateDetails);
  call.checkEtag(deployment);
  const state = deployment.lifecycleState;
  const resized = details.cpuCoreCount !== undefined || details.isAutoScalingEnabled !== undefined;
  if (state !== 'ACTIVE' && (resized || state !== 'INACTIVE'))
    throw incorrectState(`Deployment ${deployment.ocid} is ${state} and cannot be updated so.`);
  call.store.change(deployment, (changed) => {
    changed.displayName = details.displayName ?? changed.displayName;
    changed.freeformTags = details.freeformTags ?? changed.freeformTags;
    changed.definedTags = details.definedTags ?? changed.definedTags;
    if (!call.twist.fails) {
      changed.cpuCoreCount = details.cpuCoreCount ?? changed.cpuCoreCount;
      changed.isAutoScalingEnabled = details.isAutoScalingEnabled ?? changed.isAutoScalingEnabled;
    }
    delete changed.subState;
  });
  const finished = send(call, deployment, {
    through: [{ state: 'UPDATING', for: call.times.platformUpdate }],
    to: state,
  });
  return {
    status: 202,
    headers: openWork(call, {
      service: 'goldengate',
      operationType: 'GOLDENGATE_DEPLOYMENT_UPDATE',
      actionType: 'UPDATED',
      resource: deployment,
      finished,
    }),
  };
}

const switchDetails = z.object({ type: z.literal('DEFAULT') });

/** Both switches want a body that says which way, of which there is one. */
const routes = poweredRoutes({
  all: (call) => call.store.list('GoldenGateDeployment', call.region),
  find: (call) => call.resource('GoldenGateDeployment', 'deploymentId'),
  service: 'goldengate',
  client: 'GoldenGate',
  noun: 'Deployment',
  nouns: 'Deployments',
  path: '/deployments',
  param: 'deploymentId',
  reply: collectionReply,
  start: {
    to: 'ACTIVE',
    through: 'UPDATING',
    subState: 'STARTING',
    operationType: 'GOLDENGATE_DEPLOYMENT_START',
    actionType: 'UPDATED',
  },
  stop: {
    to: 'INACTIVE',
    through: 'UPDATING',
    subState: 'STOPPING',
    operationType: 'GOLDENGATE_DEPLOYMENT_STOP',
    actionType: 'UPDATED',
  },
  summary,
  view,
}).map(
  (route): Route =>
    route.method === 'POST'
      ? {
          ...route,
          handle: (call) => {
            call.json(switchDetails);
            return route.handle(call);
          },
        }
      : route,
);

export const goldengate: readonly Route[] = [
  ...routes,
  {
    operation: 'GoldenGate.UpdateDeployment',
    service: 'goldengate',
    method: 'PUT',
    path: '/deployments/{deploymentId}',
    handle: update,
  },
];
