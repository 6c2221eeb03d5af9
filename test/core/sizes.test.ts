import { expect, test } from 'vitest';
import { factsOf, type Kind } from '../../src/core/kinds/all.ts';

test.each<[Kind, string, string | undefined]>([
  ['instance', '2:16', '2:16'],
  ['instance', ' 02:016 ', '2:16'],
  ['instance', '2.5:40', '2.5:40'],
  ['instance', '2', undefined],
  ['instance', '0:16', undefined],
  ['instance', '2:0', undefined],
  ['instance', '2:16:3', undefined],
  ['instance-pool', '3', '3'],
  ['instance-pool', '0', '0'],
  ['instance-pool', '-1', undefined],
  ['instance-pool', '1001', undefined],
  ['load-balancer', '10-100', '10-100'],
  ['load-balancer', '10 - 100', '10-100'],
  ['load-balancer', '400', '400-400'],
  ['load-balancer', '5-100', undefined],
  ['load-balancer', '200-100', undefined],
  ['load-balancer', '10-9000', undefined],
  ['autonomous-database', '04', '4'],
  ['autonomous-database', '0.5', '0.5'],
  ['autonomous-database', '0', undefined],
  ['autonomous-database', '513', undefined],
  ['db-system', '8', '8'],
  ['db-system', '0', undefined],
  ['vm-cluster', '0', '0'],
  ['vm-cluster', '2.5', undefined],
])('a size of a %s written as %j is %j', (kind, text, size) => {
  expect(factsOf(kind).size?.read(text)).toBe(size);
});

test('the example of each size is one, in its own words', () => {
  for (const kind of [
    'instance',
    'instance-pool',
    'load-balancer',
    'autonomous-database',
    'db-system',
    'vm-cluster',
  ] as const) {
    const { size } = factsOf(kind);
    expect(size?.read(size.example)).toBe(size?.example);
  }
});
