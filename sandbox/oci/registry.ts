import { createHash } from 'node:crypto';
import { ocid } from './ids.ts';
import type { ContainerImage, ContainerRepo, ImageVersion } from './resources/registry.ts';
import type { Resource } from './resources/resources.ts';
import type { Store } from './store.ts';
import type { Tenancy } from './tenancy.ts';

/** Always the same for the same words. */
export function digestOf(...words: readonly string[]): string {
  return `sha256:${createHash('sha256').update(words.join('\0')).digest('hex')}`;
}

/** `shop-api:1.4.2`; an image that lost its last version is told by that and its digest. */
export function displayNameOf(
  repository: string,
  versions: readonly ImageVersion[],
  lost?: { readonly version: string; readonly digest: string },
): string {
  const latest = versions.at(-1);
  if (latest) return `${repository}:${latest.version}`;
  return lost ? `${repository}:${lost.version}@${lost.digest}` : `${repository}:unknown`;
}

/** `fra.ocir.io/lamplight/shop-api:1.4.2` as the parts that a push needs. */
export interface Pushed {
  readonly region: string;
  readonly repository: string;
  readonly version: string;
}

/** Undefined when the text is not an image of this tenancy's registry. */
export function readImage(tenancy: Tenancy, text: string): Pushed | undefined {
  const [, host = '', namespace, repository, version = 'latest'] =
    /^([^/]+)\/([^/]+)\/([a-z0-9][a-z0-9._/-]*?)(?::(\w[\w.-]{0,127}))?$/.exec(text) ?? [];
  const region = regionOf(tenancy, host);
  if (!region || !repository || namespace !== tenancy.name) return undefined;
  return { region, repository, version };
}

/** `fra.ocir.io` and its longer forms. */
function regionOf({ regions }: Tenancy, host: string): string | undefined {
  return regions.find(({ name, key }) =>
    [`${key.toLowerCase()}.ocir.io`, `${name}.ocir.io`, `ocir.${name}.oci.oraclecloud.com`].includes(host),
  )?.name;
}

/** `fra.ocir.io/lamplight/shop-api`, as people write it. */
export function urlOf(tenancy: Tenancy, { region, displayName }: ContainerRepo): string {
  const key = tenancy.regions.find(({ name }) => name === region)?.key ?? region;
  return `${key.toLowerCase()}.ocir.io/${tenancy.name}/${displayName}`;
}

export interface Push extends Pushed {
  /** Made up, and never the same twice, if absent. */
  readonly digest?: string;
}

/**
 * A push as `docker push` does it: the version points at the pushed digest from now on, and no longer at
 * the one that had it. A repository that is not there is made in the root compartment.
 */
export function push(store: Store, tenancy: Tenancy, of: Push): { image: ContainerImage; moved: boolean } {
  const { region, repository, version } = of;
  const now = store.now;
  const repo = repoOf(store, region, repository) ?? addRepo(store, tenancy, region, repository);
  const digest = of.digest ?? digestOf(repo.ocid, version, store.next());
  const images = imagesOf(store, repo);
  const before = images.find((image) => image.versions.some((each) => each.version === version));
  if (before?.digest === digest) return { image: before, moved: false };
  if (before) untag(store, before, version);
  const known = images.find((image) => image.digest === digest);
  const image = known ? tag(store, known, { version, at: now }) : addImage(store, repo, digest, version);
  store.change(repo, (changed) => {
    changed.timeLastPushed = now;
  });
  return { image, moved: before !== undefined };
}

export function repoOf(store: Store, region: string, name: string): ContainerRepo | undefined {
  return store.list('ContainerRepo', region).find(({ displayName }) => displayName === name);
}

/** Newest first. */
export function imagesOf(store: Store, { ocid: id, region }: ContainerRepo): ContainerImage[] {
  return store.list('ContainerImage', region).filter(({ repositoryId }) => repositoryId === id);
}

function untag(store: Store, image: ContainerImage, version: string): void {
  store.change(image, (changed) => {
    changed.versions = changed.versions.filter((each) => each.version !== version);
    changed.displayName = displayNameOf(changed.repositoryName, changed.versions, {
      version,
      digest: changed.digest,
    });
  });
}

function tag(store: Store, image: ContainerImage, version: ImageVersion): ContainerImage {
  store.change(image, (changed) => {
    changed.versions = [...changed.versions, version];
    changed.displayName = displayNameOf(changed.repositoryName, changed.versions);
  });
  return image;
}

function addRepo(store: Store, tenancy: Tenancy, region: string, name: string): ContainerRepo {
  const repo: ContainerRepo = {
    ...bare(store, region, tenancy.ocid, name),
    type: 'ContainerRepo',
    ocid: ocid('containerrepo', region, tenancy.name, name),
    isPublic: false,
  };
  store.add(repo);
  return repo;
}

function addImage(store: Store, repo: ContainerRepo, digest: string, version: string): ContainerImage {
  const versions = [{ version, at: store.now }];
  const name = displayNameOf(repo.displayName, versions);
  const image: ContainerImage = {
    ...bare(store, repo.region, repo.compartmentId, name),
    type: 'ContainerImage',
    ocid: ocid('containerimage', repo.region, repo.ocid, digest),
    repositoryId: repo.ocid,
    repositoryName: repo.displayName,
    digest,
    versions,
  };
  store.add(image);
  return image;
}

function bare(
  store: Store,
  region: string,
  compartmentId: string,
  displayName: string,
): Omit<Resource, 'type' | 'ocid'> {
  return {
    region,
    compartmentId,
    displayName,
    freeformTags: {},
    definedTags: {},
    lifecycleState: 'AVAILABLE',
    timeCreated: store.now,
    revision: 1,
    phases: [],
    history: [],
  };
}
