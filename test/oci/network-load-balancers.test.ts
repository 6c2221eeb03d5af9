import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Bench, bench } from './contract/bench.ts';

let on: Bench;
beforeAll(async () => {
  on = await bench(`
instances:
  - { name: web-1, region: eu-frankfurt-1, compartment: shop/dev }
  - { name: web-2, region: eu-frankfurt-1, compartment: shop/dev, state: STOPPED }
networkLoadBalancers:
  - name: edge
    region: eu-frankfurt-1
    compartment: shop/dev
    tags: { app: shop }
    backendSets: { web: { policy: TWO_TUPLE, backends: ['web-1:8080', 'web-2:8080'] }, idle: {} }
    listeners: { tcp: { port: 443, backendSet: web }, any: { port: 0, protocol: ANY, backendSet: web } }
`);
});
beforeEach(() => on.oci.reset());
afterAll(() => on.close());

const shown = async () => {
  const details = await on.cloud.reader.inspect(await on.one('nlb edge'));
  return Object.fromEntries(details.map(({ label, value }) => [label, value]));
};

describe('a network load balancer', () => {
  test('is found by its short name too, and takes no act', async () => {
    const [edge] = await on.find('nlb app=shop');
    expect(edge).toMatchObject({ kind: 'network-load-balancer', name: 'edge', state: 'ACTIVE' });
    expect(edge).not.toHaveProperty('size');
    expect(Object.keys(on.adapters['network-load-balancer'].verbs)).toEqual([]);
  });

  test('is described with its health, listeners and backends', async () => {
    expect(await shown()).toMatchObject({
      Health: 'WARNING',
      Listeners: 'tcp TCP 443, any ANY 0',
      'Backend set web': expect.stringMatching(/^TWO_TUPLE: 10\.0\.\d+\.\d+:8080, 10\.0\.\d+\.\d+:8080$/),
      'Backend set idle': 'FIVE_TUPLE: no backends',
      Tags: expect.stringContaining('app=shop'),
    });
  });

  test('is described without its health, where that may not be read', async () => {
    await on.fault({ operation: 'NetworkLoadBalancer.GetNetworkLoadBalancerHealth', status: 404, for: '1h' });
    const details = await shown();
    expect(details).not.toHaveProperty('Health');
    expect(details).toHaveProperty('Listeners');
  });
});
