import type { Json } from '../json.ts';
import type { Tags } from '../target.ts';
import type { ContainerTemplate, Hook, InstanceTemplate } from './app.ts';
import { containerDetails, type Filling, type SecretPlace, secretsOf } from './container-details.ts';
import { definedTags, filled } from './wire.ts';

/** What is known of one instance only when a deploy runs. */
export interface On extends Filling {
  readonly name: string;
  readonly compartmentId: string;
  readonly availabilityDomain: string;
  readonly faultDomain?: string;
  /** The OCID of a subnet that the template knows by its name or OCID. */
  readonly subnetIds: (subnet: string) => string;
  /** Freeform tags over those of the template. */
  readonly tags: Tags;
  /** What a line set for the first container, over what the template says. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * The body of CreateContainerInstance as it goes over the wire. Where a Vault secret belongs stands `{secret: ocid}`,
 * which whoever sends it replaces last of all, so that no secret is ever stored.
 */
export interface Made {
  readonly details: Json;
  readonly secrets: readonly SecretPlace[];
}

/** Source: docs.oracle.com, api/#/en/container-instances/20210415/datatypes/CreateContainerInstanceDetails. */
export function detailsOf(template: InstanceTemplate, on: On): Made {
  const [first, ...others] = template.containers;
  const containers = first
    ? [{ ...first, environment: { ...first.environment, ...on.environment } }, ...others]
    : [];
  return made(template, containers, on);
}

/**
 * An instance of one container that runs to its end once, on the network and of the size of the app's own.
 * `on.images` may have its image by its container's name.
 */
export function hookDetails(template: InstanceTemplate, hook: Hook, on: On): Made {
  const mounted = hook.container.mounts.map(({ volume }) => volume);
  const volumes = template.volumes.filter(({ name }) => mounted.includes(name));
  return made({ ...template, volumes, restartPolicy: 'NEVER' }, [hook.container], on);
}

function made(template: InstanceTemplate, containers: readonly ContainerTemplate[], on: On): Made {
  const { dns } = template;
  const details = filled({
    displayName: on.name,
    compartmentId: on.compartmentId,
    availabilityDomain: on.availabilityDomain,
    faultDomain: on.faultDomain,
    shape: template.shape,
    shapeConfig: { ocpus: template.ocpus, memoryInGBs: template.memory },
    volumes: template.volumes.map(volumeDetails),
    containers: containers.map((container) => containerDetails(container, template.shape, on)),
    vnics: template.vnics.map(({ subnet, securityGroups, publicIp }) =>
      filled({ subnetId: on.subnetIds(subnet), isPublicIpAssigned: publicIp, nsgIds: securityGroups }),
    ),
    dnsConfig: dns && filled({ nameservers: dns.nameservers, searches: dns.searches, options: dns.options }),
    gracefulShutdownTimeoutInSeconds: template.gracefulShutdown,
    imagePullSecrets: template.pullSecrets.map(({ registry, secret }) => ({
      secretType: 'VAULT',
      registryEndpoint: registry,
      secretId: secret,
    })),
    containerRestartPolicy: template.restartPolicy,
    freeformTags: { ...template.tags, ...on.tags },
    definedTags: definedTags(template.definedTags),
  });
  return { details, secrets: secretsOf(containers) };
}

function volumeDetails(volume: InstanceTemplate['volumes'][number]): Json {
  const { name } = volume;
  if (volume.type === 'empty')
    return {
      volumeType: 'EMPTYDIR',
      name,
      backingStore: volume.memory ? 'MEMORY' : 'EPHEMERAL_STORAGE',
    };
  const configs = Object.entries(volume.files).map(([fileName, data]) => ({ fileName, data }));
  return { volumeType: 'CONFIGFILE', name, configs };
}
