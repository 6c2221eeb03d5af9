import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMove } from '../../../sandbox/control/moves.ts';

const now = Date.parse('2026-11-21T18:30:00.000Z');
const to = (body: Record<string, unknown>) => new Date(readMove(body, now)).toISOString();

test.each([
  [{ advance: 0 }, '2026-11-21T18:30:00.000Z'],
  [{ advance: 1500 }, '2026-11-21T18:30:01.500Z'],
  [{ advance: '250ms' }, '2026-11-21T18:30:00.250Z'],
  [{ advance: '90s' }, '2026-11-21T18:31:30.000Z'],
  [{ advance: '1h30m' }, '2026-11-21T20:00:00.000Z'],
  [{ advance: 'PT1H30M' }, '2026-11-21T20:00:00.000Z'],
  [{ advance: '2d' }, '2026-11-23T18:30:00.000Z'],
  [{ set: '19:00' }, '2026-11-21T19:00:00.000Z'],
  [{ set: '18:30' }, '2026-11-22T18:30:00.000Z'],
  [{ set: '7:05' }, '2026-11-22T07:05:00.000Z'],
  [{ set: '2026-12-24' }, '2026-12-24T00:00:00.000Z'],
  [{ set: '2026-11-21T20:00:00+01:00' }, '2026-11-21T19:00:00.000Z'],
  [{ set: '2020-01-01T00:00:00Z' }, '2020-01-01T00:00:00.000Z'],
])('%j is %s', (body, instant) => {
  expect(to(body)).toBe(instant);
});

test.each([
  [{}],
  [{ advance: 1, set: '19:00' }],
  [{ advance: -1 }],
  [{ advance: '-1h' }],
  [{ advance: 'an hour' }],
  [{ advance: '1h ' }],
  [{ advance: null }],
  [{ set: '24:00' }],
  [{ set: '19:60' }],
  [{ set: '2026-11-21T19:00:00' }],
  [{ set: '2026-13-01' }],
  [{ set: 'tomorrow' }],
  [{ set: 7 }],
  [{ advance: '1h', until: 'then' }],
])('%j is refused with status 400', (body) => {
  expect(() => readMove(body, now)).toThrowError(expect.objectContaining({ status: 400 }));
});

test('a time of day is always the next one, within 24 hours', () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  fc.assert(
    fc.property(minute, fc.integer({ min: 0, max: 4e12 }), (minutes, at) => {
      const clock = [Math.floor(minutes / 60), minutes % 60].map((each) => String(each).padStart(2, '0'));
      const moved = readMove({ set: clock.join(':') }, at);
      expect(moved).toBeGreaterThan(at);
      expect(moved - at).toBeLessThanOrEqual(86_400_000);
      expect(new Date(moved).toISOString().slice(11)).toBe(`${clock.join(':')}:00.000Z`);
    }),
  );
});
