import { describe, expect, test } from 'vitest';
import { plainText } from '../../../../src/core/report.ts';
import { eveningReport } from '../../../../src/core/schedule/reports/evening-report.ts';
import { morningReport } from '../../../../src/core/schedule/reports/morning-report.ts';
import { warningReport } from '../../../../src/core/schedule/reports/warning-report.ts';
import { listed, money, policyNames, someOf } from '../../../../src/core/schedule/wording.ts';
import { evening, seven, someRows } from '../../../support/evenings.ts';

const quiet = { ...evening, missing: [] };

describe('the evening', () => {
  test('is one sentence', () => {
    const rows = [
      ...someRows(12),
      ...evening.rows.filter(({ outcome }) => outcome === 'kept' || outcome === 'failed'),
    ];
    expect(eveningReport({ ...quiet, rows }).title).toBe(
      'Lights out in dev-evenings: 12 of 14 stopped, 1 kept, 1 failed; saves about €4.10 tonight (estimate).',
    );
  });

  test('has its table, and so its file, only when it is over and long', () => {
    const tables = (of: Parameters<typeof eveningReport>[0]) =>
      eveningReport(of).blocks.filter(({ type }) => type === 'table').length;
    expect(tables({ ...quiet, rows: someRows(214) })).toBe(1);
    expect(tables({ ...quiet, rows: someRows(214), state: 'running' })).toBe(0);
    expect(tables({ ...quiet, rows: someRows(20) })).toBe(0);
  });

  test('of ten thousand resources stays a short message', () => {
    const rows = [...someRows(5_000), ...someRows(5_000, { outcome: 'failed', because: 'x'.repeat(300) })];
    const words = JSON.stringify(eveningReport({ ...quiet, rows, state: 'running' }));
    expect(words.length).toBeLessThan(8_000);
  });

  test('of a thousand reasons stays short too', () => {
    const rows = someRows(1_000).map((row, n) => ({
      ...row,
      outcome: n % 2 === 0 ? ('left' as const) : ('kept' as const),
      because: `reason ${n}`,
    }));
    const { blocks } = eveningReport({ ...quiet, rows, state: 'running' });
    const lists = blocks.flatMap((block) => (block.type === 'list' ? [block.items.length] : []));
    expect(lists).toEqual([13, 13]);
  });

  test.each([
    ['success', { rows: someRows(3), missing: [] }],
    ['warning', { rows: someRows(3) }],
    ['warning', { rows: someRows(3, { outcome: 'waiting' }), missing: [] }],
    ['failure', { rows: someRows(3, { outcome: 'failed' }) }],
    ['running', { rows: someRows(3), state: 'running' }],
    ['waiting', { rows: someRows(3), state: 'asked' }],
  ] as const)('is %s', (tone, more) => {
    expect(eveningReport({ ...evening, ...more }).tone).toBe(tone);
  });
});

describe('the morning', () => {
  const up = { ...quiet, direction: 'up' as const };

  test('is silent when all is up, kept or left', () => {
    const rows = evening.rows.filter(({ outcome }) => outcome !== 'failed');
    expect(morningReport({ ...up, rows })).toBeUndefined();
  });

  test('is silent of what is still starting, until the end', () => {
    const rows = someRows(3, { outcome: 'running' });
    expect(morningReport({ ...up, rows, state: 'running' })).toBeUndefined();
    expect(plainText(morningReport({ ...up, rows, state: 'over' })?.title ?? '')).toBe(
      'Not everything is up in dev-evenings: 3 of 3 did not start.',
    );
  });

  test('speaks of a region that cannot be asked', () => {
    const report = morningReport({ ...up, rows: someRows(3), missing: evening.missing });
    expect(plainText(report?.title ?? '')).toContain('1 region could not be asked');
  });
});

test('a warning of nothing has no buttons', () => {
  const actions = [{ type: 'button' as const, id: 'skip', label: 'Skip tonight', value: 'x' }];
  const none = { policies: ['p'], at: seven, zone: 'Europe/Amsterdam', rows: [], kept: [], actions };
  expect(warningReport(none).actions).toEqual([]);
});

describe('words', () => {
  test.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('%j', (words, text) => expect(listed(words)).toBe(text));

  test('one more is named, two are counted', () => {
    expect(someOf(['a', 'b', 'c'], 2)).toBe('a, b and c');
    expect(someOf(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
    expect(policyNames(['a', 'b', 'c', 'd'])).toBe('a, b, c and 1 more policy');
  });

  test.each([
    ['EUR', '€4.10'],
    ['USD', 'US$4.10'],
    ['CHF', 'CHF 4.10'],
    ['coins', '4.10 coins'],
  ])('%s', (currency, text) => expect(money(4.1, currency)).toBe(text));
});
