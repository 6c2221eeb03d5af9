import { type Call, iso } from '../call.ts';
import { ocid } from '../ids.ts';
import type { Attachment, Instance, InstanceConfiguration, InstancePool } from '../resources/resources.ts';
import { hasEnded } from '../store.ts';

/** As ListInstancePools sends it. */
export const poolSummary = (call: Call, pool: InstancePool) => ({
  id: pool.ocid,
  compartmentId: pool.compartmentId,
  displayName: pool.displayName,
  instanceConfigurationId: pool.instanceConfigurationId,
  poolType: 'INSTANCE',
  lifecycleState: pool.lifecycleState,
  availabilityDomains: pool.availabilityDomains,
  size: pool.size,
  currentSize: membersOf(call, pool).length,
  timeCreated: iso(pool.timeCreated),
  definedTags: pool.definedTags,
  freeformTags: pool.freeformTags,
});

/** As GetInstancePool and every change of a pool send it. */
export function poolView(call: Call, pool: InstancePool): object {
  const { availabilityDomains, ...common } = poolSummary(call, pool);
  return {
    ...common,
    placementConfigurations: availabilityDomains.map((availabilityDomain) => ({
      availabilityDomain,
      primarySubnetId: pool.subnetId,
      faultDomains: null,
      secondaryVnicSubnets: [],
    })),
    loadBalancers: pool.attachments.map((attachment) => attachmentView(pool, attachment)),
    instanceDisplayNameFormatter: null,
    instanceHostnameFormatter: null,
  };
}

export function attachmentView(pool: InstancePool, attachment: Attachment): object {
  return {
    ...attachment,
    instancePoolId: pool.ocid,
    vnicSelection: 'PrimaryVnic',
    lifecycleState: 'ATTACHED',
  };
}

/** As ListInstancePoolInstances sends it: the state is a word for people. */
export const memberSummary = (pool: InstancePool, member: Instance) => ({
  id: member.ocid,
  availabilityDomain: member.availabilityDomain,
  compartmentId: member.compartmentId,
  displayName: member.displayName,
  faultDomain: member.faultDomain,
  instanceConfigurationId: pool.instanceConfigurationId,
  region: member.region,
  shape: member.shape,
  state: member.lifecycleState.charAt(0) + member.lifecycleState.slice(1).toLowerCase(),
  timeCreated: iso(member.timeCreated),
  loadBalancerBackends: pool.attachments.map(({ loadBalancerId, backendSetName, port }) => ({
    loadBalancerId,
    backendSetName,
    backendName: `${ocid('vnic', member.region, member.ocid)}:${port}`,
    backendHealthStatus: member.lifecycleState === 'RUNNING' ? 'OK' : 'CRITICAL',
  })),
});

/** As GetInstancePoolInstance sends it. */
export function memberView(pool: InstancePool, member: Instance): object {
  return {
    ...memberSummary(pool, member),
    instancePoolId: pool.ocid,
    lifecycleState: member.lifecycleState === 'PROVISIONING' ? 'ATTACHING' : 'ACTIVE',
  };
}

export const configurationSummary = (configuration: InstanceConfiguration) => ({
  id: configuration.ocid,
  compartmentId: configuration.compartmentId,
  displayName: configuration.displayName,
  timeCreated: iso(configuration.timeCreated),
  definedTags: configuration.definedTags,
  freeformTags: configuration.freeformTags,
});

export function configurationView(configuration: InstanceConfiguration): object {
  const { compartmentId, shape, ocpus, memoryInGBs, imageId, subnetId, memberTags } = configuration;
  return {
    ...configurationSummary(configuration),
    instanceDetails: {
      instanceType: 'compute',
      blockVolumes: [],
      secondaryVnics: [],
      launchDetails: {
        compartmentId,
        shape,
        shapeConfig: { ocpus, memoryInGBs },
        sourceDetails: { sourceType: 'image', imageId },
        createVnicDetails: { subnetId, assignPublicIp: false },
        freeformTags: memberTags,
        metadata: {},
      },
    },
    deferredFields: [],
  };
}

/** Its instances as they are now, the oldest first. */
export function membersOf({ store, region }: Call, pool: InstancePool): Instance[] {
  return pool.memberIds
    .flatMap((id) => store.get('Instance', region, id) ?? [])
    .filter((member) => !hasEnded(member));
}
