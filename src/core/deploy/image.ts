/**
 * What names an image, with everything that docker takes for granted written out: `nginx` is
 * `docker.io/library/nginx:latest`. Pure.
 * Source: the grammar of github.com/distribution/reference.
 */
export interface ImageReference {
  /** `docker.io`, `fra.ocir.io`, `localhost:5000`. */
  readonly registry: string;
  /** Without the registry: `lamplight/shop-api`. */
  readonly repository: string;
  /** Absent only beside a digest. */
  readonly tag?: string;
  /** `sha256:…`; decides where there is a tag too. */
  readonly digest?: string;
}

const usualRegistry = 'docker.io';
const usualNamespace = 'library';
const usualTag = 'latest';
const longestName = 255;

const part = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const isRepository = new RegExp(`^${part}(?:/${part})*$`);
const isHost =
  /^(?:(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])(?:\.(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]))*|\[[0-9a-fA-F:]+\])(?::\d+)?$/;
const isTag = /^\w[\w.-]{0,127}$/;
const isDigest = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
/** Docker takes these for ids of images. */
const isId = /^[0-9a-f]{64}$/;

/** Undefined when docker would not take the text for the name of an image. */
export function parseImage(text: string): ImageReference | undefined {
  if (isId.test(text)) return undefined;
  const [named = '', digest, ...more] = text.split('@');
  if (more.length > 0 || (digest !== undefined && !isDigest.test(digest))) return undefined;
  const { registry, rest } = cutRegistry(named);
  const [path = '', tag = digest === undefined ? usualTag : undefined, ...extra] = rest.split(':');
  if (extra.length > 0 || (tag !== undefined && !isTag.test(tag))) return undefined;
  const repository = registry === usualRegistry && !path.includes('/') ? `${usualNamespace}/${path}` : path;
  if (registry.length + 1 + repository.length > longestName) return undefined;
  if (!isHost.test(registry) || !isRepository.test(repository)) return undefined;
  return {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/** Written out whole: what `parseImage` reads back as the same. */
export function imageText({ registry, repository, tag, digest }: ImageReference): string {
  const tagged = tag === undefined ? '' : `:${tag}`;
  return `${registry}/${repository}${tagged}${digest === undefined ? '' : `@${digest}`}`;
}

/** The same repository under another tag. A digest goes: it was the old tag's. Throws a RangeError for no tag. */
export function withTag({ registry, repository }: ImageReference, tag: string): ImageReference {
  if (!isTag.test(tag)) throw new RangeError(`"${tag}" is not a tag`);
  return { registry, repository, tag };
}

/** Whatever the tag points at later: `fra.ocir.io/lamplight/shop-api@sha256:…`. */
export function pinnedText({ registry, repository }: ImageReference, digest: string): string {
  return imageText({ registry, repository, digest });
}

/** What tells it from others of its repository: `1.4.2`, or `sha256:0123456789ab` where it has no tag. */
export function versionText(text: string): string {
  const { tag, digest } = parseImage(text) ?? {};
  return tag ?? digest?.slice(0, 19) ?? text.slice(-12);
}

/** Whether it is the same repository of the same registry. */
export function isOfRepository(one: ImageReference, other: ImageReference): boolean {
  return one.registry === other.registry && one.repository === other.repository;
}

/** Whether its first part is a registry, which it can be where it has a dot, a port or capitals. */
export function namesRegistry(text: string): boolean {
  const [first = '', ...others] = text.split('/');
  return others.length > 0 && isRegistry(first);
}

/** Whether the text says which one of its name it is: it has a tag or a digest. */
export function isPinned(text: string): boolean {
  return /[:@]/.test(text.slice(text.lastIndexOf('/') + 1));
}

/** The first part is a registry if it can be nothing else, as docker has it. */
function cutRegistry(named: string): { registry: string; rest: string } {
  const slash = named.indexOf('/');
  const first = slash < 0 ? '' : named.slice(0, slash);
  if (!isRegistry(first)) return { registry: usualRegistry, rest: named };
  const registry = first === 'index.docker.io' ? usualRegistry : first;
  return { registry, rest: named.slice(slash + 1) };
}

function isRegistry(first: string): boolean {
  return /[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first;
}
