import type { Json } from '../json.ts';

/** One version of an app as it was deployed, with all that it takes to bring it back. */
export interface Release {
  readonly app: string;
  /** 1, 2, 3 …; the next one is one more than the last that was begun. */
  readonly version: number;
  /** As it was asked for: `fra.ocir.io/lamplight/shop-api:1.4.2`. */
  readonly image: string;
  /** `sha256:…`; absent where the registry could not be asked. */
  readonly digest?: string;
  /** What ran before it. Version 0 was not deployed through the bot; its digest is what its tag meant then. */
  readonly replaces?: { readonly version: number; readonly image: string; readonly digest?: string };
  /** The version that it brings back, where it is a rollback: 0 as in `replaces`. */
  readonly back?: number;
  /** What was set by the line, over what the file says. */
  readonly environment: Readonly<Record<string, string>>;
  /** `rolling`, `canary 5 % 10m, 100 %`. */
  readonly strategy: string;
  /** The App that it was made of, so that it can be brought back as it was. */
  readonly made: Json;
}

/** A release with what came of it. */
export interface Released extends Release {
  /** `op-81`. */
  readonly operation: string;
  /** Who asked for it, an actor's id. */
  readonly by: string;
  readonly at: number;
  /** The operation's status; absent while it runs. */
  readonly outcome?: string;
  readonly finishedAt?: number;
}
