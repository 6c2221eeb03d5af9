import type { Common } from './common.ts';

/** A secret of a vault, with its content. Its display name is the secret's. */
export interface VaultSecret extends Common {
  readonly type: 'VaultSecret';
  readonly vaultId: string;
  /** The first one first; the last is CURRENT and LATEST, the one before it PREVIOUS. */
  versions: readonly SecretVersion[];
}

export interface SecretVersion {
  readonly number: number;
  /** As people write it, not encoded. */
  readonly content: string;
  readonly at: number;
}
