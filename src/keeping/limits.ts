import type { Look } from '../command.ts';
import { showDuration } from '../core/duration.ts';
import { Refusal } from '../core/refusal.ts';
import type { Policy } from '../core/schedule/model.ts';
import { showMoment } from '../core/schedule/until.ts';
import type { Target } from '../core/target.ts';
import { stopped } from '../core/text.ts';

/** What cannot be kept, or not for so long. */

/** What no policy is about is kept for so long at most, in milliseconds. */
const longestFree = 92 * 86_400_000;

export interface Run {
  readonly target: Target;
  readonly because: string;
}

/** What somebody else runs, a pool or a scheduler, would go its way whatever is said of it. */
export async function ownersOf(
  { cloud }: Pick<Look, 'cloud'>,
  targets: readonly Target[],
): Promise<{ readonly free: readonly Target[]; readonly run: readonly Run[] }> {
  const { by } = await cloud.controllers();
  const ownerOf = ({ managedBy, ocid }: Target) => managedBy ?? by.get(ocid);
  return {
    free: targets.filter((target) => ownerOf(target) === undefined),
    run: targets.flatMap((target) => {
      const owner = ownerOf(target);
      return owner === undefined ? [] : [{ target, because: `${owner} decides when it runs` }];
    }),
  };
}

export function refuseRun(
  free: readonly Target[],
  [first, ...more]: readonly Run[],
  want: 'on' | 'off',
): void {
  if (free.length > 0 || !first) return;
  const { target, because } = first;
  const others = more.length > 0 ? ` So it is with ${more.length} more.` : '';
  throw new Refusal(
    `I cannot keep ${target.name} ${want}: ${stopped(because)}${others}`,
    'Keep what decides in its place, or change it there.',
  );
}

export interface Held {
  readonly target: Target;
  readonly policies: readonly Policy[];
}

export function refuseTooLong(now: number, held: readonly Held[], until: number): void {
  const free = held.find(({ policies }) => policies.length === 0);
  if (free && until - now > longestFree)
    throw new Refusal(
      `No policy is about ${free.target.name}, and without one a keep holds for ${showDuration(longestFree)} at most.`,
      'Name a nearer moment; it can be said again.',
    );
  const limits = held.flatMap(({ target, policies }) => policies.map((policy) => ({ target, policy })));
  const strict = limits
    .filter(({ policy }) => until - now > policy.longestKeep)
    .sort((a, b) => a.policy.longestKeep - b.policy.longestKeep)[0];
  if (!strict) return;
  const { name, longestKeep, timetable } = strict.policy;
  throw new Refusal(
    `The policy ${name} lets ${strict.target.name} be kept for ${showDuration(longestKeep)} at most.`,
    `Until ${showMoment(now + longestKeep, timetable.zone)} is the longest now; it can be said again later.`,
  );
}

export function refuseProtected(held: readonly Held[]): void {
  for (const { target, policies } of held) {
    const policy = policies.find(({ protects }) => protects);
    if (policy)
      throw new Refusal(
        `The policy ${policy.name} (${policy.place}) says that ${target.name} never stops.`,
        'Leave it out, or have the policy changed.',
      );
  }
}
