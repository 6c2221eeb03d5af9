import { describe, expect, test } from 'vitest';
import { leftOf, type Room, roomFor } from '../../../src/core/deploy/room.ts';
import { spotsFor } from '../../../src/core/deploy/spread.ts';

const domains = ['AD-1', 'AD-2', 'AD-3'].map((name) => ({ name, faultDomains: ['FD-1', 'FD-2'] }));
const size = { ocpus: 2, memory: 8 };
const cores = (available: number, more = {}): Room => ({
  ocpus: { limit: 'standard-e4-core-count', available, used: 10, ...more },
});
const spotsOf = (count: number, fallback = true) =>
  spotsFor(count, domains, { domains: [], faultDomains: true, fallback });
const first = (of: ReturnType<typeof roomFor>) => of.spots.map(([spot]) => spot?.availabilityDomain);

describe('where there is room', () => {
  test('what nothing is known of has room', () => {
    const spots = spotsOf(4);
    expect(roomFor(spots, size, {})).toEqual({ spots, without: 0 });
  });

  test('a domain without room is passed over, as far as another may take its place', () => {
    const rooms = { 'AD-1': cores(1), 'AD-2': cores(4), 'AD-3': cores(100) };
    const fitting = roomFor(spotsOf(6), size, rooms);
    expect(fitting.without).toBe(0);
    expect(first(fitting)).toEqual(['AD-2', 'AD-2', 'AD-3', 'AD-3', 'AD-3', 'AD-3']);
    expect(fitting.spots.flat().some((spot) => spot.availabilityDomain === 'AD-1')).toBe(false);
    expect(roomFor(spotsOf(6, false), size, rooms).without).toBe(2);
  });

  test.each<[string, Readonly<Record<string, Room>>, number]>([
    ['each counts for the next', { 'AD-1': cores(3), 'AD-2': cores(3), 'AD-3': cores(3) }, 3],
    [
      'a limit of the region is drawn on by all of its domains',
      Object.fromEntries(domains.map(({ name }) => [name, cores(5, { isRegional: true })])),
      4,
    ],
    [
      'memory counts like OCPUs',
      Object.fromEntries(
        domains.map(({ name }) => [
          name,
          { memory: { limit: 'standard-e4-memory-count', available: 8, used: 0 } },
        ]),
      ),
      3,
    ],
    [
      'a quota is a limit too',
      Object.fromEntries(domains.map(({ name }) => [name, cores(100, { quota: 12 })])),
      3,
    ],
  ])('%s', (_, rooms, without) => {
    expect(roomFor(spotsOf(6), size, rooms).without).toBe(without);
  });

  test('nothing is left where more is used than a quota allows by now', () => {
    expect(leftOf({ limit: 'x', available: 5, used: 9, quota: 8 })).toBe(0);
  });
});
