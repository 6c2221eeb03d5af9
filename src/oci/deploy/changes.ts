import type { Step } from '../../core/plan.ts';
import type { Observation, Receipt } from '../../core/verb.ts';
import { ifThere } from '../acting/verbs.ts';
import { followed } from '../acting/work-requests.ts';
import type { Balancers } from './balancers.ts';
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
  step: Step,
  receipt: Receipt | undefined,
  { work, lasting, elapsed }: Pick<Balancers, 'work' | 'lasting'> & { readonly elapsed: number },
  isThere: () => Promise<boolean>,
): Promise<Observation> {
  const { region } = step.target;
  const request = receipt?.workRequest;
  const done = request ? await ifThere(work.get(region, request)) : undefined;
  const told = done && (await followed(done, () => work.errors(region, done.id)));
  const { balancer } = carried(shapes.place, step);
  if (told?.state === 'running') return { ...told, again: lasting.next(balancer, elapsed) };
  if (told?.state === 'done') lasting.ended(balancer, elapsed);
  else if (told) return told;
  if (await isThere()) return { state: 'done' };
  if (!receipt) return { state: 'absent' };
  return told
    ? { state: 'failed', because: 'somebody has changed it back' }
    : { state: 'running', note: 'not there yet' };
}
