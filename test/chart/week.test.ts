import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { daysOf } from '../../src/chart/days.ts';
import { sevenDays, type Week } from '../../src/chart/seven-days.ts';
import { weekSvg } from '../../src/chart/svg.ts';
import { weekAlt, weekChart } from '../../src/chart/week.ts';
import { packageRoot } from '../../src/root.ts';

const hour = 3_600_000;
/** 20:00 in Amsterdam; the clocks went back on the Sunday before. */
const until = Date.UTC(2026, 9, 28, 19);

const week: Week = {
  points: Array.from({ length: 7 * 24 + 1 }, (_, n) => {
    const at = until - sevenDays + n * hour;
    const [day, clock] = [new Date(at).getUTCDay(), new Date(at).getUTCHours()];
    return { at, up: day > 0 && day < 6 && clock >= 7 && clock < 18 ? 14 - (day % 3) : 2, all: 15 };
  }),
  zone: 'Europe/Amsterdam',
  title: 'Running resources, last seven days',
  policies: ['dev-evenings', '<shop & nights>'],
  until,
};

/** Ids count on from one picture to the next. */
const withoutIds = (svg: string) => svg.replace(/zr\d+-(cls-\d+)?/g, 'zr-');

describe('the picture', () => {
  test('is the same SVG for the same week', async () => {
    const svg = withoutIds(weekSvg(week));
    expect(withoutIds(weekSvg(week))).toBe(svg);
    await expect(svg).toMatchFileSnapshot(join(packageRoot, 'test/golden/chart/week.svg'));
  });

  test('is a PNG of 2000 × 800 with the same bytes each time', async () => {
    const png = await weekChart(week);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2000, 800]);
    expect((await weekChart(week)).equals(png)).toBe(true);
  });

  test('has text that is drawn', async () => {
    const png = await weekChart(week);
    const mute = await weekChart({ ...week, title: '' });
    expect(png.length).toBeGreaterThan(mute.length + 1_000);
  });

  test('of nothing says so', () => {
    const none = { ...week, points: [] };
    expect(weekSvg(none)).toContain('Nothing was seen yet');
    expect(weekAlt(none)).toContain('nothing was seen yet');
  });
});

test('in words', () => {
  expect(weekAlt(week)).toBe(
    'Running resources of dev-evenings, <shop & nights> over the last seven days: at most 14, at least 2, now 2 of 15.',
  );
});

describe('days', () => {
  test('have the names of the zone', () => {
    const names = daysOf(until - sevenDays, until, 'Pacific/Auckland').noons.map(({ name }) => name);
    expect(names).toEqual(['Thu 22', 'Fri 23', 'Sat 24', 'Sun 25', 'Mon 26', 'Tue 27', 'Wed 28']);
  });

  test('of 25 hours move the midnights after them', () => {
    const { midnights } = daysOf(until - sevenDays, until, 'Europe/Amsterdam');
    const lengths = midnights.slice(1).map((at, n) => (at - (midnights[n] ?? 0)) / hour);
    expect(lengths).toEqual([24, 24, 24, 25, 24, 24]);
  });

  test('have nights from 22:00 to 6:00 that are cut at both ends', () => {
    const midnight = Date.UTC(2026, 5, 1);
    const { nights } = daysOf(midnight, midnight + 23 * hour, 'Asia/Kathmandu');
    expect(nights.map(({ from, to }) => [(from - midnight) / hour, (to - midnight) / hour])).toEqual([
      [0, 0.25],
      [16.25, 23],
    ]);
  });
});
