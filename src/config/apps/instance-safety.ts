import { isPinned } from '../../core/deploy/image.ts';
import { placeholdersOf, strayPlaceholder } from '../../core/deploy/placeholders.ts';
import { nearest } from '../../core/suggest.ts';
import type { Found } from '../reading/found.ts';
import type { FileContainer, FileHook } from './container-schema.ts';
import type { AppParts, Part } from './parts.ts';

/** What makes the template of an instance one that OCI refuses, or that is not what was meant. */
export function unsafeInstance(parts: AppParts): readonly Found[] {
  const { containers, volumes, hooks, hasInstance } = parts;
  return [
    ...(hasInstance ? network(parts) : []),
    ...registries(parts),
    ...twice(containers, 'container'),
    ...twice(volumes, 'volume'),
    ...containers.slice(1).flatMap(untagged),
    ...hooks.filter(({ written }) => written.image !== containers[0]?.written.image).flatMap(untagged),
    ...[...containers, ...hooks].flatMap((each) => [
      ...environment(each),
      ...tooLong(each),
      ...mounts(each, volumes),
    ]),
    ...containers.flatMap((each) => [...limits(each, parts), ...group(each)]),
  ];
}

function network({ instance: { written, path } }: AppParts): readonly Found[] {
  const { subnet, vnics } = written;
  if (!vnics && subnet === undefined)
    return [
      { path: [...path, 'subnet'], sentence: 'is missing; it should be the name of a subnet, or its OCID' },
    ];
  if (!vnics) return [];
  return (['subnet', 'securityGroups', 'publicIp'] as const)
    .filter((key) => written[key] !== undefined)
    .map((key) => ({
      path: [...path, key],
      sentence: 'should be left out: vnics say it for each network interface',
    }));
}

function registries({ instance: { written, path } }: AppParts): readonly Found[] {
  return Object.keys(written.pullSecrets ?? {})
    .filter((registry) => !/^[\w.-]+(:\d+)?$/.test(registry))
    .map((registry) => ({
      path: [...path, 'pullSecrets', registry],
      sentence: `should be of the host of a registry such as fra.ocir.io, but is of "${registry}"`,
    }));
}

function twice(parts: readonly Part<{ readonly name: string }>[], what: string): readonly Found[] {
  const names = parts.map(({ written }) => written.name);
  return parts.flatMap(({ written: { name }, path }, index) =>
    name !== undefined && names.indexOf(name) < index
      ? [{ path: [...path, 'name'], sentence: `"${name}" is the name of two ${what}s; give each its own` }]
      : [],
  );
}

function untagged({ written: { image }, path }: Part<FileContainer | FileHook>): readonly Found[] {
  if (image === undefined || isPinned(image)) return [];
  const sentence = `"${image}" has no tag; only the image of the first container gets one from image=, so write it here`;
  return [{ path: [...path, 'image'], sentence }];
}

function environment({ written: { env = {} }, path }: Part<FileContainer | FileHook>): readonly Found[] {
  return Object.entries(env).flatMap(([name, value]) => {
    const at = [...path, 'env', name];
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
      return [{ path: at, sentence: 'should have a name of letters, digits and underscores' }];
    const stray =
      typeof value === 'string' ? strayPlaceholder(value, placeholdersOf.environment, 'left') : undefined;
    return stray ? [{ path: at, sentence: stray }] : [];
  });
}

const most = 64 * 1024;

/** Source: CreateContainerDetails, environmentVariables and arguments. */
function tooLong({ written, path }: Part<FileContainer | FileHook>): readonly Found[] {
  const bytes = (texts: readonly string[]) => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const env = Object.entries(written.env ?? {})
    .flat()
    .filter((text) => typeof text === 'string');
  const sizes = { env: bytes(env), arguments: bytes(written.arguments ?? []) };
  return (['env', 'arguments'] as const)
    .filter((key) => sizes[key] > most)
    .map((key) => ({
      path: [...path, key],
      sentence: `is ${Math.ceil(sizes[key] / 1024)} KB; OCI takes 64 KB`,
    }));
}

function mounts(
  { written: { mounts: list = [] }, path }: Part<FileContainer | FileHook>,
  volumes: AppParts['volumes'],
): readonly Found[] {
  const known = volumes.flatMap(({ written }) => written.name ?? []);
  const paths = list.map((mount) => mount.path);
  return list.flatMap(({ volume, path: mountPath }, index) => {
    const at = [...path, 'mounts', index];
    const [near] = nearest(volume, known, 1);
    const help = near
      ? `did you mean ${near}?`
      : known.length > 0
        ? `known here: ${known.join(', ')}`
        : 'there are none';
    return [
      ...(known.includes(volume)
        ? []
        : [{ path: [...at, 'volume'], sentence: `"${volume}" is not a volume of the instance; ${help}` }]),
      ...(paths.indexOf(mountPath) < index
        ? [{ path: [...at, 'path'], sentence: `"${mountPath}" has another volume already` }]
        : []),
    ];
  });
}

function limits({ written, path }: Part<FileContainer>, { instance }: AppParts): readonly Found[] {
  return (['ocpus', 'memory'] as const).flatMap((key) => {
    const [limit, all] = [written.limits?.[key], instance.written[key]];
    if (limit === undefined || all === undefined || limit <= all) return [];
    return [
      { path: [...path, 'limits', key], sentence: `is ${limit}, more than the ${all} of the instance` },
    ];
  });
}

function group({ written: { securityContext }, path }: Part<FileContainer>): readonly Found[] {
  if (securityContext?.runAsGroup === undefined || securityContext.runAsUser !== undefined) return [];
  return [{ path: [...path, 'securityContext', 'runAsUser'], sentence: 'is missing; runAsGroup needs it' }];
}
