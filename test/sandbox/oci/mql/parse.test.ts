import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInterval, parseQuery } from '../../../../sandbox/oci/mql/parse.ts';
import { BadQuery } from '../../../../sandbox/oci/mql/syntax.ts';

const metric = (more: object = {}) => ({
  kind: 'metric',
  name: 'A',
  interval: 60_000,
  filters: [],
  stages: [{ statistic: 'sum' }],
  ...more,
});

describe('a query', () => {
  test.each([
    ['A[1m].sum()', metric()],
    [' A [ 1m ] . sum ( ) ', metric()],
    [
      'my_app.success-rate[5m].mean()',
      metric({
        name: 'my_app.success-rate',
        interval: 300_000,
        stages: [{ statistic: 'mean' }],
      }),
    ],
    [
      'A[1m]{d = "x y", e=z-1.2}.sum()',
      metric({
        filters: [
          { dimension: 'd', fuzzy: false, value: 'x y' },
          { dimension: 'e', fuzzy: false, value: 'z-1.2' },
        ],
      }),
    ],
    [
      String.raw`A[1m]{d =~ "a*|\"b\""}.sum()`,
      metric({
        filters: [{ dimension: 'd', fuzzy: true, value: 'a*|"b"' }],
      }),
    ],
    ['A[1m].grouping().sum()', metric({ stages: [{ statistic: 'sum', by: [] }] })],
    ['A[1m].groupBy(x, y).sum()', metric({ stages: [{ statistic: 'sum', by: ['x', 'y'] }] })],
    ['A[1m].percentile(.95)', metric({ stages: [{ statistic: 'percentile', argument: 0.95 }] })],
    ['A[1m].absent(20m)', metric({ stages: [{ statistic: 'absent', argument: 1_200_000 }] })],
    [
      'A[1m].rate().grouping().mean()',
      metric({
        stages: [{ statistic: 'rate' }, { statistic: 'mean', by: [] }],
      }),
    ],
    [
      '(A[1m].sum() > 80).grouping().count()',
      {
        kind: 'nested',
        of: { kind: 'binary', operator: '>', left: metric(), right: { kind: 'number', value: 80 } },
        stages: [{ statistic: 'count', by: [] }],
      },
    ],
    ['A[1m].sum() not in (1, 2.5)', { kind: 'within', of: metric(), not: true, least: 1, most: 2.5 }],
    [
      '(A[1m].sum() / A[1m].sum()) * 100',
      {
        kind: 'binary',
        operator: '*',
        left: { kind: 'binary', operator: '/', left: metric(), right: metric() },
        right: { kind: 'number', value: 100 },
      },
    ],
    [
      'A[1m].sum() > 1 && A[1m].sum() + 1 < 2 || 0 == A[1m].sum()',
      {
        kind: 'binary',
        operator: '||',
        left: {
          kind: 'binary',
          operator: '&&',
          left: { kind: 'binary', operator: '>', left: metric(), right: { kind: 'number', value: 1 } },
          right: {
            kind: 'binary',
            operator: '<',
            left: { kind: 'binary', operator: '+', left: metric(), right: { kind: 'number', value: 1 } },
            right: { kind: 'number', value: 2 },
          },
        },
        right: { kind: 'binary', operator: '==', left: { kind: 'number', value: 0 }, right: metric() },
      },
    ],
  ])('%s', (text, expression) => {
    expect(parseQuery(text)).toEqual(expression);
  });

  test.each([
    ['', /expected a metric or a number/],
    ['A', /an interval such as \[1m\] after A/],
    ['A[1m]', /a statistic such as \.mean\(\)/],
    ['A[1m].', /"" is no statistic/],
    ['A[1m].median()', /"median" is no statistic: absent, avg/],
    ['A[1m].groupBy(x)', /expected "\."/],
    ['A[1m].groupBy().sum()', /a dimension to group by/],
    ['A[0m].sum()', /0m is no interval/],
    ['A[61m].sum()', /61m is no interval/],
    ['A[25h].sum()', /no interval/],
    ['A[2d].sum()', /no interval/],
    ['A[30s].sum()', /no interval/],
    ['A[1m]{}.sum()', /a dimension/],
    ['A[1m]{d}.sum()', /= or =~/],
    ['A[1m]{d != "x"}.sum()', /= or =~/],
    ['A[1m]{d =~ x*}.sum()', /between double quotes/],
    ['A[1m]{d = "x"', /expected "}"/],
    ['A[1m].percentile()', /a metric or a number/],
    ['A[1m].percentile(95)', /between 0 and 1/],
    ['A[1m].sum() = 0', /the end/],
    ['A[1m].sum() >', /where the query ends/],
    ['(A[1m].sum()', /expected "\)"/],
    ['1 + 1', /names no metric/],
    [`${'('.repeat(1000)}A[1m].sum()${')'.repeat(1000)}`, /too many brackets/],
  ])('%j is none', (text, why) => {
    expect(() => parseQuery(text)).toThrow(BadQuery);
    expect(() => parseQuery(text)).toThrow(why);
  });

  test('is read or refused, and breaks nothing', () => {
    const words = fc.constantFrom(
      ...'A [1m] {d="x"} .sum() .grouping() ( ) > 80 && / in (1,2) . "'.split(' '),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(words).map((all) => all.join('')),
        ),
        (text) => {
          try {
            parseQuery(text);
          } catch (error) {
            expect(error).toBeInstanceOf(BadQuery);
          }
        },
      ),
    );
  });
});

test.each([
  ['1m', 60_000],
  ['60m', 3_600_000],
  ['24h', 86_400_000],
  ['1d', 86_400_000],
])('%s is %d', (text, ms) => {
  expect(parseInterval(text)).toBe(ms);
});
