import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { planAct } from '../../src/core/lifecycle.ts';
import { type Bench, bench } from './contract/bench.ts';
import { stepOf } from './sandbox.ts';

let on: Bench;
beforeAll(async () => {
  on = await bench(`
autonomousDatabases:
  - { name: older, dbName: OLDER, region: eu-frankfurt-1, compartment: shop/dev, ocpus: 2 }
  - { name: own, dbName: OWN, region: eu-frankfurt-1, compartment: shop/dev, ocpus: 1, dedicated: true }
  - { name: free, dbName: FREE, region: eu-frankfurt-1, compartment: shop/dev, freeTier: true, autoScaling: false }
  - { name: copy, dbName: COPY, region: eu-frankfurt-1, compartment: shop/dev, refreshableClone: true }
`);
});
beforeEach(() => on.oci.reset());
afterAll(() => on.close());

const one = (name: string) => on.one(`kind:autonomous-database ${name}`);

test('OCPUs are counted, billed and changed as such', async () => {
  expect(await one('older')).toMatchObject({ size: '2', meter: { ocpu: 2 } });
  expect(await on.run(stepOf('autonomous-database.scale', await one('older'), { size: '4' }))).toMatchObject({
    status: 'succeeded',
  });
  expect(await one('older')).toMatchObject({ size: '4', meter: { ocpu: 4 } });
});

test('dedicated ones start, stop and go down to a fraction of an OCPU', async () => {
  const own = await one('own');
  for (const act of ['stop', 'restart', 'scale'] as const)
    expect(planAct(act, own, '0.5')).toEqual({ do: `autonomous-database.${act}` });
  expect(await on.run(stepOf('autonomous-database.scale', own, { size: '0.5' }))).toMatchObject({
    status: 'succeeded',
  });
  expect(await one('own')).toMatchObject({ size: '0.5', meter: { ocpu: 0.5 } });
});

test('what the service does not scale fails with its words', async () => {
  const { status, because } = await on.run(
    stepOf('autonomous-database.scale', await one('older'), { size: '0.5' }),
  );
  expect(status).toBe('failed');
  expect(because).toContain('at least 1 OCPUs');
});

test('Always Free stops and costs nothing, and refuses another size', async () => {
  const free = await one('free');
  expect(free.meter).toBeUndefined();
  expect(planAct('stop', free)).toEqual({ do: 'autonomous-database.stop' });
  expect(planAct('scale', free, '4')).toEqual({
    refuse: 'it is Always Free, which has one size and no auto scaling',
  });
});

test('a refreshable clone refuses another size', async () => {
  expect(planAct('scale', await one('copy'), '4')).toHaveProperty('refuse');
});
