import { Refused } from './refused.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const units = new Map([
  ['ms', 1],
  ['s', 1_000],
  ['m', minute],
  ['h', hour],
  ['d', day],
]);

/**
 * Where `POST /control/clock` moves the clock to, in milliseconds since 1970-01-01T00:00Z.
 * `{advance}`: milliseconds, `"1h30m"` or `"PT1H30M"`. `{set}`: an ISO instant, or `"19:00"` for the next such
 * moment in UTC. Throws Refused (400).
 */
export function readMove(body: Readonly<Record<string, unknown>>, now: number): number {
  const { advance, set, ...rest } = body;
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) throw new Refused(400, `"${unknown}" is not known here: give advance or set.`);
  if ((advance === undefined) === (set === undefined))
    throw new Refused(
      400,
      'Give either advance ("15m", or milliseconds) or set ("19:00", or an ISO instant).',
    );
  return advance === undefined ? readInstant(set, now) : now + readSpan(advance);
}

function readSpan(value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  if (typeof value === 'string' && /^(\d+(ms|[smhd]))+$/.test(value)) {
    const parts = [...value.matchAll(/(\d+)(ms|[smhd])/g)];
    return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units.get(unit ?? '') ?? 0), 0);
  }
  if (typeof value === 'string' && /^P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?$/.test(value))
    return readSpan(value.replace(/[PT]/g, '').toLowerCase());
  throw new Refused(
    400,
    'advance must be milliseconds (0 or more), or a span such as "90s", "15m", "1h30m", "2d".',
  );
}

function readInstant(value: unknown, now: number): number {
  if (typeof value === 'string') {
    const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(value) ?? [];
    if (hours !== undefined) return nextTime(Number(hours) * hour + Number(minutes) * minute, now);
    // An instant without a zone would mean another moment on every computer.
    const instant = /^\d{4}-\d\d-\d\d(T.+(Z|[+-]\d\d:?\d\d))?$/.test(value) ? Date.parse(value) : Number.NaN;
    if (!Number.isNaN(instant)) return instant;
  }
  throw new Refused(400, 'set must be "HH:MM" (the next such time, UTC) or an ISO instant with its zone.');
}

function nextTime(timeOfDay: number, now: number): number {
  const today = now - (now % day) + timeOfDay;
  return today > now ? today : today + day;
}
