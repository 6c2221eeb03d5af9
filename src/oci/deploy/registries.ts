import type { ImageReference } from '../../core/deploy/image.ts';

/** An image's place in OCI's own registry. */
export interface OwnRegistry {
  readonly region: string;
  /** The tenancy's, from Object Storage. */
  readonly namespace: string;
  /** The repository within it: `shop-api`, `team/shop-api`. */
  readonly path: string;
}

/**
 * Where in OCI an image is, by its registry's host: `fra.ocir.io`, `eu-frankfurt-1.ocir.io`,
 * `ocir.eu-frankfurt-1.oci.oraclecloud.com`. Undefined for any other registry.
 * Source: docs.oracle.com, Registry/Concepts/registryprerequisites.htm, availability by region.
 */
export async function ownRegistry({
  registry,
  repository,
}: Pick<ImageReference, 'registry' | 'repository'>): Promise<OwnRegistry | undefined> {
  const region = await regionOf(registry.toLowerCase());
  const slash = repository.indexOf('/');
  if (!region || slash < 0) return undefined;
  return { region, namespace: repository.slice(0, slash), path: repository.slice(slash + 1) };
}

async function regionOf(host: string): Promise<string | undefined> {
  const [, id, key] = /^(?:ocir\.([a-z0-9-]+)\.oci\.[a-z0-9.-]+|([a-z0-9-]+)\.ocir\.io)$/.exec(host) ?? [];
  if (id !== undefined) return id;
  if (key === undefined) return undefined;
  const { Region } = await import('oci-common');
  return Region.values().find(({ regionCode, regionId }) => regionCode === key || regionId === key)?.regionId;
}
