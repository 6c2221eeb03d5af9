import { expect, test } from 'vitest';
import { compareYear } from './year/comparison.ts';

test('a year of 200 resources under 20 policies is as an oracle expects it', () => {
  const { acts, hours, twice, counted } = compareYear(2026);
  expect(acts).toEqual([]);
  expect(hours).toEqual([]);
  expect(twice).toEqual([]);
  expect(counted.acts).toBeGreaterThan(50_000);
  expect(counted.hours).toBeGreaterThan(1_000_000);
});

/** Another year each time. YEAR_SEED lives one of them again. */
test('any year is as an oracle expects it', () => {
  const seed = Number(process.env.YEAR_SEED ?? Math.floor(Math.random() * 2 ** 31));
  const { acts, hours, twice } = compareYear(seed);
  expect({ seed, acts, hours: hours.slice(0, 5), twice }).toEqual({ seed, acts: [], hours: [], twice: [] });
});
