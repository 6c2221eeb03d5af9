import { afterAll, beforeAll, expect, test } from 'vitest';
import { planActs } from '../src/acts.ts';
import { parseSelector } from '../src/core/selector.ts';
import { type Bench, bench } from './oci/contract/bench.ts';
import { noLights } from './support/no-lights.ts';

let on: Bench;
beforeAll(async () => {
  on = await bench(`
instances:
  - { name: web-1, region: eu-frankfurt-1, compartment: shop/dev, tags: { app: shop } }
loadBalancers:
  - { name: edge, region: eu-frankfurt-1, compartment: shop/dev, tags: { app: shop, tier: edge } }
`);
});
afterAll(() => on.close());

const stop = (line: string) => {
  const minute = 60_000;
  const deadlines = { start: minute, stop: minute, restart: minute, scale: minute };
  return planActs(
    { cloud: on.cloud.reader, lights: noLights, deadlines },
    'stop',
    parseSelector(line.split(' ')),
    {
      impact: 'stop',
    },
  );
};

test('what cannot take the act by its kind is left alone beside what can', async () => {
  const { title, waves, unchanged } = await stop('app=shop');
  expect(title).toBe('Stop web-1');
  expect(waves.flat()).toHaveLength(1);
  expect(unchanged).toMatchObject([
    { target: { name: 'edge' }, because: 'a load balancer cannot be stopped' },
  ]);
});

test.each(['edge', 'kind:load-balancer app=shop', 'tier=edge', 'web-1 edge'])(
  'and refused when nothing else is meant, or it is by name: %s',
  async (line) => {
    await expect(stop(line)).rejects.toThrow('edge (eu-frankfurt-1): a load balancer cannot be stopped');
  },
);
