import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Strategy } from '../../../src/core/deploy/app.ts';
import { readStrategy, showStrategy, unfit } from '../../../src/core/deploy/strategy.ts';

const canary = (...steps: readonly (readonly [number, number])[]): Strategy => ({
  type: 'canary',
  steps: steps.map(([share, hold]) => ({ share, hold })),
});
const minute = 60_000;

test.each([
  ['rolling', { type: 'rolling', batch: 1 }],
  ['  Rolling   2 ', { type: 'rolling', batch: 2 }],
  ['blue-green', { type: 'blue-green' }],
  ['Blue Green', { type: 'blue-green' }],
  ['bluegreen', { type: 'blue-green' }],
  ['canary 5 % 10m, 25 % 10m, 100 %', canary([5, 10 * minute], [25, 10 * minute], [100, 0])],
  ['canary 5% 10m 25% 10m 100%', canary([5, 10 * minute], [25, 10 * minute], [100, 0])],
  ['canary 5%10m 100%', canary([5, 10 * minute], [100, 0])],
  ['canary 5%,10m,100%', canary([5, 10 * minute], [100, 0])],
  ['canary 0.5 % 1h30m 100 % 5m', canary([0.5, 90 * minute], [100, 5 * minute])],
  ['canary 100 %', canary([100, 0])],
  ['canary 50 % 0s 100 %', canary([50, 0], [100, 0])],
])('%j is a strategy', (text, strategy) => expect(readStrategy(text)).toEqual(strategy));

test.each([
  ['', '"" is not a strategy; write rolling, rolling 2, blue-green, or canary 5 % 10m, 25 % 10m, 100 %'],
  ['cannary 5 %', '"cannary 5 %" is not a strategy; did you mean canary?'],
  ['rolling 0', 'rolling takes how many are replaced at a time, as in rolling 2, but has "0"'],
  ['rolling 2 at once', 'rolling takes how many are replaced at a time, as in rolling 2, but has "at"'],
  ['blue-green 2', 'blue-green takes nothing after it, but has "2"'],
  ['canary', 'canary needs its steps, as in canary 5 % 10m, 25 % 10m, 100 %'],
  ['canary 5 10m', '"5" is neither a share such as 5 % nor, after one, a time such as 10m'],
  ['canary 10m 5 %', '"10m" is neither a share such as 5 % nor, after one, a time such as 10m'],
  ['canary 5 % 10m 10m 100 %', '"10m" is neither a share such as 5 % nor, after one, a time such as 10m'],
  ['canary 5 % 10 min', '"10" is neither a share such as 5 % nor, after one, a time such as 10m'],
  ['canary -5 % 100 %', '"-5%" is neither a share such as 5 % nor, after one, a time such as 10m'],
  ['canary 0 % 100 %', 'canary begins with 0 %, and a share has to be above that'],
  ['canary 25 %, 5 %, 100 %', 'canary has 5 % after 25 %, and shares have to rise'],
  ['canary 50 % 50 % 100 %', 'canary has 50 % after 50 %, and shares have to rise'],
  ['canary 5 % 10m', 'canary ends with 5 %, and the last share has to be 100 %'],
  ['canary 5 %, 110 %', 'canary ends with 110 %, and the last share has to be 100 %'],
  ['canary 5 % 8d 100 %', 'canary holds 5 % for 8d, and 7d is the longest'],
  [
    `canary ${Array.from({ length: 21 }, (_, at) => `${at + 1} %`).join(' ')}`,
    'canary has 21 steps; 20 are enough',
  ],
])('%j is none', (text, problem) => expect(readStrategy(text)).toEqual({ problem }));

const shares = fc
  .uniqueArray(fc.integer({ min: 1, max: 9_999 }), { maxLength: 19 })
  .map((hundredths) => [...hundredths.toSorted((a, b) => a - b).map((each) => each / 100), 100]);
const strategies: fc.Arbitrary<Strategy> = fc.oneof(
  fc.integer({ min: 1, max: 9_999 }).map((batch) => ({ type: 'rolling' as const, batch })),
  fc.constant({ type: 'blue-green' as const }),
  fc
    .tuple(shares, fc.array(fc.nat({ max: 7 * 86_400_000 }), { minLength: 20, maxLength: 20 }))
    .map(([list, holds]) => canary(...list.map((share, at) => [share, holds[at] ?? 0] as const))),
);

test('what is shown is read as the same', () => {
  fc.assert(
    fc.property(strategies, (strategy) => {
      const text = showStrategy(strategy);
      expect(readStrategy(text)).toEqual(strategy);
      expect(readStrategy(text.replaceAll(',', '').replaceAll(' %', '%'))).toEqual(strategy);
      expect(readStrategy(text.toUpperCase().replaceAll(' % ', '%'))).toEqual(strategy);
    }),
  );
});

test('no text breaks the reader', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      for (const start of ['', 'canary ', 'rolling '])
        expect(readStrategy(start + text)).toBeTypeOf('object');
    }),
  );
});

describe('an app cannot be deployed', () => {
  test.each([
    ['rolling 4', 3, 1, 'rolling 4 replaces more at a time than there are: 3 replicas'],
    ['rolling 2', 1, 1, 'rolling 2 replaces more at a time than there are: 1 replica'],
    [
      'canary 5 %, 100 %',
      3,
      0,
      'a canary gets a share of the traffic of a load balancer, and there is none; use rolling or blue-green',
    ],
    ['rolling 3', 3, 0, undefined],
    ['blue-green', 1, 0, undefined],
    ['canary 5 %, 100 %', 1, 1, undefined],
  ])('%s with %i replicas in %i places', (text, replicas, places, why) => {
    const strategy = readStrategy(text);
    if ('problem' in strategy) throw new Error(strategy.problem);
    expect(unfit(strategy, { replicas, places: Array.from({ length: places }) })).toBe(why);
  });
});
