import type { OldBackend, OldInstance } from './scene.ts';

/** Flags and weight of a backend, as a step sets them. */
export type Standing = Pick<OldBackend, 'weight' | 'backup' | 'drain' | 'offline' | 'maxConnections'>;

/** Its backend is there, and nothing behind it. */
export function isStopped({ target }: Pick<OldInstance, 'target'>): boolean {
  return ['INACTIVE', 'FAILED'].includes(target.state);
}

/** Takes its share of the traffic. */
export function isServing({
  drain,
  offline,
  backup,
}: Pick<OldBackend, 'drain' | 'offline' | 'backup'>): boolean {
  return !drain && !offline && !backup;
}
