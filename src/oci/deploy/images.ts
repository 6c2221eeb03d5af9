import type { models } from 'oci-artifacts';
import type { Clock } from '../../core/clock.ts';
import { imageText, parseImage, pinnedText } from '../../core/deploy/image.ts';
import { ifThere } from '../acting/verbs.ts';
import { allPages } from '../client/pages.ts';
import type { Services } from '../client/services.ts';
import { ifReadable } from '../details.ts';
import type { Tenancy } from '../finding/tenancy.ts';
import { type OwnRegistry, ownRegistry } from './registries.ts';

interface Named {
  /** Written out whole: `fra.ocir.io/lamplight/shop-api:1.4.2`. */
  readonly url: string;
  readonly registry: string;
  /** With its namespace: `lamplight/shop-api`. */
  readonly repository: string;
  readonly tag?: string;
}

/** What Container Registry says the name stands for now. */
export interface KnownImage extends Named {
  readonly known: true;
  readonly digest: string;
  /** `fra.ocir.io/lamplight/shop-api@sha256:…` */
  readonly pinned: string;
  readonly createdAt: number;
}

/** In a registry, or a namespace of OCI's, that the bot cannot ask. */
export interface ForeignImage extends Named {
  readonly known: false;
  /** As the name itself says it, if it does. */
  readonly digest?: string;
}

export type Image = KnownImage | ForeignImage;

export interface Tag {
  readonly tag: string;
  readonly digest: string;
  readonly pushedAt: number;
}

export interface Images {
  /** Undefined when there is no such image, or the text names none. Rejects with a CloudError. */
  resolve(url: string): Promise<Image | undefined>;
  /**
   * The tags of the repository that the url names, whatever tag it has itself; the latest first and at most
   * some seconds old. None of one that cannot be asked. Rejects with a CloudError.
   */
  tags(url: string): Promise<readonly Tag[]>;
}

/** A type-ahead asks with each key that is pressed. */
const fresh = 20_000;
/** A list tells one tag of each image; of so many of the newest all are read. */
const wholeOnes = 30;

/**
 * Images of Container Registry (OCIR). Sources: docs.oracle.com, api/#/en/registry/20160918/ContainerImage,
 * LookupContainerImageByUri and ListContainerImages.
 */
export function createImages(
  services: Pick<Services, 'artifacts'>,
  tenancy: Pick<Tenancy, 'tree'>,
  clock: Clock,
): Images {
  const { artifacts } = services;
  const kept = new Map<string, { readonly tags: Promise<readonly Tag[]>; readonly at: number }>();

  const namespaceIn = async (region: string) => {
    const { tenancy: compartmentId } = await tenancy.tree();
    const reply = await ifReadable(
      artifacts.read('GetContainerConfiguration', region, (client) =>
        client.getContainerConfiguration({ compartmentId }),
      ),
    );
    return reply?.containerConfiguration.namespace;
  };

  /** All of its tags, where the list told but the latest. */
  const tagsOf = async (region: string, image: models.ContainerImageSummary): Promise<readonly Tag[]> => {
    const reply = await ifThere(
      artifacts.read('GetContainerImage', region, (client) =>
        client.getContainerImage({ imageId: image.id }),
      ),
    );
    return (reply?.containerImage.versions ?? []).map(({ version, timeCreated }) => ({
      tag: version,
      digest: image.digest,
      pushedAt: momentOf(timeCreated),
    }));
  };

  const list = async ({ region, path }: OwnRegistry): Promise<readonly Tag[]> => {
    const { tenancy: compartmentId } = await tenancy.tree();
    const images = await allPages((where) =>
      artifacts.read('ListContainerImages', region, async (client) => {
        const reply = await client.listContainerImages({
          compartmentId,
          compartmentIdInSubtree: true,
          repositoryName: encodeURIComponent(path),
          isVersioned: true,
          lifecycleState: 'AVAILABLE',
          ...where,
        });
        return { items: reply.containerImageCollection.items, next: reply.opcNextPage };
      }),
    );
    const newest = images.sort((a, b) => momentOf(b.timeCreated) - momentOf(a.timeCreated));
    const whole = await Promise.all(newest.slice(0, wholeOnes).map((image) => tagsOf(region, image)));
    const told = newest.slice(wholeOnes).flatMap(({ version, digest, timeCreated }) => {
      return version ? [{ tag: version, digest, pushedAt: momentOf(timeCreated) }] : [];
    });
    return [...whole.flat(), ...told].sort((a, b) => b.pushedAt - a.pushedAt || (a.tag < b.tag ? 1 : -1));
  };

  return {
    resolve: async (url) => {
      const reference = parseImage(url);
      if (!reference) return undefined;
      const { registry, repository, tag, digest } = reference;
      const named = {
        url: imageText(reference),
        registry,
        repository,
        ...(tag === undefined ? {} : { tag }),
      };
      const foreign: ForeignImage = { ...named, known: false, ...(digest === undefined ? {} : { digest }) };
      const own = await ownRegistry(reference);
      if (!own) return foreign;
      const imageUri = digest === undefined ? `${repository}:${tag}` : `${repository}@${digest}`;
      const reply = await ifThere(
        artifacts.read('LookupContainerImageByUri', own.region, (client) =>
          client.lookupContainerImageByUri({ lookupContainerImageByUriDetails: { imageUri } }),
        ),
      );
      if (reply) {
        const { digest: is, timeCreated } = reply.containerImage;
        const pinned = pinnedText(reference, is);
        return { ...named, known: true, digest: is, pinned, createdAt: momentOf(timeCreated) };
      }
      const ours = await namespaceIn(own.region);
      return ours === undefined || ours === own.namespace ? undefined : foreign;
    },

    tags: async (url) => {
      const reference = parseImage(url);
      const own = reference && (await ownRegistry(reference));
      if (!own) return [];
      const key = `${own.region} ${own.namespace}/${own.path}`;
      const before = kept.get(key);
      if (before && clock.now() - before.at < fresh) return before.tags;
      const tags = list(own);
      kept.set(key, { tags, at: clock.now() });
      tags.catch(() => kept.delete(key));
      return tags;
    },
  };
}

/** The SDK types times as Date and leaves some of them strings. */
function momentOf(time: Date | string): number {
  return new Date(time).getTime();
}
