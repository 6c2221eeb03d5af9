import { type Call, iso } from '../call.ts';
import { statusOf } from '../container-checks.ts';
import type { Container, ContainerInstance } from '../resources/resources.ts';

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
  volumeCount: instance.volumes.length,
  containerRestartPolicy: instance.restartPolicy,
});

/** As GetContainerInstance sends it. */
export function view(call: Call, instance: ContainerInstance): object {
  return {
    ...summary(instance),
    tenantId: call.tenancy.ocid,
    volumes: instance.volumes,
    containers: containersOf(call, instance).map(({ ocid, displayName }) => ({
      containerId: ocid,
      displayName,
    })),
    vnics: instance.vnicIds.map((vnicId) => ({ vnicId })),
    dnsConfig: instance.dnsConfig,
    imagePullSecrets: instance.imagePullSecrets,
    securityContext: instance.securityContext,
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
  isResourcePrincipalDisabled: container.isResourcePrincipalDisabled,
  resourceConfig: container.resourceConfig,
  securityContext: container.securityContext,
});

/** What the shell says of a process that a signal has ended. */
const TERMINATED = 143;

/** As GetContainer sends it. */
export function containerView(container: Container, now: number): object {
  const last = container.runs.at(-1);
  return {
    ...containerSummary(container),
    exitCode: last?.to === undefined ? null : (last.exitCode ?? TERMINATED),
    timeTerminated: last?.to === undefined ? null : iso(last.to),
    command: container.command,
    arguments: container.arguments,
    workingDirectory: container.workingDirectory,
    environmentVariables: container.environmentVariables,
    volumeMounts: container.volumeMounts,
    healthChecks: container.healthChecks.map((check) => ({
      ...check,
      status: statusOf(container, check, now),
      statusDetails: null,
    })),
    containerRestartAttemptCount: container.restarts,
  };
}

export function containersOf(call: Call, instance: ContainerInstance): Container[] {
  return instance.containerIds.flatMap((id) => call.store.get('Container', call.region, id) ?? []);
}
