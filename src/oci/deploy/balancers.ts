import type { BalancerFinder, NewSet } from '../../core/deploy/app.ts';
import type { HealthSeen } from '../../core/deploy/health.ts';
import type { MissingParts } from '../../core/deploy/scene.ts';
import type { Standing } from '../../core/deploy/standing.ts';
import type { Receipt } from '../../core/verb.ts';
import type { WorkFollower } from '../acting/work-requests.ts';
import type { Lasting } from './lasting.ts';

/** A load balancer or a network load balancer, in what a deploy does with either. */
export interface Balancers {
  /** Those of the compartment. Rejects with a CloudError. */
  list(region: string, compartmentId: string): Promise<readonly Balancer[]>;
  /** Rejects with a CloudError, 404 when it is gone or not visible. */
  get(region: string, ocid: string): Promise<Balancer>;
  /**
   * What the nodes say of one backend; undefined where the service does not know it yet (404), which it does not while
   * it is being created. Rejects with a CloudError.
   */
  health(at: BackendPlace): Promise<HealthSeen | undefined>;
  /** Names of the backends of a set of which it does not say OK. Rejects with a CloudError. */
  unwell(at: Omit<BackendPlace, 'name'>): Promise<readonly string[]>;
  /** One change each, with the etag that it was read with. Rejects with a CloudError. */
  add(at: Omit<BackendPlace, 'name'>, backend: NewBackend, change: Changing): Promise<Receipt>;
  set(at: BackendPlace, standing: Standing, change: Changing): Promise<Receipt>;
  remove(at: BackendPlace, change: Changing): Promise<Receipt>;
  addSet(at: PartPlace, set: NonNullable<MissingParts['set']>, change: Changing): Promise<Receipt>;
  removeSet(at: PartPlace, change: Changing): Promise<Receipt>;
  /** One that leads to the set. */
  addListener(at: PartPlace, leads: Leading, change: Changing): Promise<Receipt>;
  removeListener(at: PartPlace, change: Changing): Promise<Receipt>;
  /** How long a listener of the protocol lets a connection rest where it does not say, in ms. */
  usualIdle(protocol: string): number;
  /** Its work requests, with their errors in them. */
  readonly work: WorkFollower;
  /** How long its changes took. */
  readonly lasting: Lasting;
}

export type BalancersByKind = Readonly<Record<BalancerFinder['kind'], Balancers>>;

export interface BackendPlace {
  readonly region: string;
  readonly ocid: string;
  readonly set: string;
  /** `10.0.0.3:8080`. */
  readonly name: string;
}

/** A backend set or a listener, by its name. */
export interface PartPlace {
  readonly region: string;
  readonly ocid: string;
  readonly name: string;
}

export interface Leading extends Omit<NonNullable<NewSet['listener']>, 'name'> {
  readonly set: string;
}

export interface NewBackend extends Standing {
  readonly ip: string;
  readonly port: number;
}

export interface Changing {
  /** opc-retry-token. */
  readonly token: string;
  readonly etag: string | undefined;
  readonly signal: AbortSignal;
}

export interface Balancer {
  readonly ocid: string;
  readonly name: string;
  readonly state: string;
  readonly compartmentId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly etag: string | undefined;
  readonly sets: Readonly<Record<string, BalancerSet>>;
  readonly listeners: readonly {
    readonly name: string;
    readonly set: string;
    readonly port: number;
    readonly protocol: string;
    readonly idle: number;
  }[];
}

export interface BalancerSet {
  readonly policy: string;
  /** Of its health checker, in ms. */
  readonly interval: number;
  readonly retries: number;
  readonly backends: readonly BalancerBackend[];
}

export interface BalancerBackend extends Standing {
  readonly name: string;
  readonly ip: string;
  readonly port: number;
}
