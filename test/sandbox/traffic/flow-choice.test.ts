import { describe, expect, it } from 'vitest';
import { usualSet } from '../../../sandbox/oci/api/network-balancer-schemas.ts';
import type { NetworkBackend, NetworkBackendSet } from '../../../sandbox/oci/resources/network-balancers.ts';
import {
  chooseFor,
  doBackupsRule,
  type Ends,
  nodeOf,
  tupleOf,
} from '../../../sandbox/traffic/flow-choice.ts';

const backend = (name: string, more: Partial<NetworkBackend> = {}): NetworkBackend => ({
  name,
  ipAddress: '10.0.0.1',
  targetId: null,
  port: 8080,
  weight: 1,
  isDrain: false,
  isBackup: false,
  isOffline: false,
  ...more,
});
const setOf = (
  backends: readonly NetworkBackend[],
  more: Partial<NetworkBackendSet> = {},
): NetworkBackendSet => ({
  ...usualSet,
  name: 'set',
  policy: 'FIVE_TUPLE',
  healthChecker: { protocol: 'TCP' },
  backends,
  ...more,
});
const from = (clientPort: number, more: Partial<Ends> = {}): Ends => ({
  protocol: 'TCP',
  client: '198.51.100.7',
  clientPort,
  address: '203.0.113.9',
  port: 443,
  ...more,
});
const well =
  (...names: string[]) =>
  (name: string) =>
    names.includes(name);

/** Who gets how many of a thousand flows from one client. */
function shares(set: NetworkBackendSet, isWell = (_: string) => true, backupsRule = false) {
  const counts: Record<string, number> = {};
  for (let port = 32_768; port < 33_768; port += 1) {
    const name = chooseFor(from(port), set, { isWell, backupsRule })?.name ?? 'nobody';
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('a flow', () => {
  it('is hashed by as much of it as the policy says', () => {
    const alike = (policy: string, one: Ends, other: Ends) => tupleOf(policy, one) === tupleOf(policy, other);
    expect(alike('FIVE_TUPLE', from(1), from(2))).toBe(false);
    expect(alike('THREE_TUPLE', from(1), from(2, { port: 80 }))).toBe(true);
    expect(alike('THREE_TUPLE', from(1), from(1, { protocol: 'UDP' }))).toBe(false);
    expect(alike('TWO_TUPLE', from(1), from(2, { protocol: 'UDP' }))).toBe(true);
    expect(alike('TWO_TUPLE', from(1), from(1, { client: '198.51.100.8' }))).toBe(false);
  });

  it('goes by weights, and nowhere where the weight is nothing', () => {
    const found = shares(setOf([backend('a', { weight: 3 }), backend('b'), backend('c', { weight: 0 })]));
    expect(found.c).toBeUndefined();
    expect(found.a).toBeGreaterThan(700);
    expect(found.a).toBeLessThan(800);
  });

  it('stays with its backend when another one comes or is drained', () => {
    const before = setOf([backend('a'), backend('b')]);
    const after = setOf([backend('a'), backend('b'), backend('c')]);
    const drained = setOf([backend('a'), backend('b'), backend('c', { isDrain: true })]);
    const of = (set: NetworkBackendSet, port: number) =>
      chooseFor(from(port), set, { isWell: () => true, backupsRule: false })?.name;
    for (let port = 1; port < 200; port += 1) {
      expect([of(before, port), 'c']).toContain(of(after, port));
      expect(of(drained, port)).toBe(of(before, port));
    }
  });

  it('goes through either node, always the same', () => {
    const nodes = Array.from({ length: 100 }, (_, port) => nodeOf(from(port), 2));
    expect(new Set(nodes)).toEqual(new Set([0, 1]));
    expect(nodeOf(from(7), 2)).toBe(nodeOf(from(7), 2));
  });

  it('goes to no backend that is unwell, offline or drained, and to backups when there is nobody else', () => {
    const set = setOf([
      backend('ill'),
      backend('away', { isOffline: true }),
      backend('drained', { isDrain: true }),
      backend('spare', { isBackup: true }),
      backend('first'),
    ]);
    expect(shares(set, well('away', 'drained', 'spare', 'first'))).toEqual({ first: 1_000 });
    expect(shares(set, well('away', 'drained', 'spare'))).toEqual({ spare: 1_000 });
    expect(shares(set, well('away', 'drained'))).toEqual({ nobody: 1_000 });
  });

  it('goes everywhere where none is well and the set fails open', () => {
    const set = setOf([backend('a'), backend('b'), backend('away', { isOffline: true })], {
      isFailOpen: true,
    });
    expect(Object.keys(shares(set, well('away'))).sort()).toEqual(['a', 'b']);
    expect(shares(set, well('b'))).toEqual({ b: 1_000 });
  });
});

describe('backups that have taken over', () => {
  const set = setOf([backend('first'), backend('spare', { isBackup: true })], {
    areOperationallyActiveBackendsPreferred: true,
  });

  it.each([
    ['all are well', false, ['first', 'spare'], false],
    ['only the backup is well', false, ['spare'], true],
    ['nobody is well', false, [], false],
    ['they are well and so are the others', true, ['first', 'spare'], true],
    ['nobody is well any more', true, [], true],
    ['only the others are well', true, ['first'], false],
  ])('%s: ruled before %s', (_, before, names, rule) => {
    expect(doBackupsRule(set, well(...names), before)).toBe(rule);
  });

  it('give way where the set does not prefer them', () => {
    const plain = setOf(set.backends);
    expect(doBackupsRule(plain, well('spare'), true)).toBe(false);
    expect(shares(set, () => true, true)).toEqual({ spare: 1_000 });
    expect(shares(plain, () => true, false)).toEqual({ first: 1_000 });
  });
});
