import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { Metrics } from '../../../../sandbox/oci/metrics.ts';
import { evaluate } from '../../../../sandbox/oci/mql/evaluate.ts';
import { Minute } from '../../../../sandbox/oci/mql/minute.ts';
import { parseQuery } from '../../../../sandbox/oci/mql/parse.ts';

const minute = 60_000;
const noon = Date.UTC(2026, 10, 1, 12);
const place = { region: 'r', compartmentId: 'c', namespace: 'shop' };

let metrics: Metrics;
beforeEach(() => {
  metrics = new Metrics();
});

/** Values by minutes and seconds after noon. */
function put(name: string, dimensions: Record<string, string>, values: Readonly<Record<number, number>>) {
  for (const [seconds, value] of Object.entries(values))
    metrics.record({ ...place, name, dimensions, value, at: noon + Number(seconds) * 1000 });
}

/** What is said at each minute after noon, by the dimensions written out. */
function ask(query: string, { minutes = 5, step = 1 } = {}) {
  const series = evaluate(parseQuery(query), (name) => metrics.streams({ ...place, name }), {
    from: noon + minute,
    to: noon + (minutes + 1) * minute,
    step: step * minute,
  });
  return Object.fromEntries(
    series.map(({ dimensions, points }) => [
      Object.entries(dimensions)
        .map((pair) => pair.join('='))
        .join(' '),
      Object.fromEntries([...points].map(([at, value]) => [(at - noon) / minute, value])),
    ]),
  );
}

describe('a window', () => {
  test('ends at its point, and has its end but not its beginning', () => {
    put('A', { h: '1' }, { 0: 1, 1: 2, 60: 3, 61: 4 });
    expect(ask('A[1m].sum()')).toEqual({ 'h=1': { 1: 5, 2: 4 } });
  });

  test('may overlap with the next', () => {
    put('A', { h: '1' }, { 30: 1, 90: 2, 150: 4 });
    expect(ask('A[2m].sum()', { minutes: 4 })).toEqual({ 'h=1': { 1: 1, 2: 3, 3: 6, 4: 4 } });
    expect(ask('A[2m].sum()', { minutes: 4, step: 2 })).toEqual({ 'h=1': { 1: 1, 3: 6 } });
  });

  test('without data has no point, and streams without points are not told of', () => {
    put('A', { h: '1' }, { 30: 1, 210: 1 });
    put('A', { h: '2' }, { 3600: 1 });
    expect(ask('A[1m].count()')).toEqual({ 'h=1': { 1: 1, 4: 1 } });
    expect(ask('B[1m].count()')).toEqual({});
  });
});

test.each([
  ['sum', 18],
  ['count', 4],
  ['mean', 4.5],
  ['avg', 4.5],
  ['min', 2],
  ['max', 8],
  ['first', 4],
  ['last', 8],
])('%s of 4, 2, 4, 8 is %d', (statistic, value) => {
  put('A', { h: '1' }, { 10: 4, 20: 2, 30: 4, 40: 8 });
  expect(ask(`A[1m].${statistic}()`)).toEqual({ 'h=1': { 1: value } });
});

test.each([
  [0.5, 50],
  [0.95, 95],
  [0.99, 99],
])('percentile(%d) of 1 to 100 is %d', (share, value) => {
  put('A', {}, Object.fromEntries(Array.from({ length: 50 }, (_, n) => [n + 1, 2 * n + 1])));
  for (let n = 1; n <= 50; n += 1)
    metrics.record({ ...place, name: 'A', dimensions: {}, value: 2 * n, at: noon + 55_000 });
  expect(ask(`A[1m].percentile(${share})`)).toEqual({ '': { 1: value } });
});

test('values count as often as they are said to have occurred', () => {
  metrics.record({ ...place, name: 'A', dimensions: {}, value: 3, count: 5, at: noon + 1_000 });
  expect(ask('A[1m].sum()')).toEqual({ '': { 1: 15 } });
  expect(ask('A[1m].count()')).toEqual({ '': { 1: 5 } });
});

test('changes are from the window before, or from the first value', () => {
  put('A', {}, { 10: 100, 30: 160, 90: 280 });
  expect(ask('A[1m].increment()')).toEqual({ '': { 1: 60, 2: 120 } });
  expect(ask('A[1m].rate()')).toEqual({ '': { 1: 1, 2: 2 } });
});

test('absence is told for as long as it is said to be', () => {
  put('A', { h: '1' }, { 30: 1, 90: 1 });
  expect(ask('A[1m].absent(3m)', { minutes: 6 })).toEqual({ 'h=1': { 1: 0, 2: 0, 3: 1, 4: 1 } });
  expect(ask('A[1m].grouping().absent()', { minutes: 4 })).toEqual({ '': { 1: 0, 2: 0, 3: 1, 4: 1 } });
  expect(ask('B[1m].absent()')).toEqual({});
});

describe('filters and groups', () => {
  beforeEach(() => {
    put('A', { host: 'web-1', zone: 'a', 'a.b': 'x' }, { 10: 1 });
    put('A', { host: 'web-2', zone: 'b' }, { 10: 2 });
    put('A', { host: 'api-1', zone: 'b' }, { 10: 4 });
  });

  test.each([
    ['{host = "web-1"}', 1],
    ['{host = web-1}', 1],
    ['{host =~ "web-*"}', 3],
    ['{host =~ "*-1"}', 5],
    ['{host =~ "web-2|api-*"}', 6],
    ['{host =~ "w*b*2"}', 2],
    ['{host =~ "web-1"}', 1],
    ['{host =~ "*"}', 7],
    ['{zone = "b", host =~ "web*"}', 2],
    // as the real one does with what no stream has
    ['{nonsense = "b"}', 7],
    ['{constructor = "b"}', 7],
    // a stream without it is none that has the value
    ['{a.b = "x"}', 1],
  ])('%s leaves %d', (filter, sum) => {
    expect(ask(`A[1m]${filter}.grouping().sum()`)).toEqual({ '': { 1: sum } });
  });

  test('that let nothing through leave nothing', () => {
    expect(ask('A[1m]{host = "web-3"}.grouping().sum()')).toEqual({});
  });

  test('are by one dimension, by several, or by none', () => {
    expect(ask('A[1m].groupBy(zone).sum()')).toEqual({ 'zone=a': { 1: 1 }, 'zone=b': { 1: 6 } });
    expect(Object.keys(ask('A[1m].groupBy(zone, host).sum()'))).toHaveLength(3);
    expect(Object.keys(ask('A[1m].sum()'))).toHaveLength(3);
    expect(ask('A[1m].groupBy(zone).max().grouping().sum()')).toEqual({ '': { 1: 5 } });
    expect(ask('A[1m].sum().grouping().mean()')).toEqual({ '': { 1: 7 / 3 } });
  });

  test('are of what is within brackets too', () => {
    expect(ask('(A[1m].max() > 1).grouping().sum()')).toEqual({ '': { 1: 2 } });
    expect(ask('(A[1m].max() > 1).groupBy(zone).sum()')).toEqual({ 'zone=a': { 1: 0 }, 'zone=b': { 1: 2 } });
  });
});

describe('two metrics', () => {
  beforeEach(() => {
    put('Errors', { host: '1' }, { 10: 1, 130: 3 });
    put('Errors', { host: '2' }, { 10: 2 });
    put('All', { host: '1' }, { 10: 10, 70: 10, 130: 0 });
    put('All', { host: '2' }, { 10: 10, 70: 10 });
  });

  test('go together by their dimensions, where both have a point', () => {
    expect(ask('Errors[1m].sum() / All[1m].sum() * 100')).toEqual({
      'host=1': { 1: 10 },
      'host=2': { 1: 20 },
    });
    expect(ask('(Errors[1m].grouping().sum() / All[1m].grouping().sum()) * 100')).toEqual({ '': { 1: 15 } });
  });

  test('go together with one that has none', () => {
    expect(ask('All[1m].sum() - All[1m].grouping().mean()')).toEqual({
      'host=1': { 1: 0, 2: 0, 3: 0 },
      'host=2': { 1: 0, 2: 0 },
    });
  });

  test('have no point where it would be no number', () => {
    expect(ask('Errors[1m]{host = 1}.sum() / All[1m]{host = 1}.sum()')).toEqual({ 'host=1': { 1: 0.1 } });
  });

  test('are compared and joined, 1 for true and 0 for false', () => {
    expect(ask('Errors[1m].sum() >= 2')).toEqual({ 'host=1': { 1: 0, 3: 1 }, 'host=2': { 1: 1 } });
    expect(ask('Errors[1m].sum() in (1, 2)')).toEqual({ 'host=1': { 1: 1, 3: 0 }, 'host=2': { 1: 1 } });
    expect(ask('Errors[1m].sum() not in (2, 9)')).toEqual({ 'host=1': { 1: 1, 3: 0 }, 'host=2': { 1: 0 } });
    expect(ask('Errors[1m].sum() > 0 && All[1m].sum() > 0')).toEqual({
      'host=1': { 1: 1, 3: 0 },
      'host=2': { 1: 1 },
    });
    expect(ask('Errors[1m].sum() > 1 || All[1m].sum() > 5')).toEqual({
      'host=1': { 1: 1, 2: 1, 3: 1 },
      'host=2': { 1: 1, 2: 1 },
    });
    expect(ask('7 % Errors[1m]{host = 2}.sum()')).toEqual({ 'host=2': { 1: 1 } });
  });
});

describe('what is kept', () => {
  test('is one summary a minute, for a fortnight', () => {
    for (let day = 0; day < 20; day += 1)
      for (let n = 0; n < 1000; n += 1)
        metrics.record({
          ...place,
          name: 'A',
          dimensions: {},
          value: n,
          at: noon + day * 86_400_000 + n + 1,
        });
    const [stream] = metrics.streams(place);
    expect(stream?.minutes.size).toBe(14);
  });

  test('is of one stream, in whatever order dimensions are told', () => {
    metrics.record({ ...place, name: 'A', dimensions: { a: '1', b: '2' }, value: 1, at: noon + 1 });
    metrics.record({ ...place, name: 'A', dimensions: { b: '2', a: '1' }, value: 1, at: noon + 2 });
    expect(metrics.streams(place)).toHaveLength(1);
    metrics.record({
      ...place,
      resourceGroup: 'g',
      name: 'A',
      dimensions: { b: '2', a: '1' },
      value: 1,
      at: 0,
    });
    expect(metrics.streams(place)).toHaveLength(2);
  });
});

test('a minute of any values is small, and its percentiles near enough', () => {
  const minuteOf = new Minute();
  for (let n = 1; n <= 100_000; n += 1) minuteOf.add(n / 7, 1, n);
  expect(minuteOf.grain).toBeLessThanOrEqual(500);
  expect(minuteOf.percentile(0.95) / (95_000 / 7)).toBeCloseTo(1, 1);
});

test('minutes put together say what all their values say', () => {
  const values = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1 });
  fc.assert(
    fc.property(values, values, (some, others) => {
      const [all, left, right] = [new Minute(), new Minute(), new Minute()];
      for (const [at, value] of some.entries()) left.add(value, 1, at);
      for (const [at, value] of others.entries()) right.add(value, 1, at + some.length);
      for (const [at, value] of [...some, ...others].entries()) all.add(value, 1, at);
      left.merge(right);
      const told = ({ count, sum, least, most, first, last }: Minute) => [
        count,
        sum,
        least,
        most,
        first,
        last,
      ];
      expect(told(left)).toEqual(told(all));
      const sorted = [...some, ...others].sort((a, b) => a - b);
      expect(left.percentile(0.5)).toBe(sorted[Math.ceil(sorted.length / 2) - 1]);
    }),
  );
});
