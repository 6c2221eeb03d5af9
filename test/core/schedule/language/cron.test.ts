import fc from 'fast-check';
import { createTask, validate } from 'node-cron';
import { describe, expect, test } from 'vitest';
import { dateOf, dayNumber } from '../../../../src/core/schedule/clock/civil.ts';
import { type Cron, readCron } from '../../../../src/core/schedule/language/cron.ts';

const isRead = (text: string) => 'has' in readCron(text);

function cron(text: string): Cron {
  const read = readCron(text);
  if ('has' in read) return read;
  throw new Error(read.map(({ sentence }) => sentence).join(' '));
}

const on = (text: string, day: string) => {
  const [year = 0, month = 0, inMonth = 0] = day.split('-').map(Number);
  return cron(text).has(dateOf(dayNumber(year, month, inMonth)));
};

describe('cron', () => {
  test.each([
    ['0 7 * * *', [420]],
    ['0 0 7 * * *', [420]],
    ['00 07 * * *', [420]],
    ['0,30 7-8 * * *', [420, 450, 480, 510]],
    ['0 */6 * * *', [0, 360, 720, 1080]],
    ['15 8-18/5 * * *', [495, 795, 1095]],
    ['0 22-1 * * *', [0, 60, 1320, 1380]],
    ['@daily', [0]],
    ['@hourly', Array.from({ length: 24 }, (_, hour) => hour * 60)],
  ])('%s acts at these minutes', (text, minutes) => expect(cron(text).minutes).toEqual(minutes));

  test.each([
    ['0 7 * * 1-5', '2026-11-27', true],
    ['0 7 * * 1-5', '2026-11-28', false],
    ['0 7 * * mon-FRI', '2026-11-27', true],
    ['0 7 * * 7', '2026-11-29', true],
    ['0 7 * * 5-7', '2026-11-29', true],
    ['0 7 * * 6-1', '2026-11-30', true],
    ['0 7 ? nov Friday', '2026-11-27', true],
    ['0 7 1-7 * 1', '2026-11-02', true],
    ['0 7 1-7 * 1', '2026-11-09', false],
    ['0 7 13 * 5', '2026-11-13', true],
    ['0 7 13 * 5', '2026-12-13', false],
    ['0 7 L * *', '2026-02-28', true],
    ['0 7 L-2 * *', '2026-02-26', true],
    ['0 7 15W * *', '2026-11-16', true],
    ['0 7 15W * *', '2026-08-14', true],
    ['0 7 1W * *', '2026-08-03', true],
    ['0 7 31W * *', '2026-01-30', true],
    ['0 7 31W * *', '2026-11-30', false],
    ['0 7 LW * *', '2026-01-30', true],
    ['0 7 * * 1#2', '2026-11-09', true],
    ['0 7 * * fri#4', '2026-11-27', true],
    ['0 7 * * 5L', '2026-11-27', true],
    ['0 7 * * 5L', '2026-11-20', false],
  ])('%s on %s: %s', (text, day, acts) => expect(on(text, day)).toBe(acts));

  test.each([
    '0 7 * *',
    '0 7 * * * * *',
    '60 7 * * *',
    '0 24 * * *',
    '0 7 0 * *',
    '0 7 32 * *',
    '0 7 * 13 *',
    '0 7 * * 8',
  ])('%s is none', (text) => expect(isRead(text)).toBe(false));

  test.each([
    '5/15 7 * * *',
    '*/0 7 * * *',
    '0 7 L-0 * *',
    '0 7 * * 1#6',
    '0 7 * * x',
    'a b c d e',
    '',
    '0 7 30 2 *',
  ])('%s is none for node-cron either', (text) => {
    expect(isRead(text)).toBe(false);
    expect(validate(text)).toBe(false);
  });

  test('seconds are refused with a reason', () => {
    expect(readCron('15 0 7 * * *')).toMatchObject([{ text: '15' }]);
    expect(isRead('* 0 7 * * *')).toBe(false);
  });
});

/** Fields as people write them, a few of them wrong. */
const number = (least: number, most: number) => fc.integer({ min: least, max: most }).map(String);

function field(least: number, most: number, ...special: fc.Arbitrary<string>[]) {
  const range = fc.tuple(number(least, most), number(least, most)).map(([from, to]) => `${from}-${to}`);
  const stepped = fc
    .tuple(fc.oneof(range, fc.constant('*')), number(0, 7))
    .map(([each, step]) => `${each}/${step}`);
  const token = fc.oneof(fc.constant('*'), number(least, most + 1), range, stepped, ...special);
  return fc.array(token, { minLength: 1, maxLength: 2 }).map((tokens) => tokens.join(','));
}

const expression = fc
  .tuple(
    number(0, 59),
    number(0, 23),
    field(1, 31, fc.constantFrom('L', 'l', 'L-3', '15W', '31w', 'LW', '?')),
    field(1, 12, fc.constantFrom('jan', 'DEC', 'jan-mar', 'june')),
    field(0, 7, fc.constantFrom('mon', 'Sat', 'mon-fri', '5L', 'fril', '1#1', 'tue#5', '2#6', '?')),
  )
  .map((fields) => fields.join(' '));

test('what node-cron takes is taken, and what it refuses is refused', () => {
  fc.assert(
    fc.property(expression, (text) => {
      expect(isRead(text)).toBe(validate(text));
    }),
    { numRuns: 2000 },
  );
});

test('it acts on the days on which node-cron does, and at its minutes', () => {
  fc.assert(
    fc.property(expression.filter(validate), fc.integer({ min: 0, max: 1000 }), (text, ahead) => {
      const read = cron(text);
      const task = createTask(text, () => {}, { timezone: 'UTC' });
      for (const number of Array.from({ length: 40 }, (_, day) => 20_500 + ahead + day)) {
        const at = number * 86_400_000;
        for (const minute of read.minutes) {
          expect(task.match(new Date(at + minute * 60_000))).toBe(read.has(dateOf(number)));
          expect(task.match(new Date(at + ((minute + 1) % 1440) * 60_000))).toBe(false);
        }
      }
    }),
    { numRuns: 100 },
  );
});
