import type { Json } from '../json.ts';
import { newTarget, type PlanTarget } from '../plan.ts';
import type { FoundPlace, NewInstance, Scene } from './scene.ts';

/** What steps are made from. A retirement has no release. */
export type Setting = Pick<Scene, 'app' | 'old' | 'places' | 'fresh'> & Partial<Pick<Scene, 'release'>>;

/** The name of the step that makes it: others act on what it made. */
export function makes({ name }: Pick<NewInstance, 'name'>): string {
  return `container-instance.create ${name}`;
}

/** An instance that is not there yet. */
export function unmade({ app: { region, compartment } }: Setting, name: string): PlanTarget {
  return newTarget({ kind: 'container-instance', name, region, compartment });
}

/** Where a step about backends acts. */
export function whereOf({ kind, balancer, set }: FoundPlace): { readonly [key: string]: Json } {
  return { kind, balancer: balancer.ocid, in: balancer.name, set };
}
