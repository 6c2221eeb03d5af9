/** Days as they are written in calendars. */

/** The first and the last day of what a calendar knows, `2026-04-27`. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** A calendar that comes back each year, or a file with rules that never end, is known for so long. */
export function knownSpan(now: number): Span {
  const year = new Date(now).getUTCFullYear();
  return { from: `${year - 1}-01-01`, to: `${year + 5}-12-31` };
}

const day = 86_400_000;

/** More days than this in one entry is a slip of the pen. */
const longest = 366;

/**
 * The days of one entry, `2026-12-25 Christmas`, `2026-12-24..2027-01-02`, `12-25: Christmas` or
 * `12-24..01-02`, each with the words that follow; or why it is none, a part of a sentence.
 */
export function readDays(
  entry: string,
  span: Span,
): { readonly days: ReadonlyMap<string, string> } | { readonly wrong: string } {
  const [, first = '', last = first, words = ''] =
    /^(\d[\d-]*)(?:\s*\.\.\s*(\d[\d-]*))?(?:\s*:\s+|\s+|$)(.*)$/s.exec(entry.trim()) ?? [];
  if (!first) return { wrong: 'does not begin with a day such as 2026-12-25 or, for every year, 12-25' };
  if (first.length !== last.length)
    return { wrong: 'begins and ends in different ways: give both days a year, or none' };
  const years = /^\d{4}-/.test(first) ? [undefined] : yearsOf(span);
  const found = new Map<string, string>();
  for (const year of years) {
    const from = instant(year, first);
    const to = instant(year !== undefined && last < first ? year + 1 : year, last);
    const odd = [first, last].find((text) => instant(leapYear(year), text) === undefined);
    if (odd) return { wrong: `says ${odd}, which is not a day of the calendar` };
    if (from === undefined || to === undefined) continue;
    if (to < from) return { wrong: 'ends before it begins' };
    if (to - from > longest * day) return { wrong: 'is longer than a year' };
    for (let at = from; at <= to; at += day) found.set(new Date(at).toISOString().slice(0, 10), words.trim());
  }
  return { days: found };
}

function yearsOf({ from, to }: Span): readonly number[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

/** A year that has every day, to tell the 29th of February from a day that never is. */
function leapYear(year: number | undefined): number | undefined {
  return year === undefined ? undefined : 2024;
}

function instant(year: number | undefined, text: string): number | undefined {
  const written = year === undefined ? text : `${year}-${text}`;
  if (!/^\d{4}-\d\d-\d\d$/.test(written)) return undefined;
  const at = Date.parse(`${written}T00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== written ? undefined : at;
}
