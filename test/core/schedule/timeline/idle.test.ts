import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../../../src/core/schedule/calendar.ts';
import { sameWant } from '../../../../src/core/schedule/want.ts';
import { timetable } from '../reading.ts';

/** A Wednesday, 18:40 in Amsterdam. */
const now = Date.parse('2026-11-25T17:40:00Z');
const year = 366 * 86_400_000;
const defaultZone = 'Europe/Amsterdam';
const christmas: Calendar = { name: 'public', mode: 'closed', days: new Map([['2026-12-25', 'Christmas']]) };
const daysOfYear = new Map(
  Array.from({ length: 400 }, (_, day) => [
    new Date(now + (day - 10) * 86_400_000).toISOString().slice(0, 10),
    'moved',
  ]),
);
const read = (written: readonly string[], calendars: readonly Calendar[] = []) =>
  timetable(written, calendars, { defaultZone });
const told = (written: readonly string[], calendars: readonly Calendar[] = []) =>
  read(written, calendars).overlaps?.(now, now + year) ?? [];

describe('what never counts is told of, with what goes before it', () => {
  test.each<[readonly string[], string]>([
    [
      ['always', 'never'],
      'says never, which never counts: always says the opposite of the same days, and up goes before down',
    ],
    [
      ['start 07:00', 'stop 07:00'],
      'says stop 07:00, which never counts: start 07:00 is at the same moment, and up goes before down',
    ],
    [
      ['daily start 07:00', 'Mon stop 07:00'],
      'says Mon stop 07:00, which never counts: daily start 07:00 is at the same moment, and up goes before down',
    ],
    [
      ['Wed 08:00-12:00', 'Wed closed'],
      'says Wed closed, which never counts: Wed 08:00-12:00 says the opposite of the same days, and up goes before down',
    ],
    [
      ['Mon-Fri 08:00-12:00', 'daily closed'],
      'says daily closed, which never counts: Mon-Fri 08:00-12:00 knows more of the day and goes before it',
    ],
    [
      ['always', 'daily 08:00-12:00 size 3', 'on 1-31 closed'],
      'says daily 08:00-12:00 size 3, which never counts: always says as much already; on 1-31 closed knows more of the day and goes before it',
    ],
    [
      ['daily 09:00-10:00', 'Mon-Fri 08:00-18:00', 'weekends 10:00-11:00'],
      'says daily 09:00-10:00, which never counts: Mon-Fri 08:00-18:00 and weekends 10:00-11:00 know more of the day and go before it',
    ],
    [
      ['Mon-Fri 08:00-18:00', 'Mon-Fri 10:00-12:00'],
      'says Mon-Fri 10:00-12:00, which never counts: Mon-Fri 08:00-18:00 says as much already',
    ],
    [
      ['Mon-Fri 08:00-18:00', 'weekdays 08:00-18:00'],
      'says weekdays 08:00-18:00, which never counts: Mon-Fri 08:00-18:00 says as much already',
    ],
    [
      ['Mon-Fri 07:30-20:00', 'Mon-Fri stop 20:00'],
      'says Mon-Fri stop 20:00, which never counts: Mon-Fri 07:30-20:00 ends then by itself',
    ],
    [
      ['Mon-Fri 08:00-18:00', 'Wed closed Asia/Tokyo'],
      'says Wed closed, which never counts: each zone has days of its own, and nothing is up by the clocks of Asia/Tokyo',
    ],
    [['always', '2025-12-24 closed'], 'says 2025-12-24 closed, which is about no day of the coming year'],
    [['always', '2028-12-24 closed'], 'says 2028-12-24 closed, which is about no day of the coming year'],
    [['Sat 10:00-14:00', 'Sat 10:00-14:00'], 'says Sat 10:00-14:00 twice, and once is enough'],
  ])('%j', (written, sentence) => {
    expect(told(written)).toContain(sentence);
  });

  test.each<[readonly string[], string]>([
    [
      ['Mon-Fri 08:00-18:00', 'on 1-31 closed'],
      'is never up within the coming year, though it says Mon-Fri 08:00-18:00: on 1-31 closed knows more of the day and goes before it',
    ],
    [
      ['2025-12-24 08:00-12:00'],
      'is never up within the coming year, though it says 2025-12-24 08:00-12:00: that is about no day of it',
    ],
  ])('and a window that never opens: %j', (written, sentence) => {
    expect(told(written)).toEqual([sentence]);
  });

  test('a window of which a calendar closes every day', () => {
    expect(told(['2026-12-25 08:00-12:00'], [christmas])).toEqual([]);
    expect(told(['on 25 08:00-12:00'], [{ ...christmas, days: daysOfYear }])).toEqual([
      'is never up within the coming year, though it says on 25 08:00-12:00: a calendar goes before it',
    ]);
  });

  test('calendars too', () => {
    expect(told(['daily 08:00-18:00', '2026-12-25 closed'], [christmas])).toEqual([
      'says 2026-12-25 closed, which never counts: a calendar says as much already',
    ]);
    expect(told(['always', '2026-12-25 closed'])).toEqual([]);
  });
});

test.each([
  [['start 07:00']],
  [['start 07:00', 'stop 20:00']],
  [['Mon start 07:00', 'daily stop 07:00']],
  [['never', 'stop 20:00']],
  [['always', 'Sat freeze']],
  [['always', 'Sat,Sun closed']],
  [['Mon-Fri 08:00-18:00', 'weekends closed']],
  [['Mon-Fri 07:30-20:00', 'daily stop 20:00']],
  [['daily 00:00-24:00 size 1', 'daily 08:00-18:00 size 3']],
])('nothing is told of %j', (written) => {
  expect(told(written)).toEqual([]);
});

describe('whatever is written', () => {
  const days = fc.constantFrom('daily', 'Mon-Fri', 'weekends', 'Wed', '3rd Wed', 'on 25', '2026-12-25');
  const hours = fc.constantFrom('08:00-12:00', '10:00-18:00', '22:00-06:00', '08:00-18:00 size 3');
  const acts = fc.oneof(
    hours,
    hours,
    fc.constantFrom('start 08:00', 'stop 18:00', 'stop 08:00', 'closed', 'open', 'freeze'),
  );
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.tuple(days, acts).map((words) => words.join(' ')) },
    { weight: 1, arbitrary: fc.constantFrom('always', 'never', 'stop cron(0 18 * * 1-5)') },
    { weight: 1, arbitrary: hours.map((each) => `Thu ${each} Asia/Tokyo`) },
  );
  const pieces = fc.array(piece, { minLength: 2, maxLength: 4 });
  const kept = fc.constantFrom<readonly Calendar[]>([], [christmas]);
  const moment = fc.integer({ min: 0, max: 366 * 1440 }).map((minutes) => now + minutes * 60_000);

  /** Nothing, where a timetable without the piece would be none. */
  const readWithout = (written: readonly string[], at: number, calendars: readonly Calendar[]) => {
    try {
      return read(written.toSpliced(at, 1), calendars);
    } catch {
      return undefined;
    }
  };
  const isTold = (sentences: readonly string[], text: string) =>
    sentences.some(
      (each) =>
        !each.includes('overlap') &&
        (each.startsWith(`says ${text}, which`) || each.startsWith(`says ${text} twice`)),
    );
  const edgesOf = (each: ReturnType<typeof read>) =>
    each.edges(now, now + year).map(({ at, want }) => [at, want]);
  const always = (written: readonly string[]) =>
    written.some((text) => !/closed|open|freeze/.test(text) || text === 'never');

  test('what is told of can be left out, and nothing changes within the year', () => {
    fc.assert(
      fc.property(pieces, kept, fc.array(moment, { maxLength: 60 }), (written, calendars, moments) => {
        fc.pre(always(written));
        const whole = read(written, calendars);
        const sentences = whole.overlaps?.(now, now + year) ?? [];
        for (const [at, text] of written.entries()) {
          const shown = text.replace(/ Asia\/Tokyo$/, '');
          const isLast = written.lastIndexOf(text) === at;
          if (!isLast || !isTold(sentences, shown)) continue;
          const rest = readWithout(written, at, calendars);
          if (!rest) continue;
          expect(edgesOf(rest)).toEqual(edgesOf(whole));
          for (const each of [now, ...moments])
            expect([text, sameWant(rest.at(each).want, whole.at(each).want)]).toEqual([text, true]);
        }
      }),
      { numRuns: 120 },
    );
  });

  test('what could be left out is told of, or what makes it so', () => {
    fc.assert(
      fc.property(
        pieces,
        kept,
        fc.array(moment, { minLength: 60, maxLength: 60 }),
        (written, calendars, moments) => {
          fc.pre(always(written));
          const whole = read(written, calendars);
          const sentences = whole.overlaps?.(now, now + year) ?? [];
          const idle = written.filter((_, at) => {
            const rest = readWithout(written, at, calendars);
            return (
              rest !== undefined &&
              JSON.stringify(edgesOf(rest)) === JSON.stringify(edgesOf(whole)) &&
              [now, ...moments, ...edgesOf(whole).map(([each]) => each as number)].every((each) =>
                sameWant(rest.at(each).want, whole.at(each).want),
              )
            );
          });
          const texts = written.map((text) => text.replace(/ Asia\/Tokyo$/, ''));
          if (idle.length > 0 && !written.some((text) => /freeze|closed/.test(text)))
            expect([written, texts.some((text) => isTold(sentences, text))]).toEqual([written, true]);
        },
      ),
      { numRuns: 60 },
    );
  });
});
