import type { Details, Fresh } from '../core/cloud.ts';
import type { Kind, Tags, Target } from '../core/target.ts';
import type { Verbs } from '../core/verb.ts';

/** A resource as its own service gives it, before its compartment has a path. */
export interface Seen extends Omit<Fresh, 'compartment'> {
  readonly compartmentId: string;
}

/** What one kind of resource is to the reader and the engine. One file each; the list is in adapters.ts. */
export interface Adapter {
  readonly kind: Kind;
  /**
   * The resource type's name in Resource Search, in small letters. Where Search does not know it, which it is
   * asked for in every region, each compartment is listed instead; so it is when there is no name.
   */
  readonly searchType?: string;
  /** The second part of its OCIDs. */
  readonly ocidType: string;
  /** Other second parts that are of this kind too. */
  readonly ocidTypes?: readonly string[];
  /** Every one in the compartment itself, gone ones included. */
  list(region: string, compartmentId: string): Promise<readonly Seen[]>;
  /** Where one list tells the states of all in a compartment, for looking at many at once. */
  readonly roll?: Roll;
  /** The one, with its etag. Rejects with a CloudError 404 when it is not there or not visible. */
  get(region: string, ocid: string): Promise<Seen>;
  /** What its verbs need to tell before from after, beyond the etag. */
  facts?(seen: Seen): Promise<NonNullable<Fresh['facts']>>;
  /** What is worth showing beyond the Target. */
  details(target: Target): Promise<Details>;
  readonly verbs: Verbs;
  /** The IAM statement for all of this, without its subject: `use instances in tenancy`. */
  readonly grant: string;
}

/** The acts whose end is a state, which a list shows as well as the resource itself. */
export type ListedAct = 'start' | 'stop';

export interface Roll {
  /** Those of its acts that are over when their end is listed. */
  readonly acts: readonly ListedAct[];
  /** Instead of the adapter's own list, where that makes calls for each. */
  list?(region: string, compartmentId: string): Promise<readonly Seen[]>;
}

interface Tagged {
  readonly freeformTags?: { readonly [key: string]: string };
  readonly definedTags?: { readonly [namespace: string]: { readonly [key: string]: unknown } };
}

/** Freeform tags by key, defined ones as `Namespace.Key`. */
export function tagsOf({ freeformTags = {}, definedTags = {} }: Tagged): Tags {
  const defined = Object.entries(definedTags).flatMap(([namespace, tags]) =>
    Object.entries(tags).map(([key, value]) => [`${namespace}.${key}`, String(value)] as const),
  );
  return { ...Object.fromEntries(defined), ...freeformTags };
}
