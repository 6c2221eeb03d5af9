import { planTarget, type Step } from './plan.ts';
import type { Target } from './target.ts';

/**
 * The step that puts right the load balancers' backends of a resource that may have come back at another
 * private address than `from`. None where the kind keeps its address, or the one before is not known.
 */
export function repointSteps(target: Target, from: string | undefined, within: number): readonly Step[] {
  if (target.kind !== 'container-instance' || from === undefined) return [];
  return [
    {
      name: `backend.repoint ${target.ocid}`,
      verb: 'backend.repoint',
      target: planTarget(target),
      within,
      with: { from },
    },
  ];
}
