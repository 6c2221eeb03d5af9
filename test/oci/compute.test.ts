import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { planAct } from '../../src/core/lifecycle.ts';
import { shapeOf } from '../../src/oci/compute.ts';
import { type Bench, bench } from './contract/bench.ts';
import { stepOf } from './sandbox.ts';

/** Half of it is over before OCI would cut the power by itself. */
const within = 16 * 60_000;

let on: Bench;
beforeAll(async () => {
  on = await bench(`
instances:
  - { name: web-1, region: eu-frankfurt-1, compartment: shop/dev }
  - { name: train, region: eu-frankfurt-1, compartment: shop/dev, shape: VM.GPU.A10.2, ocpus: 30, memory: 480 }
  - { name: old, region: eu-frankfurt-1, compartment: shop/dev, shape: VM.Standard2.4, ocpus: 4, memory: 60 }
  - name: node
    region: eu-frankfurt-1
    compartment: shop/dev
    metadata: { oke-pool-id: ocid1.nodepool.oc1..a, oke-cluster-display-name: shop }
  - name: was-a-member
    region: eu-frankfurt-1
    compartment: shop/dev
    tags: { 'oci:compute:instancepool': ocid1.instancepool.oc1.eu-frankfurt-1.gone }
instancePools:
  - { name: batch, region: eu-frankfurt-1, compartment: shop/dev, size: 2 }
`);
});
beforeEach(() => on.oci.reset());
afterAll(() => on.close());

const actions = async () =>
  (await on.requests())
    .filter(({ operation, status }) => operation === 'Compute.InstanceAction' && status === 200)
    .map(({ path }) => path.split('action=')[1]);

test('an operating system that does not listen has its power cut at half of the time', async () => {
  await on.fault({ operation: 'Compute.InstanceAction', deaf: true, for: '1h' });
  const began = on.clock.now();
  const ran = await on.run({ ...stepOf('instance.stop', await on.one('web-1')), within });
  expect(ran).toMatchObject({ status: 'succeeded', step: { receipt: { hard: true } } });
  expect(await actions()).toEqual(['SOFTSTOP', 'STOP']);
  expect((await on.one('web-1')).state).toBe('STOPPED');
  expect(on.clock.now() - began).toBeGreaterThan(within / 2);
});

test('one that is to be forced has its power cut at once, and waits no longer than that', async () => {
  await on.fault({ operation: 'Compute.InstanceAction', deaf: true, for: '1h' });
  const ran = await on.run(stepOf('instance.stop', await on.one('web-1'), { force: true }));
  expect(ran.status).toBe('succeeded');
  expect(await actions()).toEqual(['STOP']);
});

test('a pool whose members do not listen is stopped hard, too', async () => {
  await on.fault({ operation: 'ComputeManagement.*', deaf: true, for: '1h' });
  const ran = await on.run({ ...stepOf('instance-pool.stop', await on.one('batch')), within });
  expect(ran).toMatchObject({ status: 'succeeded', step: { receipt: { hard: true } } });
  expect(await on.effects('ComputeManagement.StopInstancePool')).toBe(1);
});

test('a fixed shape says why it has no other size, and is billed by the hour or by its GPUs', async () => {
  const [old, train] = await Promise.all([on.one('old'), on.one('train')]);
  expect(planAct('scale', old, '2:16')).toEqual({ refuse: 'its shape VM.Standard2.4 has one size only' });
  expect(old).toMatchObject({ meter: { hours: 1 } });
  expect(train).toMatchObject({ meter: { gpu: 2 } });
  expect(old.size).toBeUndefined();
});

test.each([
  ['VM.Standard.E4.Flex', undefined],
  ['VM.Standard2.4', undefined],
  ['BM.Standard3.64', undefined],
  ['VM.Optimized3.Flex', undefined],
  ['VM.GPU.A10.2', undefined],
  ['BM.Optimized3.36', true],
  ['VM.DenseIO.E4.Flex', true],
  ['VM.DenseIO2.8', true],
  ['BM.DenseIO.E5.128', true],
  ['BM.HPC2.36', true],
  ['VM.GPU3.2', true],
  ['BM.GPU.A10.4', true],
  ['BM.GPU.H100.8', true],
])('whether %s is billed while it is stopped', (shape, billedOff) => {
  expect(shapeOf({ shape, shapeConfig: { ocpus: 2, memoryInGBs: 16 } }).billedOff).toBe(billedOff);
});

test('members of pools and nodes of clusters name who else decides about them', async () => {
  const found = await on.find('kind:instance');
  const keepers = found.map(({ name, managedBy }) => [name.replace(/^inst-\w+-/, ''), managedBy]);
  expect(keepers.sort()).toEqual([
    ['batch', 'instance pool batch'],
    ['batch', 'instance pool batch'],
    ['node', 'node pool of cluster shop'],
    ['old', undefined],
    ['train', undefined],
    ['was-a-member', 'instance pool ocid1.instancepool.oc1.eu-frankfurt-1.gone'],
    ['web-1', undefined],
  ]);
});
