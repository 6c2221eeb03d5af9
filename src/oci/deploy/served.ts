import { isServing } from '../../core/deploy/standing.ts';
import type { Results, Verbs } from '../../core/verb.ts';
import { unless } from '../acting/verbs.ts';
import type { Balancer, BalancerBackend, BalancersByKind } from './balancers.ts';
import { carried, type Guard, shapes } from './reading.ts';

/** Whether enough of an app's own backends are in traffic and well. */

/** Between looks, in ms. */
const look = 2_000;

/**
 * Waits until so many of the new backends are well in each place, before the old ones are deleted: from there on nothing
 * can be taken back.
 */
export function servedVerbs(balancers: BalancersByKind): Verbs {
  return {
    'deploy.served': {
      label: 'Check that enough are healthy',
      permission: 'LOAD_BALANCER_READ',
      waits: true,
      act: async () => ({}),
      observe: (step, _receipt, { results, signal }) =>
        unless(signal, async () => {
          const { places } = carried(shapes.served, step);
          const { region } = step.target;
          const seen = await Promise.all(
            places.map(async ({ kind, balancer: ocid, in: balancer, set, ...guard }) => {
              const [{ sets }, unwell] = await Promise.all([
                balancers[kind].get(region, ocid),
                balancers[kind].unwell({ region, ocid, set }),
              ]);
              const left = countServing(ownNames(guard, results), sets[set]?.backends ?? [], unwell);
              return { said: `${left} of ${set} in ${balancer}`, isEnough: left >= guard.minimum, guard };
            }),
          );
          const few = seen.find(({ isEnough }) => !isEnough);
          if (!few) return { state: 'done', note: seen.map(({ said }) => said).join(', ') };
          const note = `only ${few.said} are well and in traffic, and ${few.guard.minimum} have to be`;
          return { state: 'running', note, again: look };
        }),
    },
  };
}

/** Names of the backends that were the app's, and of those at the addresses of what was made. */
export function ownNames({ own, made, port }: Guard, results: Results | undefined): ReadonlySet<string> {
  const fresh = made.flatMap((name) => ipIn(results?.get(name)) ?? []).map((ip) => `${ip}:${port}`);
  return new Set([...own, ...fresh]);
}

/** How many of those take traffic, and are not among the unwell. */
export function countServing(
  own: ReadonlySet<string>,
  backends: readonly BalancerBackend[],
  unwell: readonly string[],
): number {
  return backends.filter((each) => own.has(each.name) && isServing(each) && !unwell.includes(each.name))
    .length;
}

export function ipIn(made: unknown): string | undefined {
  const ip = typeof made === 'object' && made !== null && 'ip' in made ? made.ip : undefined;
  return typeof ip === 'string' ? ip : undefined;
}

/** Its service still tells of it, and takes no change any more. */
export function isDeleted({ state }: Pick<Balancer, 'state'>): boolean {
  return ['DELETING', 'DELETED'].includes(state);
}
