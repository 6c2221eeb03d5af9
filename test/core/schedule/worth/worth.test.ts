import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Kind, kinds } from '../../../../src/core/kinds/all.ts';
import type { Rates } from '../../../../src/core/schedule/worth/rates.ts';
import { pricesOf, worth } from '../../../../src/core/schedule/worth/worth.ts';
import type { Target } from '../../../../src/core/target.ts';
import { resource } from '../policies.ts';

const rates: Rates = {
  currency: 'EUR',
  usage: false,
  perHour: {
    instance: { ocpu: 0.03, memoryGb: 0.002 },
    'node-pool': { ocpu: 0.03 },
    postgresql: { ocpu: 0.1, memoryGb: 0.002 },
    analytics: { olpu: 1, users: 0.2 },
    'load-balancer': { loadBalancer: 0.01, mbps: 0.0001 },
    'vm-cluster': { ecpu: 0.3 },
  },
};
const configured = pricesOf(rates, undefined);
if (!configured) throw new Error('rates are prices');

const billed = pricesOf(
  { ...rates, usage: true },
  { currency: 'EUR', perHour: new Map(['web', 'pool', 'pg', 'lb'].map((ocid) => [ocid, 2])) },
);
if (!billed) throw new Error('bills are prices');

const target = (kind: Kind, meter: Target['meter'], more: Partial<Target> = {}) =>
  resource('x', {}, { kind, ...(meter ? { meter } : {}), ...more });

describe('an hour of being off, by the rates of the configuration', () => {
  test.each([
    ['of an instance is worth its OCPUs and memory', target('instance', { ocpu: 2, memoryGb: 16 }), 0.092],
    ['counts the units that have a rate', target('node-pool', { ocpu: 4, memoryGb: 64 }), 0.12],
    ['has no price without such a unit', target('instance', { gpu: 2 }), undefined],
    ['has no price without a meter', target('instance', undefined), undefined],
    ['has no price where the kind has no rate', target('mysql', { ecpu: 8 }), undefined],
    [
      'of a pool without nodes has none: what it had is not known',
      target('node-pool', { ocpu: 0 }),
      undefined,
    ],
    ['of PostgreSQL leaves a quarter of the fee', target('postgresql', { ocpu: 4, memoryGb: 100 }), 0.5],
    ['of Analytics by OCPU is worth them', target('analytics', { olpu: 2 }), 2],
    ['of Analytics by user saves nothing', target('analytics', { users: 10 }), 0],
    ['of cores leaves the infrastructure, which is not theirs', target('vm-cluster', { ecpu: 8 }), 2.4],
    [
      'of a shape that is held for it saves nothing',
      target('instance', { ocpu: 8, memoryGb: 96 }, { billedOff: true }),
      0,
    ],
  ])('%s', (_, before, expected) => {
    const hour = worth(before, configured);
    if (expected === undefined) expect(hour).toBeUndefined();
    else expect(hour).toBeCloseTo(expected, 9);
  });

  test.each([
    ['is the difference', { ocpu: 2, memoryGb: 16 }, { ocpu: 1, memoryGb: 8 }, 0.046],
    ['is nothing where it grew', { ocpu: 1, memoryGb: 8 }, { ocpu: 2, memoryGb: 16 }, 0],
    ['is all of a unit that is no longer there', { ocpu: 1 }, {}, 0.03],
  ])('of a smaller size %s', (_, meter, left, expected) => {
    expect(worth(target('instance', meter), configured, left)).toBeCloseTo(expected, 9);
    expect(worth(target('instance', meter, { billedOff: true }), configured, left)).toBeCloseTo(expected, 9);
  });

  test('of a load balancer of less bandwidth leaves its own price', () => {
    const before = target('load-balancer', { loadBalancer: 1, mbps: 1000 });
    expect(worth(before, configured, { loadBalancer: 1, mbps: 10 })).toBeCloseTo(0.099, 9);
  });
});

describe('an hour of being off, by what was billed', () => {
  test.each([
    ['is the bill', target('instance', { ocpu: 1 }, { ocid: 'web' }), 2],
    ['is the bill without a meter too', target('instance', undefined, { ocid: 'web' }), 2],
    [
      'leaves what is billed all the same',
      target('postgresql', { ocpu: 4, memoryGb: 64 }, { ocid: 'pg' }),
      1.5,
    ],
    ['falls back to the rates where there is no bill', target('instance', { ocpu: 1 }), 0.03],
    [
      'does not take the bill of a pool for its nodes',
      target('node-pool', { ocpu: 4 }, { ocid: 'pool' }),
      0.12,
    ],
    ['saves nothing of what is held', target('instance', { ocpu: 1 }, { ocid: 'web', billedOff: true }), 0],
  ])('%s', (_, before, expected) => expect(worth(before, billed)).toBeCloseTo(expected, 9));

  test('of a smaller size goes by the rates, and by the bill where there are none', () => {
    const web = target('instance', { ocpu: 4 }, { ocid: 'web' });
    expect(worth(web, billed, { ocpu: 1 })).toBeCloseTo(0.09, 9);
    expect(worth(web, { ...billed, units: {} }, { ocpu: 1 })).toBeCloseTo(1.5, 9);
    expect(worth(target('instance', undefined, { ocid: 'web' }), billed, { ocpu: 1 })).toBeUndefined();
  });
});

describe('prices', () => {
  const spend = { currency: 'USD', perHour: new Map([['web', 1]]) };

  test.each([
    ['of nothing are none', undefined, undefined, undefined],
    ['of a configuration that does not want bills are its own', rates, spend, ['EUR', 'configuration', 0]],
    ['are the bill’s where nothing is configured', undefined, spend, ['USD', 'usage', 1]],
    [
      'go by the configuration where no bill can be read',
      { ...rates, usage: true },
      undefined,
      ['EUR', 'configuration', 0],
    ],
  ] as const)('%s', (_, given, bills, expected) => {
    const prices = pricesOf(given, bills);
    expect(prices && [prices.currency, prices.source, prices.bills.size]).toEqual(expected);
  });

  test('in two currencies are not mixed', () => {
    expect(pricesOf({ ...rates, usage: true }, spend)).toEqual({
      currency: 'USD',
      source: 'usage',
      units: {},
      bills: spend.perHour,
    });
  });
});

test('nothing that is off costs more than when it was up, or less than nothing', () => {
  const meters = fc.dictionary(fc.constantFrom('ocpu', 'memoryGb', 'users'), fc.nat(64));
  fc.assert(
    fc.property(
      fc.constantFrom(...(Object.keys(kinds) as Kind[])),
      meters,
      fc.option(meters, { nil: undefined }),
      fc.dictionary(fc.constantFrom('ocpu', 'memoryGb', 'users'), fc.double({ min: 0, max: 9, noNaN: true })),
      fc.option(fc.double({ min: 0, max: 99, noNaN: true }), { nil: undefined }),
      (kind, meter, left, perUnit, bill) => {
        const before = target(kind, meter);
        const bills = new Map(bill === undefined ? [] : [[before.ocid, bill]]);
        const prices = { currency: 'EUR', source: 'usage', units: { [kind]: perUnit }, bills } as const;
        const hour = worth(before, prices, left);
        const most = Object.entries(meter).reduce((sum, [unit, n]) => sum + n * (perUnit[unit] ?? 0), 0);
        if (hour === undefined) return;
        expect(hour).toBeGreaterThanOrEqual(0);
        expect(hour).toBeLessThanOrEqual(Math.max(most, bill ?? 0) + 1e-9);
      },
    ),
  );
});
