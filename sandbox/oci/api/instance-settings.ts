import { z } from 'zod';
import type { Instance } from '../resources/resources.ts';

const plugin = z.object({ name: z.string(), desiredState: z.enum(['ENABLED', 'DISABLED']) });

/** What an instance is told about itself at its launch and later; it is kept and given back, nothing comes of it. */
export const settings = {
  agentConfig: z
    .object({
      isMonitoringDisabled: z.boolean(),
      isManagementDisabled: z.boolean(),
      areAllPluginsDisabled: z.boolean(),
      pluginsConfig: z.array(plugin),
    })
    .partial()
    .optional(),
  availabilityConfig: z
    .object({
      isLiveMigrationPreferred: z.boolean(),
      recoveryAction: z.enum(['RESTORE_INSTANCE', 'STOP_INSTANCE']),
    })
    .partial()
    .optional(),
  instanceOptions: z.object({ areLegacyImdsEndpointsDisabled: z.boolean() }).partial().optional(),
  launchOptions: z
    .object({
      bootVolumeType: z.string(),
      firmware: z.string(),
      networkType: z.string(),
      remoteDataVolumeType: z.string(),
      isPvEncryptionInTransitEnabled: z.boolean(),
      isConsistentVolumeNamingEnabled: z.boolean(),
    })
    .partial()
    .optional(),
  extendedMetadata: z.record(z.string(), z.unknown()).optional(),
};

/** Those that were sent; of each one's fields what is not sent stays as it was. */
export function settingsFrom(
  sent: z.infer<z.ZodObject<typeof settings>>,
  before: Instance['settings'] = {},
): NonNullable<Instance['settings']> {
  const { agentConfig, availabilityConfig, instanceOptions, launchOptions, extendedMetadata } = sent;
  return {
    ...before,
    ...(agentConfig && { agentConfig: { ...before.agentConfig, ...agentConfig } }),
    ...(availabilityConfig && {
      availabilityConfig: { ...before.availabilityConfig, ...availabilityConfig },
    }),
    ...(instanceOptions && { instanceOptions: { ...before.instanceOptions, ...instanceOptions } }),
    ...(launchOptions && { launchOptions: { ...before.launchOptions, ...launchOptions } }),
    ...(extendedMetadata && { extendedMetadata }),
  };
}
