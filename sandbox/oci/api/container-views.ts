import { type Call, iso } from '../call.ts';
import type { Container, ContainerInstance } from '../resources.ts';

/** As ListContainerInstances sends it. */
export const summary = (instance: ContainerInstance) => ({
  id: instance.ocid,
  displayName: instance.displayName,
  compartmentId: instance.compartmentId,
  freeformTags: instance.freeformTags,
  definedTags: instance.definedTags,
  systemTags: {},
  availabilityDomain: instance.availabilityDomain,
  faultDomain: instance.faultDomain,
  lifecycleState: instance.lifecycleState,
  lifecycleDetails: instance.lifecycleDetails ?? null,
  timeCreated: iso(instance.timeCreated),
  timeUpdated: iso(instance.timeUpdated ?? instance.timeCreated),
  shape: instance.shape,
  shapeConfig: {
    ocpus: instance.ocpus,
    memoryInGBs: instance.memoryInGBs,
    processorDescription: '2.55 GHz AMD EPYC™ 7J13 (Milan)',
    networkingBandwidthInGbps: Math.max(1, instance.ocpus),
  },
  containerCount: instance.containerIds.length,
  gracefulShutdownTimeoutInSeconds: instance.gracefulShutdownTimeoutInSeconds,
  volumeCount: 0,
  containerRestartPolicy: instance.restartPolicy,
});

/** As GetContainerInstance sends it. */
export function view(call: Call, instance: ContainerInstance): object {
  return {
    ...summary(instance),
    tenantId: call.tenancy.ocid,
    volumes: [],
    containers: containersOf(call, instance).map(({ ocid, displayName }) => ({
      containerId: ocid,
      displayName,
    })),
    vnics: [{ vnicId: instance.vnicId }],
    dnsConfig: null,
    imagePullSecrets: [],
  };
}

/** As ListContainers sends it. */
export const containerSummary = (container: Container) => ({
  id: container.ocid,
  displayName: container.displayName,
  compartmentId: container.compartmentId,
  freeformTags: container.freeformTags,
  definedTags: container.definedTags,
  systemTags: {},
  availabilityDomain: container.availabilityDomain,
  faultDomain: container.faultDomain,
  lifecycleState: container.lifecycleState,
  lifecycleDetails: container.lifecycleDetails ?? null,
  timeCreated: iso(container.timeCreated),
  timeUpdated: iso(container.timeUpdated ?? container.timeCreated),
  containerInstanceId: container.containerInstanceId,
  imageUrl: container.imageUrl,
  isResourcePrincipalDisabled: false,
  resourceConfig: null,
});

/** As GetContainer sends it. */
export function containerView(container: Container): object {
  const last = container.runs.at(-1);
  const isUp = container.lifecycleState === 'ACTIVE';
  return {
    ...containerSummary(container),
    ...(last?.to !== undefined && { exitCode: 143, timeTerminated: iso(last.to) }),
    command: container.command,
    arguments: container.arguments,
    workingDirectory: null,
    environmentVariables: container.environmentVariables,
    volumeMounts: [],
    healthChecks:
      container.healthCheckPort === undefined
        ? []
        : [
            {
              healthCheckType: 'HTTP',
              name: 'http',
              port: container.healthCheckPort,
              path: '/healthz',
              intervalInSeconds: 10,
              failureThreshold: 3,
              successThreshold: 1,
              timeoutInSeconds: 5,
              initialDelayInSeconds: 10,
              failureAction: 'KILL',
              status: isUp ? 'HEALTHY' : 'UNKNOWN',
            },
          ],
    containerRestartAttemptCount: container.restarts,
  };
}

export function containersOf(call: Call, instance: ContainerInstance): Container[] {
  return instance.containerIds.flatMap((id) => call.store.get('Container', call.region, id) ?? []);
}
