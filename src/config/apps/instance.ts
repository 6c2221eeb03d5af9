import type {
  ContainerCheck,
  ContainerTemplate,
  Finder,
  Hook,
  InstanceTemplate,
  VolumeTemplate,
} from '../../core/deploy/app.ts';
import type { Found } from '../reading/found.ts';
import { present } from '../rules/rules.ts';
import type { FileContainer, FileHook } from './container-schema.ts';
import { type FileSources, filesOf, inKib, mostBytes } from './files.ts';
import type { FileInstance } from './instance-schema.ts';
import type { AppParts } from './parts.ts';

/** What an instance of an app is made of, from what is written. */

const longestGrace = 300;

export function instanceOf(
  written: FileInstance,
  around: {
    readonly name: string;
    readonly find: Finder;
    /** Milliseconds. */
    readonly drain: number;
    readonly volumes: readonly VolumeTemplate[];
  },
): InstanceTemplate {
  const { shape, ocpus, memory, subnet, securityGroups, publicIp, dns } = written;
  const vnics = written.vnics ?? [{ subnet: subnet ?? '', securityGroups, publicIp: publicIp ?? false }];
  const { tags, definedTags } = foundBy(around.find);
  return {
    shape,
    ocpus,
    memory,
    vnics: vnics.map((vnic) => ({ ...vnic, securityGroups: vnic.securityGroups ?? [] })),
    containers: written.containers.map(containerOf),
    volumes: around.volumes,
    restartPolicy: ({ always: 'ALWAYS', never: 'NEVER', 'on-failure': 'ON_FAILURE' } as const)[
      written.restart
    ],
    gracefulShutdown: written.gracefulShutdown ?? Math.min(Math.ceil(around.drain / 1000), longestGrace),
    pullSecrets: Object.entries(written.pullSecrets).map(([registry, secret]) => ({ registry, secret })),
    ...(dns ? { dns } : {}),
    tags: { [ownTag]: around.name, ...tags, ...written.tags },
    definedTags: { ...definedTags, ...written.definedTags },
  };
}

/** The freeform tag of every instance that a deploy makes; its value is the name of the app. */
export const ownTag = 'lamplighter-app';

/** The tags that a new instance needs for the finder to find it; those with a `*` are for the file to say. */
function foundBy({ tags }: Pick<Finder, 'tags'>): Pick<InstanceTemplate, 'tags' | 'definedTags'> {
  const exact = Object.entries(tags).filter(([, value]) => !value.includes('*'));
  const isDefined = ([key]: readonly [string, string]) => key.includes('.');
  return {
    tags: Object.fromEntries(exact.filter((tag) => !isDefined(tag))),
    definedTags: Object.fromEntries(exact.filter(isDefined)),
  };
}

export function hookOf(name: string, { within, image, ...running }: FileHook, appImage: string): Hook {
  const container = { name, image: image ?? appImage, checks: [], resourcePrincipal: true, ...running };
  return { container: containerOf(container), within };
}

function containerOf(written: Omit<FileContainer, 'limits'> & Partial<FileContainer>): ContainerTemplate {
  const { env, workingDirectory, limits, securityContext, checks, ...same } = written;
  return {
    ...present({ workingDirectory }),
    name: same.name,
    image: same.image,
    command: same.command,
    arguments: same.arguments,
    environment: env,
    mounts: same.mounts,
    ...(limits ? { limits: present(limits) } : {}),
    checks: checks.map(checkOf),
    resourcePrincipal: same.resourcePrincipal,
    ...(securityContext ? { securityContext: present(securityContext) } : {}),
  };
}

function checkOf({ http, onFailure, port, ...times }: FileContainer['checks'][number]): ContainerCheck {
  return {
    type: http === undefined ? 'TCP' : 'HTTP',
    port,
    ...present({ path: http }),
    ...present(times),
    ...(onFailure ? { onFailure: onFailure === 'kill' ? 'KILL' : 'NONE' } : {}),
  };
}

/** The volumes with the content of their files, and what is wrong with those. */
export function volumesOf(
  { volumes, instance }: Pick<AppParts, 'volumes' | 'instance'>,
  sources: FileSources,
): { readonly volumes: readonly VolumeTemplate[]; readonly found: readonly Found[] } {
  let bytes = 0;
  const found: Found[] = [];
  const read = volumes.map(({ written, path }): VolumeTemplate => {
    const { name = '', empty } = written;
    const content = filesOf(written, path, sources);
    bytes += content.bytes;
    found.push(...content.found);
    return empty === undefined
      ? { type: 'files', name, files: content.files }
      : { type: 'empty', name, memory: empty === 'memory' };
  });
  if (bytes > mostBytes)
    found.push({
      path: [...instance.path, 'volumes'],
      sentence: `have ${inKib(bytes)} of files; an instance can have ${inKib(mostBytes)}`,
    });
  return { volumes: read, found };
}
