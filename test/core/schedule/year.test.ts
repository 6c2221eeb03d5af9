import { expect, test } from 'vitest';
import { compareYear } from './year/comparison.ts';

/**
 * The bot's side is decide, remember and settle over a small cloud. The oracle's, in `year/`, was written from what is
 * promised: it reads windows off the platform's clocks, and knows nothing of how anything is decided. Here are a few
 * of the resources; all 200 live their year in `year.chaos.test.ts`.
 */
test('a year of a few resources under 20 policies is as an oracle expects it', { timeout: 120_000 }, () => {
  const { acts, hours, twice, counted } = compareYear(2026, 20);
  expect(acts).toEqual([]);
  expect(hours).toEqual([]);
  expect(twice).toEqual([]);
  expect(counted.acts).toBeGreaterThan(5_000);
  expect(counted.hours).toBeGreaterThan(100_000);
});
