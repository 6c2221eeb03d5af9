import type { Version } from '../core/deploy/history.ts';

/** What a line says of a deploy. */
export interface Wish {
  readonly app: string;
  /** An image, or only a tag or digest of the app's own: `1.4.2`. */
  readonly image?: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly strategy?: string | undefined;
  /** What it brings back. */
  readonly back?: Version;
}
