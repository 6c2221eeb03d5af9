import type { Target } from '../target.ts';
import type { FoundPlace, OldBackend } from './scene.ts';
import { isServing } from './standing.ts';

/** OK: all nodes agree. WARNING: one of two does. Source: docs.oracle.com, load balancer, BackendHealth. */
export type BackendHealth = 'OK' | 'WARNING' | 'CRITICAL' | 'UNKNOWN';

/** How an app serves now, as it was just read. */
export interface Serving {
  /** By name; those that failed too. */
  readonly instances: readonly ServingInstance[];
  readonly places: readonly FoundPlace[];
  /** Backends in these places whose instance is not among them: somebody else's, or left behind. */
  readonly others: readonly Pick<OldBackend, 'place' | 'name'>[];
  /** Why it cannot be told how they stand behind their load balancers; a sentence each. */
  readonly faults: readonly string[];
}

export interface ServingInstance {
  readonly target: Target;
  /**
   * Of its first container, as it was made: `fra.ocir.io/lamplight/store@sha256:…`. Absent where it is gone or may not
   * be read.
   */
  readonly image?: string;
  readonly backends: readonly ServingBackend[];
}

export interface ServingBackend extends OldBackend {
  /** Absent where the load balancer does not know it yet, or may not be asked. */
  readonly health?: BackendHealth;
}

/** Whether it is up, and in traffic and healthy in every place; where the app has no places, whether it is up. */
export function serves({ target, backends }: ServingInstance, { places }: Pick<Serving, 'places'>): boolean {
  const isIn = (at: number) =>
    backends.some((each) => each.place === at && isServing(each) && each.health === 'OK');
  return target.state === 'ACTIVE' && places.every((_place, at) => isIn(at));
}
