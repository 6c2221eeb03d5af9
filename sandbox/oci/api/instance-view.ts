import { iso } from '../call.ts';
import type { Instance } from '../resources/resources.ts';

const processors: readonly [RegExp, string][] = [
  [/A1\./, '3.0 GHz Ampere® Altra™'],
  [/E5\./, '2.55 GHz AMD EPYC™ 9J14 (Genoa)'],
  [/GPU/, '2.6 GHz Intel® Xeon® Platinum 8358 (Ice Lake)'],
];

/** `VM.GPU.A10.2` has two. */
function gpusOf(shape: string): number {
  return Number(/GPU.*\.(\d+)$/.exec(shape)?.[1] ?? 0);
}

/** The instance as GetInstance and ListInstances send it. */
export function instanceView(instance: Instance): object {
  const { settings = {}, bootVolumeSizeInGBs } = instance;
  return {
    agentConfig: {
      areAllPluginsDisabled: false,
      isManagementDisabled: false,
      isMonitoringDisabled: false,
      ...settings.agentConfig,
    },
    availabilityConfig: {
      isLiveMigrationPreferred: null,
      recoveryAction: 'RESTORE_INSTANCE',
      ...settings.availabilityConfig,
    },
    availabilityDomain: instance.availabilityDomain,
    compartmentId: instance.compartmentId,
    definedTags: instance.definedTags,
    displayName: instance.displayName,
    extendedMetadata: settings.extendedMetadata ?? {},
    faultDomain: instance.faultDomain,
    freeformTags: instance.freeformTags,
    id: instance.ocid,
    imageId: instance.imageId,
    instanceOptions: { areLegacyImdsEndpointsDisabled: true, ...settings.instanceOptions },
    launchMode: 'PARAVIRTUALIZED',
    launchOptions: {
      bootVolumeType: 'PARAVIRTUALIZED',
      firmware: 'UEFI_64',
      isConsistentVolumeNamingEnabled: true,
      isPvEncryptionInTransitEnabled: false,
      networkType: 'PARAVIRTUALIZED',
      remoteDataVolumeType: 'PARAVIRTUALIZED',
      ...settings.launchOptions,
    },
    lifecycleState: instance.lifecycleState,
    metadata: instance.metadata,
    region: instance.region,
    shape: instance.shape,
    shapeConfig: {
      ocpus: instance.ocpus,
      memoryInGBs: instance.memoryInGBs,
      gpus: gpusOf(instance.shape),
      processorDescription: processors.find(([shape]) => shape.test(instance.shape))?.[1],
      networkingBandwidthInGbps: Math.max(1, instance.ocpus),
      maxVnicAttachments: Math.max(2, instance.ocpus),
      vcpus: instance.ocpus * (/A1\./.test(instance.shape) ? 1 : 2),
    },
    sourceDetails: {
      sourceType: 'image',
      imageId: instance.imageId,
      ...(bootVolumeSizeInGBs !== undefined && { bootVolumeSizeInGBs }),
    },
    systemTags: {},
    timeCreated: iso(instance.timeCreated),
  };
}
