/** The days and nights of a stretch of time, by the wall clock of a zone. */
export interface Days {
  /** Local midnights within the stretch. */
  readonly midnights: readonly number[];
  /** Where a day's name stands: local noon, `Mon 23`. */
  readonly noons: readonly { readonly at: number; readonly name: string }[];
  /** From 22:00 to 6:00, cut at the ends of the stretch. */
  readonly nights: readonly { readonly from: number; readonly to: number }[];
}

/** No zone changes between two of these: all offsets are whole quarters of an hour. */
const step = 15 * 60_000;

/** Looks at every quarter of an hour, since days with a change of clocks have 23 or 25 hours. */
export function daysOf(from: number, to: number, zone: string): Days {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' });
  const named = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', day: 'numeric' });
  const midnights: number[] = [];
  const noons: { at: number; name: string }[] = [];
  const nights: { from: number; to: number }[] = [];
  let before = Number(clock.format(from));
  let night = isNight(before) ? from : undefined;
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
    const hour = Number(clock.format(at));
    if (hour < before) midnights.push(at);
    if (hour >= 12 && before < 12) noons.push({ at, name: named.format(at).replace(',', '') });
    if (isNight(hour)) night ??= at;
    else if (night !== undefined) {
      nights.push({ from: night, to: at });
      night = undefined;
    }
    before = hour;
  }
  if (night !== undefined && night < to) nights.push({ from: night, to });
  return { midnights, noons, nights };
}

function isNight(hour: number): boolean {
  return hour >= 22 || hour < 6;
}
