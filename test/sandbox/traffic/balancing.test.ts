import { describe, expect, it } from 'vitest';
import { type Candidate, choose, Wheel } from '../../../sandbox/traffic/balancing.ts';

const backend = (name: string, more: Partial<Candidate> = {}): Candidate => ({
  name,
  weight: 1,
  isHealthy: true,
  drain: false,
  backup: false,
  offline: false,
  active: 0,
  isFull: false,
  ...more,
});

const turns = (policy: string, candidates: readonly Candidate[], count: number, client = '127.0.0.1') => {
  const wheel = new Wheel();
  return Array.from({ length: count }, () => choose(policy, candidates, wheel, client)?.name ?? '-');
};

describe('balancing', () => {
  it('gives each backend its weight, and spreads the turns', () => {
    const three = [backend('a', { weight: 5 }), backend('b'), backend('c')];
    expect(turns('ROUND_ROBIN', three, 7)).toEqual(['a', 'a', 'b', 'a', 'c', 'a', 'a']);
    const odd = turns('ROUND_ROBIN', [backend('a', { weight: 99 }), backend('b', { weight: 1 })], 1_000);
    expect(odd.filter((name) => name === 'b')).toHaveLength(10);
  });

  it('goes by connections for their weight where that is the policy', () => {
    const busy = [backend('a', { active: 4, weight: 5 }), backend('b', { active: 1 })];
    expect(turns('LEAST_CONNECTIONS', busy, 1)).toEqual(['a']);
    expect(turns('LEAST_CONNECTIONS', [backend('a', { active: 2 }), backend('b', { active: 2 })], 4)).toEqual(
      ['a', 'b', 'a', 'b'],
    );
  });

  it('sends a client by its address, and few elsewhere when a backend comes or goes', () => {
    const all = ['a', 'b', 'c', 'd'].map((name) => backend(name, name === 'a' ? { weight: 3 } : {}));
    const clients = Array.from({ length: 600 }, (_, at) => `10.1.${at % 7}.${at}`);
    const of = (candidates: readonly Candidate[]) =>
      clients.map((client) => turns('IP_HASH', candidates, 1, client)[0]);
    const before = of(all);
    expect(of(all)).toEqual(before);
    expect(before.filter((name) => name === 'a').length).toBeGreaterThan(240);
    expect(before.filter((name) => name === 'a').length).toBeLessThan(360);
    const after = of(all.filter(({ name }) => name !== 'd'));
    expect(clients.filter((_, at) => before[at] !== 'd' && before[at] !== after[at])).toEqual([]);
  });

  it.each([
    ['is drained', { drain: true }],
    ['is offline', { offline: true }],
    ['is not healthy', { isHealthy: false }],
    ['is full', { isFull: true }],
  ])('leaves out what %s', (_, flag) => {
    expect(turns('ROUND_ROBIN', [backend('a', flag), backend('b')], 3)).toEqual(['b', 'b', 'b']);
    expect(turns('ROUND_ROBIN', [backend('a', flag)], 1)).toEqual(['-']);
  });

  it('keeps backups for when there is nobody else', () => {
    const spare = backend('spare', { backup: true });
    expect(turns('ROUND_ROBIN', [backend('a'), spare], 3)).toEqual(['a', 'a', 'a']);
    expect(turns('ROUND_ROBIN', [backend('a', { isHealthy: false }), spare], 2)).toEqual(['spare', 'spare']);
  });
});
