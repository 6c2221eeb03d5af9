import fc from 'fast-check';
import { expect, test } from 'vitest';
import { spotsFor } from '../../../src/core/deploy/spread.ts';
import { shareOf, weightsFor } from '../../../src/core/deploy/weights.ts';

test('weights are whole numbers that OCI takes, and no others come closer to a single share', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 99 }),
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 1, max: 10 }),
      (per, count, others) => {
        const share = per / 100;
        const {
          old,
          fresh: [weight = 0],
        } = weightsFor([{ share, count }], others);
        for (const each of [old, weight]) {
          expect(Number.isInteger(each)).toBe(true);
          expect(each).toBeGreaterThanOrEqual(1);
          expect(each).toBeLessThanOrEqual(100);
        }
        const off = (w: number, o: number) => Math.abs(shareOf(count, w, others, o) - share);
        const best = off(weight, old);
        for (let w = 1; w <= 100; w += 3)
          for (let o = 1; o <= 100; o += 3) expect(off(w, o)).toBeGreaterThan(best - 1e-9);
      },
    ),
    { numRuns: 50 },
  );
});

test('a quarter beside three takes no change of the old ones', () => {
  expect(weightsFor([{ share: 0.25, count: 1 }], 3)).toEqual({ old: 1, fresh: [1] });
});

test('instances are made in every domain in turn, and everywhere else where one has no room', () => {
  const domains = ['AD-1', 'AD-2'].map((name) => ({ name, faultDomains: ['FD-1', 'FD-2'] }));
  const shown = (fallback: boolean) =>
    spotsFor(3, domains, { domains: [], faultDomains: true, fallback }).map((spots) =>
      spots.map(({ availabilityDomain, faultDomain }) => `${availabilityDomain} ${faultDomain}`),
    );
  expect(shown(false)).toEqual([['AD-1 FD-1'], ['AD-2 FD-1'], ['AD-1 FD-2']]);
  expect(shown(true)[1]).toEqual(['AD-2 FD-1', 'AD-1 FD-1', 'AD-2 FD-2', 'AD-1 FD-2']);
});
