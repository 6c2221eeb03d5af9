import type { Json } from '../json.ts';
import type { PlanTarget } from '../plan.ts';
import type { Target } from '../target.ts';
import type { App, BalancerFinder, NewSet } from './app.ts';
import type { Release } from './release.ts';

/** All that a deploy is planned from: what it is to be, and what there is. */
export interface Scene {
  readonly app: App;
  readonly release: Release;
  readonly old: readonly OldInstance[];
  readonly places: readonly FoundPlace[];
  /** Backends in them that are nobody's whom the file names. */
  readonly strangers: readonly OtherBackend[];
  /** What is to be made, one for each replica. */
  readonly fresh: readonly NewInstance[];
  readonly before?: NewInstance;
  readonly after?: NewInstance;
}

export interface NewInstance {
  readonly name: string;
  /** Where it is made, and where else if there is no room. */
  readonly spots: readonly Spot[];
  /** CreateContainerInstanceDetails, all but its place and its secrets. */
  readonly details: Json;
  /** Which environment values are read from Vault when it is made. */
  readonly secrets: readonly { readonly container: number; readonly key: string; readonly ocid: string }[];
}

export interface Spot {
  readonly availabilityDomain: string;
  readonly faultDomain?: string;
}

/** An instance that the new ones replace. */
export interface OldInstance {
  readonly target: PlanTarget;
  readonly ip?: string;
  readonly backends: readonly OldBackend[];
}

/** A backend as it was, which is what undoing brings back. */
export interface OldBackend {
  /** Of FoundPlace, by its index. */
  readonly place: number;
  /** `10.0.0.3:8080`. */
  readonly name: string;
  readonly port: number;
  readonly weight: number;
  readonly backup: boolean;
  readonly drain: boolean;
  readonly offline: boolean;
  readonly maxConnections?: number;
}

/** A backend in the app's places that is at none of its instances. */
export interface OtherBackend
  extends Pick<OldBackend, 'place' | 'name' | 'weight' | 'drain' | 'offline' | 'backup'> {
  /** What has its address. */
  readonly at?: {
    readonly name: string;
    /** Where that is a container instance of the app's compartment. */
    readonly instance?: Target;
  };
  /** Nothing is at its address, as far as can be seen. */
  readonly isDeserted: boolean;
}

/** A place with the load balancer that was found for it. */
export interface FoundPlace {
  readonly kind: BalancerFinder['kind'];
  readonly balancer: { readonly ocid: string; readonly name: string };
  readonly set: string;
  readonly port: number;
  /** Of new backends. */
  readonly weight: number;
  readonly policy: string;
  /** What its health checker takes to be sure: interval × retries, in ms. */
  readonly sure: number;
  /** The longest that a listener of the set lets a connection rest, in ms; 0 where none leads to it. */
  readonly idle: number;
  /** What of it is missing: made before the first backend is added. */
  readonly missing?: MissingParts;
}

/** At least one of them. */
export interface MissingParts {
  readonly set?: Pick<NewSet, 'policy' | 'checker'>;
  readonly listener?: NonNullable<NewSet['listener']>;
}
