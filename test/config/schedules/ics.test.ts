import { describe, expect, test } from 'vitest';
import { daysOfIcs } from '../../../src/config/schedules/ics.ts';

const span = { from: '2025-01-01', to: '2031-12-31' };

const calendar = (...events: string[][]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//lamplight//tests//EN',
    ...events.flatMap((lines, at) => ['BEGIN:VEVENT', `UID:${at}@lamplight.example`, ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n');

const days = (...events: string[][]) => Object.fromEntries(daysOfIcs(calendar(...events), span));

describe('an event', () => {
  test('of one day', () => {
    expect(days(['DTSTART;VALUE=DATE:20261225', 'DTEND;VALUE=DATE:20261226', 'SUMMARY:Christmas'])).toEqual({
      '2026-12-25': 'Christmas',
    });
    expect(days(['DTSTART;VALUE=DATE:20261225', 'SUMMARY:Christmas'])).toEqual({ '2026-12-25': 'Christmas' });
  });

  test('of several days ends before DTEND, or after DURATION', () => {
    const expected = { '2026-12-31': 'Turn', '2027-01-01': 'Turn' };
    expect(days(['DTSTART;VALUE=DATE:20261231', 'DTEND;VALUE=DATE:20270102', 'SUMMARY:Turn'])).toEqual(
      expected,
    );
    expect(days(['DTSTART;VALUE=DATE:20261231', 'DURATION:P2D', 'SUMMARY:Turn'])).toEqual(expected);
  });

  test('of some hours is the days that it touches by its own clock', () => {
    const event = (start: string, end: string) => [
      `DTSTART;TZID=Europe/Amsterdam:${start}`,
      `DTEND;TZID=Europe/Amsterdam:${end}`,
      'SUMMARY:Move',
    ];
    expect(Object.keys(days(event('20260601T220000', '20260602T000000')))).toEqual(['2026-06-01']);
    expect(Object.keys(days(event('20260601T220000', '20260602T003000')))).toEqual([
      '2026-06-01',
      '2026-06-02',
    ]);
    expect(Object.keys(days(event('20260601T000000', '20260601T000000')))).toEqual(['2026-06-01']);
  });

  test('that comes back each year', () => {
    const found = days([
      'DTSTART;VALUE=DATE:19960427',
      'DTEND;VALUE=DATE:19960428',
      'RRULE:FREQ=YEARLY',
      'EXDATE;VALUE=DATE:20270427',
      'SUMMARY:King’s Day',
    ]);
    expect(Object.keys(found)).toEqual([2025, 2026, 2028, 2029, 2030, 2031].map((year) => `${year}-04-27`));
  });

  test('that comes back by a rule, and has ended', () => {
    const found = days([
      'DTSTART;VALUE=DATE:20241128',
      'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;UNTIL=20271231',
      'SUMMARY:Thanksgiving',
    ]);
    expect(Object.keys(found)).toEqual(['2025-11-27', '2026-11-26', '2027-11-25']);
  });

  test('one of whose days was moved or called off', () => {
    const text = calendar(
      ['DTSTART;VALUE=DATE:20260101', 'RRULE:FREQ=YEARLY;COUNT=3', 'SUMMARY:Fair'],
      ['DTSTART;VALUE=DATE:20270105', 'RECURRENCE-ID;VALUE=DATE:20270101', 'SUMMARY:Fair, late'],
      [
        'DTSTART;VALUE=DATE:20280101',
        'RECURRENCE-ID;VALUE=DATE:20280101',
        'STATUS:CANCELLED',
        'SUMMARY:Fair',
      ],
    ).replaceAll(/UID:\d@/g, 'UID:fair@');
    expect(Object.fromEntries(daysOfIcs(text, span))).toEqual({
      '2026-01-01': 'Fair',
      '2027-01-05': 'Fair, late',
    });
  });

  test('that begins before the span and reaches into it', () => {
    expect(
      Object.keys(days(['DTSTART;VALUE=DATE:20241230', 'DTEND;VALUE=DATE:20250103', 'SUMMARY:Turn'])),
    ).toEqual(['2025-01-01', '2025-01-02']);
  });

  test('that was called off, or has no summary', () => {
    expect(days(['DTSTART;VALUE=DATE:20261225', 'STATUS:CANCELLED'])).toEqual({});
    expect(days(['DTSTART;VALUE=DATE:20261225'])).toEqual({ '2026-12-25': '' });
  });
});

describe('what is no calendar', () => {
  test.each([
    ['', /./],
    ['<html>404</html>', /invalid/],
    [calendar(['SUMMARY:When?']), 'the event "When?" has no DTSTART'],
    [
      calendar(['DTSTART:20260101T000000Z', 'RRULE:FREQ=SECONDLY', 'SUMMARY:Tick']),
      'the event "Tick" comes back too often',
    ],
    ['BEGIN:VCARD\r\nEND:VCARD\r\n', 'it holds no VCALENDAR'],
  ])('%j', (text, expected) => {
    expect(() => daysOfIcs(text, span)).toThrow(expected);
  });
});
