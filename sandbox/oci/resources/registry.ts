import type { Common } from './common.ts';

/** What Container Registry keeps. Resource Search is not asked for either. */
export type RegistryResource = ContainerRepo | ContainerImage;

export interface ContainerRepo extends Common {
  readonly type: 'ContainerRepo';
  readonly isPublic: boolean;
  timeLastPushed?: number;
}

/** One digest, under as many versions (tags) as point at it. Its display name is `repository:version`. */
export interface ContainerImage extends Common {
  readonly type: 'ContainerImage';
  readonly repositoryId: string;
  readonly repositoryName: string;
  /** `sha256:…` */
  readonly digest: string;
  /** The latest last. */
  versions: readonly ImageVersion[];
}

export interface ImageVersion {
  readonly version: string;
  readonly at: number;
}
