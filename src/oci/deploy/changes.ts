import type { Step } from '../../core/plan.ts';
import type { Observation, Receipt } from '../../core/verb.ts';
import { ifThere } from '../verbs.ts';
import { followed, type WorkFollower } from '../work-requests.ts';
import { carried, shapes } from './reading.ts';

/** A load balancer takes one change at a time. */
export function turn(step: Step): string {
  const { balancer } = carried(shapes.place, step);
  return `${step.target.region} ${balancer}`;
}

/**
 * Whether a change of a load balancer is there: by its work request while that tells, then by looking. Rejects with a
 * CloudError.
 */
export async function changed(
  { target: { region } }: Step,
  receipt: Receipt | undefined,
  work: WorkFollower,
  isThere: () => Promise<boolean>,
): Promise<Observation> {
  const request = receipt?.workRequest;
  const done = request ? await ifThere(work.get(region, request)) : undefined;
  const told = done && (await followed(done, () => work.errors(region, done.id)));
  if (told && told.state !== 'done') return { ...told, ...(told.state === 'running' ? { again: 500 } : {}) };
  if (await isThere()) return { state: 'done' };
  if (!receipt) return { state: 'absent' };
  return told
    ? { state: 'failed', because: 'somebody has changed it back' }
    : { state: 'running', note: 'not there yet' };
}
