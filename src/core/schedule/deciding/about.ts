import type { Target } from '../../target.ts';
import { policiesOf } from '../meaning.ts';
import type { Policy } from '../model.ts';
import type { Situation } from './situation.ts';

/**
 * Every policy that is about a resource, and what stands in its tags: after what protects it and before everything
 * else, as `Rules` weighs them.
 */
export function policiesAbout(
  { policies, tags }: Pick<Situation, 'policies' | 'tags'>,
  target: Target,
): readonly Policy[] {
  const written = policiesOf(policies, target);
  const reading = tags?.read(target);
  if (!tags || !reading) return written;
  const own = 'value' in reading ? { ...tags.policy, timetable: reading.value } : tags.policy;
  return [...written.filter(({ protects }) => protects), own, ...written.filter(({ protects }) => !protects)];
}
