import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Threshold } from '../../../src/core/deploy/app.ts';
import {
  holds,
  opposite,
  overlap,
  readThreshold,
  showThreshold,
} from '../../../src/core/deploy/threshold.ts';

const signs = ['<', '<=', '>', '>=', '=='] as const;
const thresholds: fc.Arbitrary<Threshold> = fc.record({
  is: fc.constantFrom(...signs),
  value: fc.integer({ min: -100_000, max: 100_000 }).map((each) => each / 100),
});

test.each([
  ['< 1', { is: '<', value: 1 }],
  ['>=99.5', { is: '>=', value: 99.5 }],
  [' ≤ -3 ', { is: '<=', value: -3 }],
  ['≥ 0', { is: '>=', value: 0 }],
  ['= 0', { is: '==', value: 0 }],
])('%j is a threshold', (text, threshold) => expect(readThreshold(text)).toEqual(threshold));

test.each(['', '1', '<', '< one', '!= 1', '< 1 %', '< 1e3', '=< 1'])('%j is none', (text) =>
  expect(readThreshold(text)).toEqual({
    problem: `"${text}" is not a threshold such as < 1, >= 99.5 or == 0`,
  }),
);

test('what is shown is read as the same', () => {
  fc.assert(
    fc.property(thresholds, (threshold) => {
      expect(readThreshold(showThreshold(threshold))).toEqual(threshold);
    }),
  );
});

test('the opposite holds where the threshold does not', () => {
  fc.assert(
    fc.property(thresholds, fc.double({ noNaN: true }), (threshold, value) => {
      const other = opposite(threshold);
      if (other) expect(holds(other, value)).toBe(!holds(threshold, value));
      else expect(threshold.is).toBe('==');
    }),
  );
});

test('nothing is measured: neither holds', () => {
  for (const is of signs) expect(holds({ is, value: 0 }, Number.NaN)).toBe(false);
});

test.each([
  ['< 1', '>= 5', false],
  ['< 1', '>= 1', false],
  ['<= 1', '>= 1', true],
  ['< 5', '> 1', true],
  ['> 1', '> 5', true],
  ['== 1', '< 1', false],
  ['== 1', '<= 1', true],
  ['== 1', '== 2', false],
])('%s and %s can both hold: %s', (one, other, both) => {
  const [first, second] = [one, other].map(readThreshold) as [Threshold, Threshold];
  expect(overlap(first, second)).toBe(both);
  expect(overlap(second, first)).toBe(both);
});

test('what holds for one value of both is an overlap', () => {
  fc.assert(
    fc.property(thresholds, thresholds, fc.double({ noNaN: true, min: -2000, max: 2000 }), (a, b, value) => {
      if (holds(a, value) && holds(b, value)) expect(overlap(a, b)).toBe(true);
    }),
  );
});
