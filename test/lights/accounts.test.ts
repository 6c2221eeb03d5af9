import { expect, test } from 'vitest';
import { pointsOf } from '../../src/lights/accounts.ts';

const sample = (policy: string, at: number, up: number, total = 5) => ({ policy, at, up, total });

test('the samples of several policies are one line, each counted as it said last', () => {
  expect(
    pointsOf([sample('a', 1, 2), sample('b', 2, 3, 4), sample('a', 5, 0), sample('b', 5, 1, 4)], 0),
  ).toEqual([
    { at: 1, up: 2, all: 5 },
    { at: 2, up: 5, all: 9 },
    { at: 5, up: 1, all: 9 },
  ]);
});

test('what was said before the line begins is where it begins', () => {
  expect(pointsOf([sample('a', 1, 2), sample('b', 3, 1), sample('a', 14, 0)], 10)).toEqual([
    { at: 10, up: 3, all: 10 },
    { at: 14, up: 1, all: 10 },
  ]);
  expect(pointsOf([], 0)).toEqual([]);
});
