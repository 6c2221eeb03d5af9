import type { models } from 'oci-resourcescheduler';
import type { Target } from '../../core/target.ts';
import type { Tree } from './tree.ts';

/** What is known of a target beyond itself: its type's name in Resource Search, and the compartments. */
interface Known {
  readonly type: string;
  readonly tree: Tree;
}

/**
 * Whether the filters of a Resource Scheduler schedule mean the target: all of them, each by any of its
 * values. States are not looked at, since the target will be in each of them some day; what cannot be
 * told from here, such as the time of creation, counts as meant, so that the bot rather keeps its hands off.
 */
export function means(filters: readonly models.ResourceFilter[], target: Target, known: Known): boolean {
  return filters.every((filter) => meansOne(filter, target, known));
}

function meansOne(filter: models.ResourceFilter, target: Target, { type, tree }: Known): boolean {
  if (isCompartment(filter)) {
    const { value = '', shouldIncludeChildCompartments: below = false } = filter;
    return target.compartment.ocid === value || (below && tree.isBelow(target.compartment.ocid, value));
  }
  if (isType(filter)) return (filter.value ?? []).some((each) => letters(each) === letters(type));
  if (isTags(filter))
    return (filter.value ?? []).some(
      ({ namespace, tagKey, value }) => target.tags[`${namespace}.${tagKey}`] === value,
    );
  return true;
}

function isCompartment(filter: models.ResourceFilter): filter is models.CompartmentIdResourceFilter {
  return filter.attribute === 'COMPARTMENT_ID';
}

function isType(filter: models.ResourceFilter): filter is models.ResourceTypeResourceFilter {
  return filter.attribute === 'RESOURCE_TYPE';
}

function isTags(filter: models.ResourceFilter): filter is models.DefinedTagsResourceFilter {
  return filter.attribute === 'DEFINED_TAGS';
}

/** Types are written as `AutonomousDatabase`, `autonomous_database` and `autonomous-database`. */
function letters(type: string): string {
  return type.toLowerCase().replace(/[^a-z0-9]/g, '');
}
