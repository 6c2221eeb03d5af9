import type { Clock } from '../../core/clock.ts';
import type { Step } from '../../core/plan.ts';
import type { Observation, Verb } from '../../core/verb.ts';
import { ifThere, unless } from '../acting/verbs.ts';
import type { BalancersByKind } from './balancers.ts';
import { carried, shapes } from './reading.ts';

export interface CheckGround {
  readonly clock: Clock;
  readonly balancers: BalancersByKind;
  /** What the image is now; undefined where its registry does not say. Rejects with a CloudError. */
  readonly digestOf: (url: string) => Promise<string | undefined>;
}

/**
 * Whether all is as it was when the deploy was planned: a tag that was moved between approval and run means another
 * image than the one that was approved.
 */
export function checkVerb({ balancers, digestOf, clock }: CheckGround): Verb {
  return {
    label: 'Check',
    permission: 'LOAD_BALANCER_READ',
    act: async () => ({}),
    observe: (step, _receipt, { signal }) => unless(signal, () => look(step)),
  };

  async function look(step: Step): Promise<Observation> {
    const { image, digest, places } = carried(shapes.check, step);
    const now = image === undefined ? undefined : await digestOf(image);
    if (digest !== undefined && now !== digest)
      return {
        state: 'failed',
        because: now
          ? `The tag was moved: ${image} is ${short(now)} now, and ${short(digest)} was approved. Plan it again.`
          : `${image} is no longer there. Plan it again.`,
      };
    for (const place of places) {
      const balancer = await ifThere(balancers[place.kind].get(step.target.region, place.balancer));
      const set = balancer?.sets[place.set];
      if (balancer && place.isMissing && !set) continue;
      if (place.isMissing && set)
        return {
          state: 'failed',
          because: `${place.set} of ${place.name} was made since this was planned. Plan it again.`,
        };
      if (!balancer || !set)
        return { state: 'failed', because: `${place.set} of ${place.name} is gone. Plan it again.` };
      for (const { name, weight, drain, offline, backup } of place.backends) {
        const found = set.backends.find((each) => each.name === name);
        const isSame =
          found?.weight === weight &&
          found.drain === drain &&
          found.offline === offline &&
          found.backup === backup;
        if (!isSame)
          return {
            state: 'failed',
            because: `Backend ${name} of ${place.set} in ${place.name} was ${found ? 'changed' : 'removed'} since this was planned. Plan it again.`,
          };
      }
    }
    return {
      state: 'done',
      ...(image === undefined
        ? {}
        : { note: digest ? short(digest) : 'its registry cannot be asked for a digest' }),
      // what clients see from now on may be this deploy's
      result: { at: clock.now() },
    };
  }
}

function short(digest: string): string {
  return `${digest.slice(0, 19)}…`;
}
