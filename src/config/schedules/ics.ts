import ICAL from 'ical.js';
import type { Span } from './days.ts';

/** Rules that come back by the second would never end. */
const mostOccurrences = 20_000;

/** The longest event that is followed, in days. */
const longest = 366;

/**
 * The days of every event of an iCalendar file (RFC 5545) within the span, each with its summary. DTEND
 * of an event of whole days is the day after it; cancelled events count for nothing. Throws an Error for
 * what is not iCalendar.
 */
export function daysOfIcs(text: string, { from, to }: Span): ReadonlyMap<string, string> {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  if (calendar.name !== 'vcalendar') throw new Error('it holds no VCALENDAR');
  const days = new Map<string, string>();
  const first = ICAL.Time.fromDateString(from);
  first.addDuration(ICAL.Duration.fromData({ days: -longest }));
  const last = ICAL.Time.fromDateString(to);
  for (const { start, end, summary } of calendar
    .getAllSubcomponents('vevent')
    .flatMap((event) => occurrences(event, first, last)))
    for (const day of touched(start, end))
      if (day >= from && day <= to && !days.has(day)) days.set(day, summary);
  return days;
}

interface Occurrence {
  readonly start: ICAL.Time;
  readonly end: ICAL.Time;
  readonly summary: string;
}

function occurrences(component: ICAL.Component, first: ICAL.Time, last: ICAL.Time): readonly Occurrence[] {
  const event = new ICAL.Event(component);
  if (isCancelled(component) || event.isRecurrenceException()) return [];
  if (!event.startDate) throw new Error(`the event "${event.summary ?? event.uid ?? ''}" has no DTSTART`);
  if (!event.isRecurring())
    return [{ start: event.startDate, end: event.endDate, summary: event.summary ?? '' }];
  const found: Occurrence[] = [];
  const iterator = event.iterator();
  for (let count = 0; ; count++) {
    if (count > mostOccurrences) throw new Error(`the event "${event.summary ?? ''}" comes back too often`);
    const at = iterator.next();
    if (!at || at.compare(last) > 0) return found;
    if (at.compare(first) < 0) continue;
    const { startDate, endDate, item } = event.getOccurrenceDetails(at);
    if (!isCancelled(item.component))
      found.push({ start: startDate, end: endDate, summary: item.summary ?? '' });
  }
}

function isCancelled(component: ICAL.Component): boolean {
  return String(component.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED';
}

/** The days by the event's own wall clock; one that ends at midnight does not touch the day that begins. */
function touched(start: ICAL.Time, end: ICAL.Time): readonly string[] {
  const days: string[] = [];
  const day = ICAL.Time.fromDateString(dateOf(start));
  do {
    days.push(dateOf(day));
    day.addDuration(ICAL.Duration.fromData({ days: 1 }));
  } while (days.length < longest && isBefore(day, end));
  return days;
}

function isBefore(day: ICAL.Time, end: ICAL.Time): boolean {
  const last = dateOf(end);
  return (
    dateOf(day) < last || (dateOf(day) === last && !end.isDate && end.hour + end.minute + end.second > 0)
  );
}

function dateOf({ year, month, day }: ICAL.Time): string {
  return [String(year).padStart(4, '0'), String(month).padStart(2, '0'), String(day).padStart(2, '0')].join(
    '-',
  );
}
