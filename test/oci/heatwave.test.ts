import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ofCluster } from '../../src/oci/heatwave.ts';
import { meterOf } from '../../src/oci/mysql.ts';
import { type Bench, bench } from './contract/bench.ts';
import { stepOf } from './sandbox.ts';

let on: Bench;
beforeAll(async () => {
  on = await bench(`
mysqlSystems:
  - { name: lake, region: eu-frankfurt-1, compartment: shop/dev, heatWave: { nodes: 2 } }
`);
});
beforeEach(() => on.oci.reset());
afterAll(() => on.close());

const one = () => on.one('kind:mysql lake');
const heatWave = async () => {
  const details = await on.cloud.reader.inspect(await one());
  return details.find(({ label }) => label === 'HeatWave')?.value;
};

describe('a MySQL DB system with HeatWave', () => {
  test('goes down with its cluster and comes up with it', async () => {
    expect(await heatWave()).toBe('2 of HeatWave.512GB, ACTIVE');
    expect(await on.run(stepOf('mysql.stop', await one()))).toMatchObject({ status: 'succeeded' });
    expect(await heatWave()).toBe('2 of HeatWave.512GB, INACTIVE');
    expect(await on.run(stepOf('mysql.start', await one()))).toMatchObject({ status: 'succeeded' });
    expect(await heatWave()).toBe('2 of HeatWave.512GB, ACTIVE');
    expect((await one()).meter).toEqual({ ecpu: 4, heatwaveNode: 2 });
  });

  test.each(['before', 'after'] as const)(
    'starts it once when that reply is lost %s OCI took it',
    async (drop) => {
      await on.run(stepOf('mysql.stop', await one()));
      await on.fault({ operation: 'DbSystem.StartHeatWaveCluster', drop });
      expect(await on.run(stepOf('mysql.start', await one()))).toMatchObject({ status: 'succeeded' });
      expect(await on.effects('DbSystem.StartDbSystem')).toBe(1);
      expect(await on.effects('DbSystem.StartHeatWaveCluster')).toBe(1);
      expect(await heatWave()).toBe('2 of HeatWave.512GB, ACTIVE');
    },
  );

  test('says why the cluster did not start', async () => {
    await on.run(stepOf('mysql.stop', await one()));
    await on.fault({ operation: 'DbSystem.StartHeatWaveCluster', fails: 'Out of host capacity.' });
    const { status, because } = await on.run(stepOf('mysql.start', await one()));
    expect(status).toBe('failed');
    expect(because).toContain('Out of host capacity.');
  });
});

test.each([
  [undefined, false, 'done'],
  ['ACTIVE', false, 'done'],
  ['INACTIVE', false, 'again'],
  ['INACTIVE', true, 'running'],
  ['UPDATING', false, 'running'],
  ['FAILED', true, 'done'],
] as const)('a cluster that is %s, started %s, makes it %s', (cluster, started, seen) => {
  expect(ofCluster(cluster, started).state).toBe(seen);
});

test.each([
  [{ shapeName: 'MySQL.8' }, { ecpu: 8 }],
  [{ shapeName: 'MySQL.4', isHighlyAvailable: true }, { ecpu: 12 }],
  [{ shapeName: 'MySQL.VM.Standard.E4.4.64GB' }, { ocpu: 4, memoryGb: 64 }],
  [{ shapeName: 'MySQL.Free' }, undefined],
])('%j is billed as %j', (system, meter) => {
  expect(meterOf(system)).toEqual(meter);
});
