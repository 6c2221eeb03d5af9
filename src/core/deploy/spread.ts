import type { Spread } from './app.ts';
import type { Spot } from './scene.ts';
import type { Domain } from './survey.ts';

/**
 * Where each of so many instances is made: in every availability domain in turn, and within it in every fault domain in
 * turn; then, where the app allows it, everywhere else, other availability domains before other fault domains.
 */
export function spotsFor(
  count: number,
  domains: readonly Domain[],
  spread: Spread,
): readonly (readonly Spot[])[] {
  return Array.from({ length: count }, (_, at) => {
    const first = turned(domains, at);
    const round = domains.length > 0 ? Math.floor(at / domains.length) : 0;
    const inTurn = first.map((domain) => ({
      domain,
      faults: spread.faultDomains ? turned(domain.faultDomains, round) : [],
    }));
    const longest = Math.max(1, ...inTurn.map(({ faults }) => faults.length));
    const all = Array.from({ length: longest }, (_each, row) =>
      inTurn.flatMap(({ domain, faults }): Spot[] => {
        const faultDomain = faults[row];
        if (faultDomain !== undefined) return [{ availabilityDomain: domain.name, faultDomain }];
        return row === 0 ? [{ availabilityDomain: domain.name }] : [];
      }),
    ).flat();
    return spread.fallback ? all : all.slice(0, 1);
  });
}

function turned<T>(items: readonly T[], by: number): readonly T[] {
  const start = items.length > 0 ? by % items.length : 0;
  return [...items.slice(start), ...items.slice(0, start)];
}
