import { z } from 'zod';
import type { NetworkBackendSet, NetworkListener } from '../resources/network-balancers.ts';

/** Parts have names of their own, which stand in paths. */
const partName = z
  .string()
  .regex(/^[\w-]{1,255}$/, 'must have letters, digits, dashes and underscores only, 255 at the most');

const ipVersion = z.enum(['IPV4', 'IPV6']);

const flags = { isDrain: z.boolean(), isBackup: z.boolean(), isOffline: z.boolean() };

const weight = z.int().min(0).max(100);

/** Its address, or what has it. */
export const newBackend = z
  .object({
    name: z.string().min(1).max(255).nullish(),
    ipAddress: z
      .string()
      .regex(/^\d{1,3}(\.\d{1,3}){3}$/, 'must be an IPv4 address')
      .nullish(),
    targetId: z.string().startsWith('ocid1.', 'Invalid backend OCID').nullish(),
    port: z.int().min(0).max(65_535),
    weight: weight.nullish(),
    isDrain: flags.isDrain.nullish(),
    isBackup: flags.isBackup.nullish(),
    isOffline: flags.isOffline.nullish(),
  })
  .refine(({ ipAddress, targetId }) => ipAddress != null || targetId != null, {
    path: ['ipAddress'],
    message: 'either ipAddress or targetId is required',
  });

export const changedBackend = z.object({ weight, ...flags }).partial();

const checkerFields = {
  protocol: z.enum(['HTTP', 'HTTPS', 'TCP', 'UDP', 'DNS']),
  port: z.int().min(0).max(65_535).nullish(),
  retries: z.int().min(1).nullish(),
  timeoutInMillis: z.int().min(1).nullish(),
  intervalInMillis: z.int().min(1).nullish(),
  urlPath: z.string().nullish(),
  responseBodyRegex: z.string().nullish(),
  returnCode: z.int().nullish(),
  requestData: z.string().nullish(),
  responseData: z.string().nullish(),
  dns: z.looseObject({ domainName: z.string() }).nullish(),
};
const checker = z.object(checkerFields);
export const changedChecker = checker.partial();

const setFields = {
  policy: z.enum(['TWO_TUPLE', 'THREE_TUPLE', 'FIVE_TUPLE']),
  isPreserveSource: z.boolean().optional(),
  isFailOpen: z.boolean().optional(),
  isInstantFailoverEnabled: z.boolean().optional(),
  isInstantFailoverTcpResetEnabled: z.boolean().optional(),
  areOperationallyActiveBackendsPreferred: z.boolean().optional(),
  ipVersion: ipVersion.optional(),
  healthChecker: checker,
  backends: z.array(newBackend).optional(),
};
/** Within a network load balancer that is made, the policy may be left away. */
export const innerSet = z.object({ ...setFields, policy: setFields.policy.default('FIVE_TUPLE') });
export const newSet = z.object({ ...setFields, name: partName.max(32) });
export const changedSet = z.object(setFields).partial();

const timeout = z.int().min(1).nullish();
const listenerFields = {
  defaultBackendSetName: z.string(),
  port: z.int().min(0).max(65_535),
  protocol: z.enum(['ANY', 'TCP', 'UDP', 'TCP_AND_UDP', 'L3IP']),
  ipVersion: ipVersion.optional(),
  isPpv2Enabled: z.boolean().optional(),
  tcpIdleTimeout: timeout,
  udpIdleTimeout: timeout,
  l3IpIdleTimeout: timeout,
};
export const newListener = z.object({ ...listenerFields, name: partName });
export const changedListener = z.object(listenerFields).partial();

/** What of a set is so where nothing is said. */
export const usualSet = {
  isPreserveSource: true,
  isFailOpen: false,
  isInstantFailoverEnabled: false,
  isInstantFailoverTcpResetEnabled: true,
  areOperationallyActiveBackendsPreferred: false,
  ipVersion: 'IPV4',
} as const satisfies Partial<NetworkBackendSet>;

export const usualListener = {
  ipVersion: 'IPV4',
  isPpv2Enabled: false,
} as const satisfies Partial<NetworkListener>;

/** Fields that were sent, over those that are there. */
export function over<T extends object>(base: T, sent: { [K in keyof T]?: T[K] | undefined }): T {
  const said = Object.entries(sent).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(said) };
}
