import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Timetable, Want } from '../../../../src/core/schedule/model.ts';
import { written } from '../../../../src/core/schedule/tags/writing.ts';
import { timetable } from '../reading.ts';
import { hourlyOf, theirs } from './reading.ts';

const hour = 3_600_000;
const names = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const nths = names.flatMap((name) => [1, 2, 3, 4, 5].map((nth) => `${name}${nth}`));
const shown = (want: Want) => (typeof want === 'object' ? want.size : want);

/** Runs of values, as people write them, rather than 24 of any. */
const dayOf = (values: readonly string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...values), fc.integer({ min: 1, max: 12 })), {
      minLength: 24,
      maxLength: 24,
    })
    .map((runs) =>
      runs
        .flatMap(([value, times]) => Array.from({ length: times }, () => value))
        .slice(0, 24)
        .join(','),
    );

const monthOf = (values: readonly string[]) =>
  fc
    .array(fc.tuple(fc.integer({ min: 1, max: 31 }), fc.constantFrom(...values)), {
      minLength: 1,
      maxLength: 6,
    })
    .map((days) => days.map(([day, value]) => `${day}:${value}`).join(','));

const tagsOf = (keys: readonly string[], values: readonly string[], withMonth: boolean) =>
  fc
    .tuple(
      fc.dictionary(fc.constantFrom(...keys), dayOf(values), { minKeys: 1, maxKeys: 6 }),
      fc.option(monthOf(values), { nil: undefined }),
    )
    .map(([days, month]) => theirs({ ...days, ...(withMonth && month ? { DayOfMonth: month } : {}) }));

const weekly = ['AnyDay', 'AnyDay', 'WeekDay', 'Weekend', ...names];

/** As the script picks the value of an hour, in plain UTC: later keys overwrite earlier ones. */
function plainly(tags: Readonly<Record<string, string>>, moment: number): string {
  const date = new Date(moment);
  const name = names[(date.getUTCDay() + 6) % 7] ?? '';
  const weekend = name.startsWith('S');
  const nth = [1, 8, 15, 22, 29].filter((first) => first <= date.getUTCDate()).length;
  let active = '';
  for (const key of ['AnyDay', weekend ? 'Weekend' : 'WeekDay', name, `${name}${nth}`])
    active = tags[`Schedule.${key}`] ?? active;
  for (const each of (tags['Schedule.DayOfMonth'] ?? '').split(',')) {
    const [day, value] = each.split(':');
    if (Number(day) === date.getUTCDate()) active = Array.from({ length: 24 }, () => value).join(',');
  }
  const value = active === '' ? '*' : active.split(',')[date.getUTCHours()];
  return value === '*' ? 'any' : value === '0' ? 'down' : (value ?? '');
}

const month = fc
  .tuple(fc.integer({ min: 2020, max: 2032 }), fc.integer({ min: 0, max: 11 }))
  .map(([year, index]) => ({ from: Date.UTC(year, index, 1), until: Date.UTC(year, index + 1, 1) }));

describe('what is wanted', () => {
  test('is what a plain reading picks, each hour of any month, and turns there only', () => {
    const tags = tagsOf([...weekly, ...nths], ['0', '1', '3', '*'], true);
    fc.assert(
      fc.property(tags, month, (values, { from, until }) => {
        const { timetable: read } = hourlyOf(values, 'instance-pool', 'UTC');
        const edges = read.edges(from - 1, until - 1).map(({ at, want }) => `${at} ${shown(want)}`);
        const plain = { wants: [] as string[], edges: [] as string[] };
        const wants: string[] = [];
        let before = plainly(values, from - hour);
        for (let at = from; at < until; at += hour) {
          const now = plainly(values, at);
          plain.wants.push(now);
          wants.push(shown(read.at(at + 17 * 60_000).want));
          if (now !== before) plain.edges.push(`${at} ${now}`);
          before = now;
        }
        expect({ wants, edges }).toEqual(plain);
      }),
      { numRuns: 120 },
    );
  });
});

describe('as policies', () => {
  /** What is acted on: that something is left alone from now on is not. */
  const acted = (edges: readonly { readonly at: number; readonly want: Want }[]) =>
    edges
      .filter(({ want }) => want !== 'any')
      .map(({ at, want }) => `${new Date(at).toISOString()} ${shown(want)}`);

  const compared = (values: Readonly<Record<string, string>>, zone: string) => {
    const { hourly, timetable: read } = hourlyOf(values, 'instance-pool', zone);
    const made = written(hourly);
    if ('because' in made) return made;
    const policy = timetable(made.entries, [], { defaultZone: zone });
    const [from, until] = [Date.UTC(2026, 0, 5), Date.UTC(2027, 1, 1)];
    expect(acted(policy.edges(from, until))).toEqual(acted(read.edges(from, until)));
    return { policy, read, from, until };
  };

  test('tags without * want the same at all hours', () => {
    const tags = tagsOf(['WeekDay', 'Weekend', ...names, ...nths], ['0', '1', '3'], true).map((all) => ({
      'Schedule.AnyDay': Array.from({ length: 24 }, () => '0').join(','),
      ...all,
    }));
    fc.assert(
      fc.property(tags, fc.constantFrom('UTC', 'Europe/Berlin', 'America/Sao_Paulo'), (values, zone) => {
        const made = compared(values, zone);
        if ('because' in made) throw new Error(made.because);
        const moments = Array.from({ length: 1700 }, (_, n) => made.from + n * 5 * hour);
        const wants = ({ at }: Timetable) => moments.map((moment) => shown(at(moment).want));
        expect(wants(made.policy)).toEqual(wants(made.read));
      }),
      { numRuns: 60 },
    );
  });

  test('weeks with * act at the same moments', () => {
    fc.assert(
      fc.property(tagsOf(weekly, ['0', '1', '3', '*'], false), (values) => {
        const made = compared(values, 'UTC');
        if ('because' in made) expect(made.because).toBe('they leave it as it is at all hours');
      }),
      { numRuns: 100 },
    );
  });

  test('what no timetable says is said why', () => {
    const idle = { AnyDay: Array.from({ length: 24 }, () => '*').join(',') };
    const made = (values: Readonly<Record<string, string>>) =>
      written(hourlyOf(theirs(values), 'instance', 'UTC').hourly);
    expect(made(idle)).toEqual({ because: 'they leave it as it is at all hours' });
    expect(made({ DayOfMonth: '1:1,28:0', Monday2: idle.AnyDay })).toEqual({
      because:
        'some hours are to be left alone, and not all weeks are alike (Schedule.Monday2, Schedule.DayOfMonth); no timetable says both',
    });
  });
});
