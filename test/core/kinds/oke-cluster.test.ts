import { describe, expect, test } from 'vitest';
import { okeCluster, poolSizes, readPools } from '../../../src/core/kinds/oke-cluster.ts';
import { conditionOf } from '../../../src/core/lifecycle.ts';

describe('the size of a cluster', () => {
  test('has one text, in order of name', () => {
    expect(okeCluster.size.read(' pool-b = 2, pool-a=03')).toBe('pool-a=3,pool-b=2');
    expect(poolSizes([{ pool: 'a', nodes: 0 }])).toBe('a=0');
    expect(readPools(okeCluster.size.example)).toEqual([
      { pool: 'pool-a', nodes: 3 },
      { pool: 'pool-b', nodes: 2 },
    ]);
  });

  test.each(['', '3', 'a', 'a=', 'a=-1', 'a=1,', 'a=1,a=2', 'a b=1', 'a=12345'])('%j is none', (text) => {
    expect(okeCluster.size.read(text)).toBeUndefined();
  });

  test.each([
    ['a=0,b=0', 'down'],
    ['a=0,b=1', 'up'],
    ['a=3', 'up'],
  ])('%s is %s', (size, condition) => {
    expect(conditionOf({ kind: 'oke-cluster', state: 'ACTIVE', size })).toBe(condition);
  });
});
