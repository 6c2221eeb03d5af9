/** The platform's clocks, to hold ours against: slow, and by another way. */

export const zones = [
  'Europe/Amsterdam',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Asuncion',
  'Pacific/Chatham',
  'Asia/Kolkata',
  'UTC',
  'Antarctica/Troll',
  'Africa/Cairo',
] as const;

const formats = new Map<string, Intl.DateTimeFormat>();

export function clockOf(zone: string, instant: number) {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  formats.set(zone, format);
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = format
    .format(instant)
    .split(/\D+/)
    .map(Number);
  return { year, month, day, hour, minute };
}

/** Minutes that the clocks are past 1970-01-01 00:00 of their own. */
export function shownMinute(zone: string, instant: number): number {
  const { year, month, day, hour, minute } = clockOf(zone, instant);
  return Date.UTC(year, month - 1, day, hour, minute) / 60_000;
}
