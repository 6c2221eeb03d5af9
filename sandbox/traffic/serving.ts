import type { NetworkLoadBalancer } from '../oci/resources/network-balancers.ts';
import type { LoadBalancer } from '../oci/resources/resources.ts';
import type { Store } from '../oci/store.ts';
import type { Deadlines } from './deadlines.ts';
import type { Health } from './health.ts';
import type { Open } from './listeners.ts';
import type { Network } from './network.ts';
import type { Ports } from './ports.ts';

export type Served = LoadBalancer | NetworkLoadBalancer;

/** A load balancer of either kind at work. */
export interface Serving {
  readonly ocid: string;
  /** Undefined when it does not exist or does not serve. */
  readonly record: Served | undefined;
  readonly listeners: readonly Open[];
  /** Connections to the backend that are in use. */
  active(backend: string): number;
  /** Whether the set's backups have taken over for good: of network load balancers. */
  backupsRule?(set: string): boolean;
  /** Takes up what it is made of now. */
  follow(): void;
  /** A node has changed its mind about a backend: what is under way may have to end. */
  judge?(): void;
  /** As it was when it was made; connections stay. */
  reset(): void;
  ready(): Promise<void>;
  /** Everything is cut. */
  close(): void;
}

/** What all of them share. */
export interface Surroundings {
  readonly store: Store;
  readonly network: Network;
  readonly deadlines: Deadlines;
  readonly health: Health;
  readonly ports: Ports;
  reachedDeleted(): void;
  /** A client was answered: Monitoring is told. */
  answered(
    balancer: LoadBalancer,
    part: { readonly backendSet?: string; readonly listener: string },
    status: number,
  ): void;
  /** A listener has its address now, or is gone. */
  changed(): void;
}
