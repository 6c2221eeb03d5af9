import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { conditionOf, planAct } from '../../src/core/lifecycle.ts';
import { type Bench, bench } from './contract/bench.ts';
import { acting, stepOf } from './sandbox.ts';

let on: Bench;
beforeAll(async () => {
  on = await bench(`
clusters:
  - name: shop-oke
    region: eu-frankfurt-1
    compartment: shop/dev
    pools:
      - { name: web, size: 3, ocpus: 2, memory: 16 }
      - { name: api, size: 2, ocpus: 1, memory: 8 }
      - { name: batch, size: 4, autoscaled: { min: 0, max: 9 } }
      - { name: found by tag, size: 1, tags: { cluster-autoscaler/enabled: 'true' } }
    virtualPools: [{ name: bursts, size: 2 }]
  - name: odd-names
    region: eu-frankfurt-1
    compartment: shop/dev
    pools: [{ name: 'a, b', size: 1 }]
  - { name: empty, region: eu-frankfurt-1, compartment: shop/dev, virtualPools: [{ name: only, size: 1 }] }
`);
});
beforeEach(() => on.oci.reset());
afterAll(() => on.close());

const cluster = (name = 'shop-oke') => on.one(`kind:oke-cluster ${name}`);
const sizes = async () =>
  Object.fromEntries((await on.find('kind:node-pool')).map(({ name, size }) => [name, size]));
const updates = () => on.effects('ContainerEngine.UpdateNodePool');

describe('node pools', () => {
  test('that are virtual are shown, and refuse with the reason', async () => {
    const virtual = await on.one('kind:node-pool bursts');
    expect(virtual.size).toBe('2');
    expect(virtual.meter).toBeUndefined();
    expect(await on.one(virtual.ocid)).toEqual(virtual);
    for (const act of ['stop', 'scale'] as const)
      expect(planAct(act, virtual, '0')).toEqual({ refuse: expect.stringContaining('virtual') });
    expect(await on.cloud.reader.inspect(virtual)).toContainEqual({
      label: 'Pod shape',
      value: 'Pod.Standard.E4.Flex',
    });
  });

  test('under the cluster autoscaler say so, alone and in lists', async () => {
    const managed = (await on.find('kind:node-pool')).filter(({ managedBy }) => managedBy);
    expect(managed.map(({ name, managedBy }) => [name, managedBy])).toEqual([
      ['batch', 'cluster autoscaler'],
      ['found by tag', 'cluster autoscaler'],
    ]);
    for (const each of managed) expect((await on.fresh(each)).managedBy).toBe('cluster autoscaler');
  });

  test('whose nodes do not come fail with what the work request says', async () => {
    const pool = await on.one('kind:node-pool web');
    await on.fault({ operation: 'ContainerEngine.UpdateNodePool', fails: 'Out of host capacity.' });
    const ran = await on.run(stepOf('node-pool.scale', pool, { size: '5' }));
    expect(ran).toMatchObject({
      status: 'failed',
      because: expect.stringContaining('Out of host capacity.'),
    });
    expect((await on.one('kind:node-pool web')).state).toBe('NEEDS_ATTENTION');
  });

  test('a forced stop does not wait for the pods', async () => {
    const pool = await on.one('kind:node-pool web');
    expect(await on.run(stepOf('node-pool.stop', pool, { force: true }))).toMatchObject({
      status: 'succeeded',
    });
    const sent = (await on.requests()).filter(
      ({ operation }) => operation === 'ContainerEngine.UpdateNodePool',
    );
    expect(sent.at(-1)?.path).toContain('overrideEvictionGraceDuration=PT0M');
  });
});

describe('clusters', () => {
  test('have the size and the meter of the pools that a switch acts on', async () => {
    expect(await cluster()).toMatchObject({ size: 'api=2,web=3', meter: { ocpu: 8, memoryGb: 64 } });
    const odd = await cluster('odd-names');
    expect(odd.size).toMatch(/^ocid1\.nodepool\.[^=]+=1$/);
    expect(planAct('stop', await cluster('empty'))).toEqual({
      refuse: 'it has no node pools that could be switched: only (virtual)',
    });
  });

  test('stop and come back, pool by pool; what is left is said', async () => {
    const { ocid } = await cluster();
    const stopped = await on.run(stepOf('oke-cluster.stop', await cluster()));
    expect(stopped).toMatchObject({
      status: 'succeeded',
      because: 'left: batch (cluster autoscaler), bursts (virtual), found by tag (cluster autoscaler)',
    });
    expect(await sizes()).toMatchObject({ api: '0', web: '0', batch: '4', bursts: '2' });
    expect(await updates()).toBe(2);
    const off = await on.one(ocid);
    expect([off.size, conditionOf(off)]).toEqual(['api=0,web=0', 'down']);
    await on.run(stepOf('oke-cluster.start', off, { size: 'api=2,gone=7,web=3' }));
    expect(await sizes()).toMatchObject({ api: '2', web: '3', batch: '4' });
  });

  test('are UPDATING while one of their pools is', async () => {
    const pool = await on.one('kind:node-pool web');
    const verb = on.cloud.verbs['node-pool.scale'];
    await verb?.act(stepOf('node-pool.scale', pool, { size: '4' }), acting(undefined));
    expect(planAct('stop', await cluster())).toEqual({ refuse: 'it is UPDATING; wait until that is over' });
  });

  test('act again only on the pools that are not there yet', async () => {
    const target = await cluster();
    await on.fault({ operation: 'ContainerEngine.UpdateNodePool', resource: 'api', status: 500 });
    expect((await on.run(stepOf('oke-cluster.stop', target))).status).toBe('succeeded');
    expect(await sizes()).toMatchObject({ api: '0', web: '0' });
    expect(await updates()).toBe(2);
  });

  test('fail when one of their pools does', async () => {
    await on.fault({ operation: 'ContainerEngine.UpdateNodePool', resource: 'web', fails: 'A node stays.' });
    expect(await on.run(stepOf('oke-cluster.stop', await cluster()))).toMatchObject({
      status: 'failed',
      because: expect.stringContaining('A node stays.'),
    });
  });
});
