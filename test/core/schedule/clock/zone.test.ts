import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  instantOf,
  localOf,
  showInBoth,
  showLocal,
  zoneNamed,
} from '../../../../src/core/schedule/clock/zone.ts';
import { noSuchZone, zonesLike } from '../../../../src/core/schedule/clock/zone-names.ts';
import { clockOf, zones } from '../clock.ts';

describe('zones by their names', () => {
  test.each([
    ['Europe/Amsterdam', 'Europe/Amsterdam'],
    ['europe/amsterdam', 'Europe/Amsterdam'],
    [' Asia/Kolkata ', 'Asia/Kolkata'],
    ['america/argentina/buenos_aires', 'America/Argentina/Buenos_Aires'],
    ['America/Port-au-Prince', 'America/Port-au-Prince'],
    ['utc', 'UTC'],
    ['Etc/UTC', 'UTC'],
  ])('%j is %s', (text, name) => expect(zoneNamed(text)).toBe(name));

  test.each(['CET', 'EST', 'GMT', 'Z', '+01:00', 'UTC+1', 'Etc/GMT+5', 'Amsterdam', 'Europe/Amsterdm', ''])(
    '%j is none',
    (text) => expect(zoneNamed(text)).toBeUndefined(),
  );

  test.each([
    ['Europe/Amsterdm', /Did you mean Europe\/Amsterdam/],
    ['Amsterdam', /Did you mean Europe\/Amsterdam/],
    ['New York', /Did you mean America\/New_York/],
    ['CET', /Write the place: Europe\/Amsterdam/],
    ['+01:00', /Write a place/],
    ['Nowhere/Atall', /Write a place|Did you mean/],
  ])('%j is told what to write', (text, hint) => expect(noSuchZone(text).hint).toMatch(hint));
});

describe('the instant of a local time, worked out by hand', () => {
  test.each([
    ['Europe/Amsterdam', '2026-11-25 07:30', '2026-11-25T06:30Z', 'winter'],
    ['Europe/Amsterdam', '2026-07-01 07:30', '2026-07-01T05:30Z', 'summer'],
    ['Europe/Amsterdam', '2026-03-29 02:30', '2026-03-29T01:00Z', 'skipped'],
    ['Europe/Amsterdam', '2026-10-25 02:30', '2026-10-25T00:30Z', 'first of two'],
    ['Europe/Amsterdam', '2026-10-25 03:00', '2026-10-25T02:00Z', 'after both'],
    ['America/New_York', '2026-03-08 02:30', '2026-03-08T07:00Z', 'skipped'],
    ['America/New_York', '2026-11-01 01:30', '2026-11-01T05:30Z', 'first of two'],
    ['Australia/Lord_Howe', '2026-10-04 02:15', '2026-10-03T15:30Z', 'half an hour is skipped'],
    ['Australia/Lord_Howe', '2026-10-04 02:30', '2026-10-03T15:30Z', 'where the gap ends'],
    ['Australia/Lord_Howe', '2026-04-05 01:45', '2026-04-04T14:45Z', 'half an hour comes twice'],
    ['Africa/Casablanca', '2026-02-15 02:30', '2026-02-15T01:30Z', 'Ramadan begins: first of two'],
    ['Africa/Casablanca', '2026-03-22 02:30', '2026-03-22T02:00Z', 'Ramadan is over: skipped'],
    ['Pacific/Chatham', '2026-04-05 03:00', '2026-04-04T13:15Z', 'first of two'],
    ['Pacific/Chatham', '2026-09-27 03:15', '2026-09-26T14:00Z', 'skipped'],
    ['Antarctica/Troll', '2026-03-29 02:30', '2026-03-29T01:00Z', 'two hours are skipped'],
    ['Antarctica/Troll', '2026-10-25 01:30', '2026-10-24T23:30Z', 'two hours come twice'],
    ['Europe/Dublin', '2026-03-29 01:30', '2026-03-29T01:00Z', 'skipped'],
    ['Europe/Dublin', '2026-10-25 01:30', '2026-10-25T00:30Z', 'first of two'],
    ['Africa/Cairo', '2026-04-24 00:00', '2026-04-23T22:00Z', 'midnight is skipped'],
    ['Africa/Cairo', '2026-10-29 23:30', '2026-10-29T20:30Z', 'the last hour of a day comes twice'],
    ['Africa/Cairo', '2026-10-30 00:00', '2026-10-29T22:00Z', 'the day after it'],
    ['America/Asuncion', '2024-10-06 00:00', '2024-10-06T04:00Z', 'midnight is skipped'],
    ['America/Asuncion', '2024-03-23 23:30', '2024-03-24T02:30Z', 'the last hour of a day comes twice'],
    ['Asia/Beirut', '2026-03-29 00:30', '2026-03-28T22:00Z', 'midnight is skipped'],
    ['Pacific/Apia', '2011-12-30 12:00', '2011-12-30T10:00Z', 'a day is skipped'],
    ['Pacific/Apia', '2011-12-31 08:00', '2011-12-30T18:00Z', 'the day after it'],
    ['Asia/Kolkata', '2026-11-25 07:30', '2026-11-25T02:00Z', 'no summer'],
    ['UTC', '2026-11-25 07:30', '2026-11-25T07:30Z', 'nothing'],
  ])('%s %s is %s (%s)', (zone, local, instant) => {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = local.split(/\D/).map(Number);
    expect(new Date(instantOf(zone, year, month, day, hour * 60 + minute)).toISOString()).toBe(
      new Date(instant).toISOString(),
    );
  });
});

test('clocks show what those of the platform show', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 130_000 }), (zone, hours) => {
      const at = Date.UTC(2020, 0, 1) + hours * 3_600_000 + 17 * 60_000;
      const { year, month, day, hour, minute, weekday } = localOf(zone, at);
      expect({ year, month, day, hour, minute }).toEqual(clockOf(zone, at));
      expect(weekday % 7).toBe(new Date(Date.UTC(year, month - 1, day)).getUTCDay());
    }),
    { numRuns: 500 },
  );
});

test('a time that the clocks show is the first instant at which they show it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 500_000 }), (zone, quarters) => {
      const at = Date.UTC(2020, 0, 1) + quarters * 900_000;
      const { year, month, day, hour, minute } = clockOf(zone, at);
      const found = instantOf(zone, year, month, day, hour * 60 + minute);
      expect(found).toBeLessThanOrEqual(at);
      expect(clockOf(zone, found)).toEqual({ year, month, day, hour, minute });
    }),
    { numRuns: 500 },
  );
});

test('moments are shown for people', () => {
  const at = Date.parse('2026-11-25T18:00Z');
  expect(showLocal('Europe/Amsterdam', at)).toBe('Wed 25 Nov 19:00');
  expect(showInBoth('Europe/Amsterdam', at)).toBe('Wed 19:00 Europe/Amsterdam (18:00 UTC)');
  expect(showInBoth('Asia/Tokyo', at)).toBe('Thu 03:00 Asia/Tokyo (Wed 18:00 UTC)');
  expect(showInBoth('UTC', at)).toBe('Wed 18:00 UTC');
});

test.each([
  ['Europe/Amsterdamn', 'Europe/Amsterdam'],
  ['Europe/Amsterdam.', 'Europe/Amsterdam'],
  ['Europe/Amstrdam', 'Europe/Amsterdam'],
  ['Amsterdam', 'Europe/Amsterdam'],
  ['amsterdm', 'Europe/Amsterdam'],
  ['Eurpe/Amsterdam', 'Europe/Amsterdam'],
  ['Africa/Amsterdam', 'Europe/Amsterdam'],
  ['Netherlands/Amsterdam', 'Europe/Amsterdam'],
  ['Europe/Berln', 'Europe/Berlin'],
  ['Berlin.', 'Europe/Berlin'],
  ['America/NewYork', 'America/New_York'],
  ['New York', 'America/New_York'],
  ['Europe/Londn', 'Europe/London'],
  ['US/New York', 'America/New_York'],
  ['America/Buenos_Aires_', 'America/Buenos_Aires'],
])('%s is most likely %s, and nothing else', (written, zone) => {
  expect(zonesLike(written)).toEqual([zone]);
});

test('of places that are called nearly alike that of the same region comes first', () => {
  expect(zonesLike('Europe/Kiew')[0]).toBe('Europe/Kiev');
  expect(zonesLike('America/Louisvile')[0]).toMatch(/^America\//);
  expect(zonesLike('Nowhere/Atlantis')).toEqual([]);
});

test('each zone that there is, with one letter wrong, is among the few that are named', () => {
  const known = Intl.supportedValuesOf('timeZone').filter((zone) => zone.length - zone.lastIndexOf('/') > 5);
  fc.assert(
    fc.property(fc.constantFrom(...known), fc.nat(), (zone, place) => {
      const city = zone.lastIndexOf('/') + 1;
      const at = city + (place % (zone.length - city));
      const typed = `${zone.slice(0, at)}x${zone.slice(at + 1)}`;
      expect(zonesLike(typed)).toContain(zone);
    }),
  );
});
