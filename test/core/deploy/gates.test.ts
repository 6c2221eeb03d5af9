import { describe, expect, test } from 'vitest';
import type { Gate } from '../../../src/core/deploy/app.ts';
import { type Finding, type GateMemo, judge, leastLooks } from '../../../src/core/deploy/gates.ts';

const metric: Gate = {
  name: 'errors',
  type: 'metric',
  namespace: 'shop',
  query: 'Errors[1m].sum()',
  pass: { is: '<', value: 5 },
  fail: { is: '>=', value: 20 },
  every: 1_000,
  delay: 0,
  failures: 1,
  observeOnly: false,
};
const value = (of: number | undefined): Finding => ({ type: 'value', value: of });
const after = (...found: readonly Finding[]) =>
  found.reduce<GateMemo>((memo, each, at) => judge(metric, memo, each, at * 1_000), {});

describe('a gate', () => {
  test.each<[string, readonly Finding[], GateMemo['verdict']]>([
    ['passes', [value(1)], 'passed'],
    ['cannot tell without data, which is neither 0 nor a pass', [value(undefined)], 'unclear'],
    ['cannot tell by what is no number', [value(Number.NaN)], 'unclear'],
    ['cannot tell between passing and failing', [value(10)], 'unclear'],
    ['cannot tell where it cannot be looked at', [{ type: 'none', because: 'away' }], 'unclear'],
    ['forgives as many failures as it says', [value(20)], 'unclear'],
    ['passes after one that is forgiven', [value(20), value(1)], 'passed'],
    ['fails at the next one', [value(20), value(1), value(20)], 'failed'],
    ['stays failed, whatever comes after', [value(20), value(20), value(1)], 'failed'],
  ])('%s', (_, found, verdict) => {
    expect(after(...found).verdict).toBe(verdict);
  });

  test('says which instance is not well, and which URL of whom does not answer as it should', () => {
    const common = { every: 1_000, delay: 0, failures: 0, observeOnly: false };
    const http: Gate = { ...common, name: 'answers', type: 'http', url: '', code: 200, timeout: 1_000 };
    const health: Gate = { ...common, name: 'backends', type: 'health' };
    const said = (gate: Gate, found: Finding) => judge(gate, {}, found, 0).said;
    const answers = (url: string, status: number, of?: string): Finding => ({
      type: 'status',
      answers: [{ url, status, ...(of ? { of } : {}) }],
    });
    expect(said(http, answers('http://10.0.6.5:8080/', 500, 'store-v2-1'))).toBe(
      'http://10.0.6.5:8080/ of store-v2-1 answered 500',
    );
    expect(said(http, answers('https://ana:secret@shop.example/up?key=secret', 0))).toBe(
      'https://shop.example/up did not answer',
    );
    expect(said(http, answers('http://10.0.6.5:8080/', 200, 'store-v2-1'))).toBe('answered 200');
    expect(said(health, { type: 'unwell', names: ['store-v2-1 (10.0.6.24:8080)'] })).toBe(
      'store-v2-1 (10.0.6.24:8080) is not well',
    );
  });

  test.each([
    [10_000, 3],
    [2_500, 2],
    [0, 1],
  ])('of a hold of %i ms has had %i looks before it may end', (ms, looks) => {
    expect(leastLooks(metric, ms)).toBe(looks);
  });
});
