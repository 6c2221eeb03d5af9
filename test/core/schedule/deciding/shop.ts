import type { Policy } from '../../../../src/core/schedule/model.ts';
import type { Target } from '../../../../src/core/target.ts';
import { policy, resource } from '../policies.ts';
import { timetable } from '../reading.ts';
import { on, World } from '../world.ts';

/** 07:30 and 20:00 there are 06:30 and 19:00 UTC. */
export const office = timetable('Mon-Fri 07:30-20:00 Europe/Amsterdam');
export const shop = (other: Partial<Policy> = {}) =>
  policy('shop', ['env=dev'], { timetable: office, ...other });
export const web = (other: Partial<Target> = {}) => resource('web-1', { env: 'dev' }, other);

/** Seen first on Wednesday at noon, while it ran. */
export function seen(policies: readonly Policy[] = [shop()], target = web(), at = '25T12:00'): World {
  const world = new World(policies, target);
  world.look(on(at));
  return world;
}
