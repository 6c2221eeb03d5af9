import { z } from 'zod';
import { tagFields } from '../call.ts';
import type { HealthCheck } from '../resources/resources.ts';

const MOST_VOLUMES = 32;
const MOST_TEXT = 64 * 1024;

const seconds = (least: number) => z.int().min(least).max(3_600);

const checkFields = {
  name: z.string().max(255).optional(),
  port: z.int().min(1).max(65_535),
  initialDelayInSeconds: seconds(0).default(0),
  intervalInSeconds: seconds(1).default(10),
  timeoutInSeconds: seconds(1).default(5),
  failureThreshold: z.int().min(1).max(100).default(3),
  successThreshold: z.int().min(1).max(100).default(1),
  failureAction: z.enum(['KILL', 'NONE']).default('KILL'),
};

const check = z
  .discriminatedUnion('healthCheckType', [
    z.object({
      healthCheckType: z.literal('HTTP'),
      path: z.string().startsWith('/'),
      headers: z.array(z.object({ name: z.string(), value: z.string() })).optional(),
      ...checkFields,
    }),
    z.object({ healthCheckType: z.literal('TCP'), ...checkFields }),
  ])
  .transform((found): HealthCheck => ({ ...found, name: found.name ?? found.healthCheckType.toLowerCase() }));

/** With what the service fills in where nothing is said. */
export const healthCheckFrom = (details: z.input<typeof check>): HealthCheck => check.parse(details);

const capability = z.array(z.string());

const linux = {
  securityContextType: z.literal('LINUX').default('LINUX'),
};

const containerSecurity = z
  .object({
    ...linux,
    runAsUser: z.int().min(0).max(65_535).optional(),
    runAsGroup: z.int().min(0).max(65_535).optional(),
    isNonRootUserCheckEnabled: z.boolean().default(false),
    isRootFileSystemReadonly: z.boolean().default(false),
    capabilities: z
      .object({ addCapabilities: capability.optional(), dropCapabilities: capability.optional() })
      .optional(),
  })
  .refine(
    ({ runAsUser, runAsGroup }) => runAsGroup === undefined || runAsUser !== undefined,
    'runAsUser must be given with runAsGroup',
  );

const base64 = z.string().regex(/^[A-Za-z0-9+/\s]*={0,2}$/, 'must be base64');
const volumeName = z.string().min(1).max(255);

const volume = z.discriminatedUnion('volumeType', [
  z.object({
    volumeType: z.literal('CONFIGFILE'),
    name: volumeName,
    configs: z
      .array(z.object({ fileName: z.string().min(1), data: base64, path: z.string().optional() }))
      .default([]),
  }),
  z.object({
    volumeType: z.literal('EMPTYDIR'),
    name: volumeName,
    backingStore: z.enum(['EPHEMERAL_STORAGE', 'MEMORY']).default('EPHEMERAL_STORAGE'),
  }),
  z.object({
    volumeType: z.literal('OCI_FSS_FILE_SYSTEM'),
    name: volumeName,
    mountTarget: z.object({ ociFssMountTargetType: z.literal('ID').default('ID'), id: z.string() }),
    export: z.object({ ociFssExportType: z.literal('ID').default('ID'), id: z.string() }),
    security: z
      .object({ auth: z.literal('SYS').default('SYS'), isEncryptedInTransit: z.boolean().default(false) })
      .optional(),
    mountCommand: z
      .object({
        mountOptions: z.array(z.object({ option: z.string(), value: z.string().optional() })).optional(),
      })
      .optional(),
    subnetId: z.string().optional(),
  }),
]);

const pullSecret = z.discriminatedUnion('secretType', [
  z.object({ secretType: z.literal('VAULT'), registryEndpoint: z.string().min(1), secretId: z.string() }),
  // what is sent is base64 and is never given back
  z.object({
    secretType: z.literal('BASIC'),
    registryEndpoint: z.string().min(1),
    username: base64,
    password: base64,
  }),
]);

const container = z.object({
  displayName: z.string().max(255).optional(),
  imageUrl: z.string().min(1),
  command: z.array(z.string()).default([]),
  arguments: z
    .array(z.string())
    .refine((all) => all.join('').length <= MOST_TEXT, 'must be 64 KB or smaller')
    .default([]),
  workingDirectory: z.string().optional(),
  environmentVariables: z
    .record(z.string(), z.string())
    .refine((all) => Object.entries(all).flat().join('').length <= MOST_TEXT, 'must be 64 KB or smaller')
    .default({}),
  volumeMounts: z
    .array(
      z.object({
        mountPath: z.string().min(1),
        volumeName,
        subPath: z.string().optional(),
        isReadOnly: z.boolean().default(false),
        partition: z.int().optional(),
      }),
    )
    .default([]),
  isResourcePrincipalDisabled: z.boolean().default(false),
  resourceConfig: z
    .object({
      vcpusLimit: z.number().positive().optional(),
      memoryLimitInGBs: z.number().positive().optional(),
    })
    .optional(),
  healthChecks: z.array(check).default([]),
  securityContext: containerSecurity.optional(),
  ...tagFields,
});

const vnic = z.object({
  subnetId: z.string(),
  displayName: z.string().max(255).optional(),
  hostnameLabel: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i, 'must be a host name')
    .optional(),
  isPublicIpAssigned: z.boolean().default(false),
  skipSourceDestCheck: z.boolean().default(false),
  nsgIds: z.array(z.string()).max(5).default([]),
  privateIp: z
    .string()
    .regex(/^\d{1,3}(\.\d{1,3}){3}$/, 'must be an IPv4 address')
    .optional(),
  ...tagFields,
});

/** CreateContainerInstanceDetails, with the service's defaults. */
export const createDetails = z
  .object({
    displayName: z.string().max(255).optional(),
    compartmentId: z.string(),
    availabilityDomain: z.string(),
    faultDomain: z.string().optional(),
    shape: z.string(),
    shapeConfig: z.object({ ocpus: z.number().positive(), memoryInGBs: z.number().positive().optional() }),
    volumes: z.array(volume).max(MOST_VOLUMES).default([]),
    containers: z.array(container).min(1).max(60),
    vnics: z.array(vnic).min(1).max(2),
    dnsConfig: z
      .object({
        nameservers: z.array(z.string()).optional(),
        searches: z.array(z.string()).optional(),
        options: z.array(z.string()).optional(),
      })
      .optional(),
    gracefulShutdownTimeoutInSeconds: z.int().min(0).max(300).default(0),
    imagePullSecrets: z.array(pullSecret).default([]),
    containerRestartPolicy: z.enum(['ALWAYS', 'NEVER', 'ON_FAILURE']).default('ALWAYS'),
    securityContext: z
      .object({
        ...linux,
        fsGroup: z.int().min(0).max(65_535).optional(),
        fsGroupChangePolicy: z.enum(['ON_ROOT_MISMATCH', 'ALWAYS']).default('ON_ROOT_MISMATCH'),
      })
      .optional(),
    ...tagFields,
  })
  .superRefine(({ volumes, containers }, context) => {
    const names = volumes.map(({ name }) => name);
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    names.forEach((name, at) => {
      if (names.indexOf(name) !== at) complain(['volumes', at, 'name'], `${name} is there twice`);
    });
    containers.forEach(({ volumeMounts }, at) => {
      for (const [number, { volumeName: of }] of volumeMounts.entries())
        if (!names.includes(of))
          complain(['containers', at, 'volumeMounts', number, 'volumeName'], `there is no volume ${of}`);
    });
  });

export type CreateDetails = z.infer<typeof createDetails>;
