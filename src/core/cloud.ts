import type { DeployReader } from './deploy/survey.ts';
import type { Json } from './json.ts';
import type { PlanTarget } from './plan.ts';
import type { Spend } from './rates.ts';
import type { Selector } from './selector.ts';
import type { Kind, Target } from './target.ts';

/** A target with the entity tag that its own service gave: what `if-match` is sent with. */
export interface Fresh extends Target {
  readonly etag?: string;
  /** What a verb needs to tell before from after, such as the time of the last start. */
  readonly facts?: { readonly [key: string]: Json };
}

export interface Found {
  readonly targets: readonly Target[];
  /** Regions that could not be asked, with the reason. A list says so; a change refuses. */
  readonly missing: readonly { readonly region: string; readonly because: string }[];
}

/** How a resource is now, by a list that shows many; `fresh` where it was read by itself. */
export interface Glimpse {
  readonly target: Target;
  readonly fresh?: Fresh;
}

/**
 * Whether a resource is as a card says, in as few calls as can be where many are asked about at once. Undefined when it
 * is gone or not visible. Rejects with a CloudError.
 */
export type Glance = (target: PlanTarget) => Promise<Glimpse | undefined>;

/** What a person sees of one resource beyond its Target, label by label. */
export type Details = readonly { readonly label: string; readonly value: string }[];

/** The read-only view of the cloud: all that a command gets while it plans. */
export interface CloudReader {
  /** What the selector matches, sorted by name. Eventually consistent in who exists, current in state. */
  find(selector: Selector): Promise<Found>;
  /** The resource as its own service has it now, or undefined when it is gone or not visible (404). */
  read(target: {
    readonly kind: Kind;
    readonly ocid: string;
    readonly region: string;
  }): Promise<Fresh | undefined>;
  /** Everything worth showing about one resource. */
  inspect(target: Target): Promise<Details>;
  /** Names that exist, for "did you mean" and type-ahead. May be some minutes old. */
  names(): Promise<readonly Target[]>;
  /**
   * What else decides when resources run, by OCID, as OCI itself tells it: an autoscaling configuration,
   * a Resource Scheduler schedule, a cluster autoscaler. "Resource Scheduler schedule nightly". May be
   * some minutes old. What may not be read is left out, and named in `missing`.
   */
  controllers(): Promise<Controllers>;
  /**
   * What being up costs, from what was billed in the last days: half a day old at the most. Undefined
   * where the bot may not read usage, or where there was none.
   */
  spend(): Promise<Spend | undefined>;
  /** The latest log text of each container in a container instance. */
  logs(target: Target, options: { readonly previous: boolean }): Promise<readonly ContainerLog[]>;
  /** What planning a deploy and telling of an app read. */
  readonly deploys: DeployReader;
  /** For `doctor`: one probe for each thing the bot needs to be allowed, in OCI's policy words. */
  probes(): readonly Probe[];
}

export interface Controllers {
  readonly by: ReadonlyMap<string, string>;
  readonly missing: readonly { readonly region: string; readonly because: string }[];
}

export interface ContainerLog {
  readonly container: string;
  readonly text: string;
}

export interface Probe {
  /** "Read instances in eu-frankfurt-1". */
  readonly name: string;
  /** The IAM statement that grants it. */
  readonly grant: string;
  /** Resolves with a short finding, rejects with a CloudError. */
  run(): Promise<string>;
}
