import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../../src/core/refusal.ts';
import { momentOf, readUntil, showMoment, showMomentTwice } from '../../../src/core/schedule/until.ts';

/** A Wednesday, 18:40 in Amsterdam. */
const now = Date.parse('2026-11-25T17:40:00Z');
const amsterdam = 'Europe/Amsterdam';
const read = (line: string, at = now, zone = amsterdam) =>
  new Date(momentOf(readUntil(line.split(' ')), at, zone)).toISOString();

describe('a moment as people type it', () => {
  test.each([
    ['until 22:00', '2026-11-25T21:00:00.000Z'],
    ['until 7:00', '2026-11-26T06:00:00.000Z'],
    ['until 18:40', '2026-11-26T17:40:00.000Z'],
    ['until tonight 22:00', '2026-11-25T21:00:00.000Z'],
    ['until tomorrow 07:00', '2026-11-26T06:00:00.000Z'],
    ['until tomorrow at 07:00', '2026-11-26T06:00:00.000Z'],
    ['Until FRI 18:00', '2026-11-27T17:00:00.000Z'],
    ['until wed 18:00', '2026-12-02T17:00:00.000Z'],
    ['until Wednesday 19:00', '2026-11-25T18:00:00.000Z'],
    ['until 2026-12-01 08:00', '2026-12-01T07:00:00.000Z'],
    ['until 2026-12-01T08:00', '2026-12-01T07:00:00.000Z'],
    ['until 2026-12-01T08:00:00.000Z', '2026-12-01T08:00:00.000Z'],
    ['until 2026-12-01 08:00+09:00', '2026-11-30T23:00:00.000Z'],
    ['for 2h', '2026-11-25T19:40:00.000Z'],
    ['for 1h30m', '2026-11-25T19:10:00.000Z'],
    ['for 2 hours', '2026-11-25T19:40:00.000Z'],
    ['for 45 minutes', '2026-11-25T18:25:00.000Z'],
    ['until 2h', '2026-11-25T19:40:00.000Z'],
    ['until 24h', '2026-11-26T17:40:00.000Z'],
    ['until 24:00', '2026-11-25T23:00:00.000Z'],
    ['until midnight', '2026-11-25T23:00:00.000Z'],
    ['until Fri 24:00', '2026-11-27T23:00:00.000Z'],
    ['until tonight 24:00', '2026-11-25T23:00:00.000Z'],
    ['until noon', '2026-11-26T11:00:00.000Z'],
    ['until Fri noon', '2026-11-27T11:00:00.000Z'],
    ['til 22:00', '2026-11-25T21:00:00.000Z'],
    ['Till 22:00', '2026-11-25T21:00:00.000Z'],
    ['until 10pm', '2026-11-25T21:00:00.000Z'],
    ['until 10 PM', '2026-11-25T21:00:00.000Z'],
    ['until 10:30pm', '2026-11-25T21:30:00.000Z'],
    ['until 12am', '2026-11-25T23:00:00.000Z'],
    ['until 12pm', '2026-11-26T11:00:00.000Z'],
    ['until tomorrow 7am', '2026-11-26T06:00:00.000Z'],
    ['until 22h', '2026-11-25T21:00:00.000Z'],
    ['until 22h30', '2026-11-25T21:30:00.000Z'],
    ['until Fri 7h', '2026-11-27T06:00:00.000Z'],
  ])('%s', (line, at) => {
    expect(read(line)).toBe(at);
  });

  test.each([
    ['until', /no time behind until/],
    ['until 25:00', /no time 25:00/],
    ['until 22:60', /no time 22:60/],
    ['until 24:30', /no time 24:30/],
    ['until 13pm', /no time 13pm/],
    ['until 0am', /no time 0am/],
    ['until 22', /cannot read "22"/],
    ['until later', /cannot read "later"/],
    ['until someday 22:00', /do not know the day "someday"/],
    ['until tomorrow', /"tomorrow" is a day without a time/],
    ['until Fri', /"Fri" is a day without a time/],
    ['until on friday', /"Friday" is a day without a time/],
    ['until 2026-12-01', /"2026-12-01" is a day without a time/],
    ['until 2026-02-30', /no day 2026-02-30/],
    ['until 2026-02-30 08:00', /no day 2026-02-30/],
    ['until today 07:00', /past already/],
    ['until 2026-11-25 18:40', /past already/],
    ['until 2020-01-01T00:00Z', /past already/],
    ['until 2029-01-01 08:00', /more than 366 d away/],
    ['for 0m', /not a length of time/],
    ['for ever', /not a length of time/],
    ['for 30s', /a minute or more/],
  ])('%s is refused with what to write instead', (line, why) => {
    expect(() => read(line)).toThrow(why);
    try {
      read(line);
    } catch (error) {
      expect(error instanceof Refusal && error.hint).toBeTruthy();
    }
  });

  test.each([
    ['until 22', 'Write until 22:00, with the minutes.'],
    ['until 7.30', 'Write until 07:30, with the minutes.'],
    ['until fri 22', 'Write until Fri 22:00, with the minutes.'],
    ['until Fri', 'Write the time too: until Fri 18:00, or until Fri 24:00 for its end.'],
    ['until tonight', 'Write the time too: until tonight 22:00, or until tonight 24:00 for its end.'],
  ])('what was meant by %s is in the hint', (line, hint) => {
    expect(() => read(line)).toThrow(expect.objectContaining({ hint }));
  });

  test('that the clocks skip is the first there is after it', () => {
    const eve = Date.parse('2027-03-27T20:00:00Z');
    expect(read('until 02:30', eve)).toBe('2027-03-28T01:00:00.000Z');
    expect(read('until Sun 02:30', eve)).toBe('2027-03-28T01:00:00.000Z');
  });

  test('keeps its time of day over a change of the clocks', () => {
    expect(read('until tomorrow 22:00', Date.parse('2026-10-24T12:00:00Z'))).toBe('2026-10-25T21:00:00.000Z');
  });

  test('is the next such time, at most a day and a change of the clocks away, whatever the zone', () => {
    const zones = [
      'UTC',
      amsterdam,
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
      'Asia/Kathmandu',
    ];
    const instant = fc.integer({
      min: Date.parse('2026-01-01T00:00Z'),
      max: Date.parse('2028-01-01T00:00Z'),
    });
    fc.assert(
      fc.property(instant, fc.nat(23), fc.nat(59), fc.constantFrom(...zones), (at, hour, minute, zone) => {
        const time = `${hour}:${String(minute).padStart(2, '0')}`;
        const moment = momentOf(readUntil(['until', time]), at, zone);
        expect(moment).toBeGreaterThan(at);
        expect(moment - at).toBeLessThanOrEqual(26 * 3_600_000);
      }),
    );
  });

  test('never breaks, whatever is typed', () => {
    const word = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom('22:00', 'Fri', 'tomorrow', '2026-12-01', '2h'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), (words) => {
        try {
          momentOf(readUntil(['until', ...words]), now, amsterdam);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});

test('a moment is shown with its zone, and in UTC beside it', () => {
  expect(showMoment(now, amsterdam)).toBe('Wed 25 Nov 18:40 Europe/Amsterdam');
  expect(showMomentTwice(now, amsterdam)).toBe('Wed 25 Nov 18:40 Europe/Amsterdam, 17:40 UTC');
  expect(showMomentTwice(now, 'Asia/Tokyo')).toBe('Thu 26 Nov 02:40 Asia/Tokyo, Wed 17:40 UTC');
  expect(showMomentTwice(now, 'UTC')).toBe('Wed 25 Nov 17:40 UTC');
});
