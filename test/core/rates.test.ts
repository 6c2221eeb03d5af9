import { describe, expect, test } from 'vitest';
import { ratesOf, type UsageLine } from '../../src/core/rates.ts';

const line = (at: number, cost: number, more: Partial<UsageLine> = {}): UsageLine => ({
  ocid: 'web-1',
  at,
  cost,
  currency: 'EUR',
  sku: 'Compute - OCPU',
  unit: 'OCPU Hours',
  ...more,
});

describe('rates', () => {
  test('add up what one hour costs, and take the hour in the middle', () => {
    const lines = [1, 2, 3, 4].flatMap((at) => [line(at, 2), line(at, 1, { sku: 'Compute - Memory' })]);
    expect(ratesOf([...lines, line(5, 0.1), line(6, 0)])?.perHour.get('web-1')).toBe(3);
  });

  test('leave out what is billed while it is off', () => {
    const storage = { sku: 'Autonomous Database - Storage', unit: 'Gigabyte Storage Capacity Per Month' };
    expect(ratesOf([line(1, 2), line(1, 9, storage), line(2, 9, storage)])?.perHour.get('web-1')).toBe(2);
  });

  test('are in the currency that is billed most', () => {
    const spend = ratesOf([line(1, 2), line(2, 2), line(1, 7, { ocid: 'x', currency: 'USD' })]);
    expect(spend).toEqual({ currency: 'EUR', perHour: new Map([['web-1', 2]]) });
  });

  test('of nothing are none', () => expect(ratesOf([line(1, 0)])).toBeUndefined());
});
