import type { Json } from '../json.ts';
import type { ContainerCheck, ContainerTemplate } from './app.ts';
import { fill, type Placeholder } from './placeholders.ts';
import { filled } from './wire.ts';

/** What containers are filled in with. */
export interface Filling {
  /** The image of each container by its name, as OCI is to pull it; those that are missing stay as the template has them. */
  readonly images: Readonly<Record<string, string>>;
  readonly placeholders: Readonly<Partial<Record<Placeholder, string>>>;
}

/** Where the content of a Vault secret belongs. */
export interface SecretPlace {
  /** The index in `containers`. */
  readonly container: number;
  /** Of `environmentVariables`. */
  readonly key: string;
  readonly ocid: string;
}

export function secretsOf(containers: readonly ContainerTemplate[]): readonly SecretPlace[] {
  return containers.flatMap(({ environment }, container) =>
    Object.entries(environment).flatMap(([key, value]) =>
      typeof value === 'string' ? [] : [{ container, key, ocid: value.secret }],
    ),
  );
}

/** Source: docs.oracle.com, api/#/en/container-instances/20210415/datatypes/CreateContainerDetails. */
export function containerDetails(
  container: ContainerTemplate,
  shape: string,
  { images, placeholders }: Filling,
): Json {
  const { name, limits, securityContext: security } = container;
  const image = Object.hasOwn(images, name) ? images[name] : undefined;
  return filled({
    displayName: name,
    imageUrl: image ?? container.image,
    command: container.command,
    arguments: container.arguments,
    workingDirectory: container.workingDirectory,
    environmentVariables: Object.fromEntries(
      Object.entries(container.environment).map(([key, value]) => [
        key,
        typeof value === 'string' ? fill(value, placeholders) : { secret: value.secret },
      ]),
    ),
    volumeMounts: container.mounts.map(({ volume, path, readOnly }) => ({
      volumeName: volume,
      mountPath: path,
      isReadOnly: readOnly,
    })),
    isResourcePrincipalDisabled: container.resourcePrincipal ? undefined : true,
    resourceConfig:
      limits &&
      filled({
        vcpusLimit: limits.ocpus === undefined ? undefined : limits.ocpus * vcpusOf(shape),
        memoryLimitInGBs: limits.memory,
      }),
    healthChecks: container.checks.map(checkDetails),
    securityContext:
      security &&
      filled({
        securityContextType: 'LINUX',
        runAsUser: security.runAsUser,
        runAsGroup: security.runAsGroup,
        isNonRootUserCheckEnabled: security.nonRoot,
        isRootFileSystemReadonly: security.readOnlyRoot,
      }),
  });
}

/** Limits count what the kernel calls a CPU: an OCPU is two of them, but one on the Ampere A1. */
function vcpusOf(shape: string): number {
  return /\.A1\./i.test(shape) ? 1 : 2;
}

function checkDetails(check: ContainerCheck): Json {
  return filled({
    healthCheckType: check.type,
    name: check.name,
    path: check.path,
    port: check.port,
    intervalInSeconds: check.interval,
    timeoutInSeconds: check.timeout,
    initialDelayInSeconds: check.initialDelay,
    failureThreshold: check.failures,
    successThreshold: check.successes,
    failureAction: check.onFailure,
  });
}
