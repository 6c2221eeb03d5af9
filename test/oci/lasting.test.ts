import { expect, test } from 'vitest';
import { Lasting } from '../../src/oci/deploy/lasting.ts';

test('what is not known is looked at often first, and less often the longer it takes', () => {
  const lasting = new Lasting(250);
  expect(lasting.next('edge', 0)).toBe(250);
  expect(lasting.next('edge', 6_000)).toBe(1_000);
  expect(lasting.next('edge', 60_000)).toBe(10_000);
});

test('what is known is looked at when it is about to be over, and then often', () => {
  const lasting = new Lasting(250);
  lasting.ended('edge', 10_000);
  expect(lasting.next('edge', 0)).toBe(9_500);
  expect(lasting.next('edge', 4_000)).toBe(5_500);
  expect(lasting.next('edge', 9_800)).toBe(400);
  expect(lasting.next('edge', 60_000)).toBe(400);
  expect(lasting.next('other', 0)).toBe(250);
});

test('a service that changes its pace is followed', () => {
  const lasting = new Lasting(250);
  lasting.ended('edge', 10_000);
  for (let times = 0; times < 10; times++) lasting.ended('edge', 2_000);
  expect(lasting.next('edge', 0)).toBeLessThan(2_000);
  expect(lasting.next('edge', 0)).toBeGreaterThan(1_800);
});
