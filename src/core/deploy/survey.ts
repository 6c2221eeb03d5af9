import type { Target } from '../target.ts';
import type { App } from './app.ts';
import type { Room } from './room.ts';
import type { FoundPlace, OldInstance, OtherBackend } from './scene.ts';
import type { Serving } from './serving.ts';

/** What there is of an app and around it, as it was just read. */
export interface Survey {
  /** Of the app's compartment. */
  readonly compartmentId: string;
  /** OCIDs of subnets, by what the app calls them. */
  readonly subnets: Readonly<Record<string, string>>;
  /** Those that the app may be in. */
  readonly domains: readonly Domain[];
  /** What limits and quotas leave for its shape, by the names of domains; absent where that is not known. */
  readonly room: Readonly<Record<string, Room>>;
  readonly old: readonly OldInstance[];
  /** The old ones, as rules judge them. */
  readonly targets: readonly Target[];
  readonly places: readonly FoundPlace[];
  /** Backends in them that are at none of the old ones. */
  readonly others: readonly OtherBackend[];
  /** Those of the faults for which it cannot be told where the old ones stand. */
  readonly unclear: readonly string[];
  /** Why it cannot be deployed as things are; a sentence each. */
  readonly faults: readonly string[];
  /** Backends of which it cannot be told whose they are; a sentence each. They are among the doubts too. */
  readonly unseen: readonly string[];
  /** What is worth knowing before it is approved; a sentence each. */
  readonly doubts: readonly string[];
}

export interface Domain {
  /** `Uocm:EU-FRANKFURT-1-AD-1`. */
  readonly name: string;
  readonly faultDomains: readonly string[];
}

/** An image as its registry has it now. */
export interface FoundImage {
  /** As it is pulled: with its digest where that is known. */
  readonly pinned: string;
  readonly digest?: string;
  /** In a registry that cannot be asked: its tag may move unseen. */
  readonly isForeign: boolean;
}

/** What planning a deploy and telling of an app read. Every method rejects with a CloudError. */
export interface DeployReader {
  /** Throws a Refusal where the file names what is not there: a compartment, a subnet, a domain. */
  survey(app: App): Promise<Survey>;
  /** Throws a Refusal where the file names a compartment that is not there. */
  serving(app: App): Promise<Serving>;
  /** What the first container of each instance was made with; undefined where it is gone or may not be read. */
  imagesOf(instances: readonly Pick<Target, 'region' | 'ocid'>[]): Promise<readonly (string | undefined)[]>;
  /** Undefined where the registry knows no such image. */
  image(url: string): Promise<FoundImage | undefined>;
  /** Newest first; none where the registry cannot be asked. */
  tags(url: string): Promise<readonly { readonly tag: string; readonly pushedAt: number }[]>;
}
