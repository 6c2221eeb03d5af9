import { failedStep } from '../describe-deploy.ts';
import type { Operation } from '../operation.ts';
import type { Target } from '../target.ts';
import { ocidIn } from '../way-back.ts';

/** More logs than of so many instances nobody reads. */
const most = 3;

/**
 * The new instances that may say why a deploy does not get on: the one that its failed step is about or, where that
 * only watched, all of them. None where nothing failed, or nothing was made.
 */
export function suspectsOf(operation: Operation): readonly Target[] {
  const failed = failedStep(operation);
  if (!failed) return [];
  const { step } = failed;
  const made: readonly unknown[] = Array.isArray(step.with?.made) ? step.with.made : [];
  const makers = made.length > 0 ? made : [step.of ?? step.name];
  return operation.steps
    .filter(({ step: { name } }) => makers.includes(name))
    .flatMap(({ step: { target }, receipt, result }): readonly Target[] => {
      const ocid = ocidIn(result) ?? receipt?.made;
      if (ocid === undefined) return [];
      const { kind, name, region, state, compartment } = target;
      return [{ kind, ocid, name, region, state, compartment: { ocid: '', path: compartment }, tags: {} }];
    })
    .slice(0, most);
}
