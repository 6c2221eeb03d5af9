import { z } from 'zod';
import { type Call, iso, one, type Reply, type Route } from '../call.ts';
import { invalid, notFound } from '../errors.ts';
import { etag } from '../ids.ts';
import { chosen, page } from '../pages.ts';
import { digestOf } from '../registry.ts';
import type { ContainerImage, ContainerRepo } from '../resources/registry.ts';
import type { Resource } from '../resources/resources.ts';

/** Layers are made up: three of each image, with sizes that follow from its digest. */
function layersOf({ digest, timeCreated }: ContainerImage) {
  return [1, 2, 3].map((number) => {
    const layer = digestOf(digest, String(number));
    return { digest: layer, sizeInBytes: sizeOf(layer), timeCreated: iso(timeCreated) };
  });
}

/** From 1 to 60 MB. */
function sizeOf(layer: string): number {
  return 1_000_000 + (Number.parseInt(layer.slice(-6), 16) % 59_000_000);
}

const bytesOf = (images: readonly ContainerImage[]) =>
  images.flatMap(layersOf).reduce((sum, { sizeInBytes }) => sum + sizeInBytes, 0);

function imageSummary(image: ContainerImage) {
  return {
    compartmentId: image.compartmentId,
    digest: image.digest,
    displayName: image.displayName,
    id: image.ocid,
    lifecycleState: image.lifecycleState,
    repositoryId: image.repositoryId,
    repositoryName: image.repositoryName,
    timeCreated: iso(image.timeCreated),
    version: image.versions.at(-1)?.version ?? null,
    freeformTags: image.freeformTags,
    definedTags: image.definedTags,
    systemTags: {},
  };
}

function imageView(call: Call, image: ContainerImage) {
  const layers = layersOf(image);
  const createdBy = call.tenancy.user.ocid;
  return {
    ...imageSummary(image),
    createdBy,
    layers,
    layersSizeInBytes: bytesOf([image]),
    manifestSizeInBytes: 1_570,
    pullCount: 0,
    timeLastPulled: null,
    versions: image.versions
      .map(({ version, at }) => ({ createdBy, timeCreated: iso(at), version }))
      .reverse(),
  };
}

function imagesIn(call: Call, repo: ContainerRepo): ContainerImage[] {
  return call.store
    .list('ContainerImage', call.region)
    .filter(({ repositoryId }) => repositoryId === repo.ocid);
}

function repoSummary(call: Call, repo: ContainerRepo) {
  const images = imagesIn(call, repo);
  const layersSizeInBytes = bytesOf(images);
  return {
    compartmentId: repo.compartmentId,
    displayName: repo.displayName,
    id: repo.ocid,
    imageCount: images.length,
    isPublic: repo.isPublic,
    layerCount: images.length * 3,
    layersSizeInBytes,
    lifecycleState: repo.lifecycleState,
    timeCreated: iso(repo.timeCreated),
    billableSizeInGBs: Math.ceil(layersSizeInBytes / 1_000_000_000),
    namespace: call.tenancy.name,
    freeformTags: repo.freeformTags,
    definedTags: repo.definedTags,
    systemTags: {},
  };
}

function repoView(call: Call, repo: ContainerRepo) {
  return {
    ...repoSummary(call, repo),
    createdBy: call.tenancy.user.ocid,
    isImmutable: false,
    readme: null,
    timeLastPushed: repo.timeLastPushed === undefined ? null : iso(repo.timeLastPushed),
  };
}

/** The compartment's own, or those of all the tenancy. @throws OciError 400 for a subtree of a compartment. */
function within<R extends Resource>(call: Call, all: readonly R[]): R[] {
  const compartmentId = call.compartment();
  if (call.query.get('compartmentIdInSubtree') !== 'true')
    return all.filter((each) => each.compartmentId === compartmentId);
  if (compartmentId !== call.tenancy.ocid)
    throw invalid('compartmentIdInSubtree: can only be true for the tenancy (root compartment).');
  return [...all];
}

/** `foo` is itself, `foo*` everything that begins with it. */
function matches(wanted: string | undefined, text: string): boolean {
  if (wanted === undefined) return true;
  return wanted.endsWith('*') ? text.startsWith(wanted.slice(0, -1)) : text === wanted;
}

function asked(call: Call) {
  return (name: string) => call.query.get(name) || undefined;
}

function listRepositories(call: Call): Reply {
  const wanted = asked(call);
  const [id, isPublic] = [wanted('repositoryId'), wanted('isPublic')];
  const found = within(call, call.store.list('ContainerRepo', call.region)).filter(
    (repo) =>
      (id === undefined || repo.ocid === id) &&
      (isPublic === undefined || String(repo.isPublic) === isPublic),
  );
  const all = chosen(call, found);
  const { items, headers } = page(call, all, ({ ocid }) => ocid);
  const views = all.map((repo) => repoSummary(call, repo));
  const sum = (count: (view: (typeof views)[number]) => number) =>
    views.reduce((total, view) => total + count(view), 0);
  return {
    status: 200,
    headers,
    body: {
      items: items.map((repo) => repoSummary(call, repo)),
      repositoryCount: all.length,
      imageCount: sum(({ imageCount }) => imageCount),
      layerCount: sum(({ layerCount }) => layerCount),
      layersSizeInBytes: sum(({ layersSizeInBytes }) => layersSizeInBytes),
      remainingItemsCount: remaining(all, items),
    },
  };
}

function listImages(call: Call): Reply {
  const wanted = asked(call);
  const [id, repositoryId, digest] = [wanted('imageId'), wanted('repositoryId'), wanted('imageDigest')];
  const [repository, version, isVersioned] = ['repositoryName', 'version', 'isVersioned'].map(wanted);
  const found = within(call, call.store.list('ContainerImage', call.region)).filter(
    (image) =>
      (id === undefined || image.ocid === id) &&
      (repositoryId === undefined || image.repositoryId === repositoryId) &&
      (digest === undefined || image.digest === digest) &&
      (isVersioned === undefined || String(image.versions.length > 0) === isVersioned) &&
      (version === undefined || image.versions.some((each) => matches(version, each.version))) &&
      matches(repository, image.repositoryName),
  );
  const all = chosen(call, found);
  const { items, headers } = page(call, all, ({ ocid }) => ocid);
  return {
    status: 200,
    headers,
    body: { items: items.map(imageSummary), remainingItemsCount: remaining(all, items) },
  };
}

/** How many follow the page. */
function remaining<R extends Resource>(all: readonly R[], items: readonly R[]): number {
  const last = items.at(-1);
  return last ? all.length - all.indexOf(last) - 1 : 0;
}

const uri = z.object({ imageUri: z.string().min(1) });

/** `namespace/repository:version`, or with `@sha256:…`. The newest image that has the version. */
function lookUp(call: Call): Reply {
  const { imageUri } = call.json(uri);
  const [, namespace, repository, version = 'latest', digest] =
    /^([^/]+)\/([^:@]+)(?::([^@]+))?(?:@(.+))?$/.exec(imageUri) ?? [];
  if (!repository) throw invalid('imageUri: must be like namespace/repository:version.');
  if (namespace !== call.tenancy.name) throw notFound();
  const found = call.store
    .list('ContainerImage', call.region)
    .filter(({ repositoryName }) => repositoryName === repository)
    .find((image) =>
      digest ? image.digest === digest : image.versions.some((each) => each.version === version),
    );
  if (!found) throw notFound();
  return one(found, imageView(call, found));
}

function configuration(call: Call): Reply {
  if (call.compartment() !== call.tenancy.ocid) throw notFound();
  const { ocid, name: namespace } = call.tenancy;
  const headers = { etag: etag(ocid, 1) };
  return { status: 200, headers, body: { isRepositoryCreatedOnFirstPush: true, namespace } };
}

function route(name: string, path: string, handle: Route['handle'], method: Route['method'] = 'GET'): Route {
  return { operation: `Artifacts.${name}`, service: 'artifacts', method, path, handle };
}

/** Container Registry as Artifacts shows it: what was pushed. Pushes come from the control API. */
export const registry: readonly Route[] = [
  route('ListContainerRepositories', '/container/repositories', listRepositories),
  route('GetContainerRepository', '/container/repositories/{repositoryId}', (call) => {
    const repo = call.resource('ContainerRepo', 'repositoryId');
    return one(repo, repoView(call, repo));
  }),
  route('ListContainerImages', '/container/images', listImages),
  route('GetContainerImage', '/container/images/{imageId}', (call) => {
    const image = call.resource('ContainerImage', 'imageId');
    return one(image, imageView(call, image));
  }),
  route('LookupContainerImageByUri', '/container/images/actions/lookupImageByUri', lookUp, 'POST'),
  route('GetContainerConfiguration', '/container/configuration', configuration),
];
