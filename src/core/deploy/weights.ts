/** What a backend's weight may be. Source: docs.oracle.com, load balancer, UpdateBackendDetails. */
const heaviest = 100;

/** The share of the traffic that `count` backends of weight `weight` get beside `others` of weight `other`. */
export function shareOf(count: number, weight: number, others: number, other: number): number {
  const all = count * weight + others * other;
  return all === 0 ? 0 : (count * weight) / all;
}

export interface Weights {
  /** Of each old backend, for the whole of the deploy. */
  readonly old: number;
  /** Of each new one, for each share. */
  readonly fresh: readonly number[];
}

/**
 * Weights that give the new backends shares as close to the wanted ones as whole numbers from 1 to 100 can, the
 * smallest ones of equally good. `wanted` is in (0, 1); there are `fresh[i]` new backends at the i-th share.
 */
export function weightsFor(
  wanted: readonly { readonly share: number; readonly count: number }[],
  others: number,
): Weights {
  let best = { old: 1, fresh: wanted.map(() => 1), error: Number.POSITIVE_INFINITY };
  for (let old = 1; old <= heaviest; old++) {
    const fresh = wanted.map(({ share, count }) => nearest(share, count, others * old));
    const errors = wanted.map(({ share, count }, at) =>
      Math.abs(shareOf(count, fresh[at] ?? 1, others, old) / share - 1),
    );
    const error = Math.max(0, ...errors);
    if (error < best.error - 1e-9) best = { old, fresh, error };
  }
  return { old: best.old, fresh: best.fresh };
}

function nearest(share: number, count: number, others: number): number {
  const exact = (share * others) / (count * (1 - share));
  return Math.min(heaviest, Math.max(1, Math.round(exact)));
}
