import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { planAct } from '../../src/core/lifecycle.ts';
import { byNodes } from '../../src/oci/db-nodes.ts';
import { type Bench, bench } from './contract/bench.ts';
import { stepOf } from './sandbox.ts';

let on: Bench;
beforeAll(async () => {
  on = await bench(`
dbSystems:
  - { name: rac, region: eu-frankfurt-1, compartment: shop/dev, nodes: 2, cores: 8 }
  - { name: off, region: eu-frankfurt-1, compartment: shop/dev, nodes: 2, state: STOPPED }
  - { name: intel, region: eu-frankfurt-1, compartment: shop/dev, shape: VM.Standard2.4, cores: 4 }
  - { name: metal, region: eu-frankfurt-1, compartment: shop/dev, shape: BM.DenseIO2.52, cores: 8 }
  - { name: newer, region: eu-frankfurt-1, compartment: shop/dev, model: ECPU, cores: 8 }
`);
});
beforeEach(() => on.oci.reset());
afterAll(() => on.close());

const one = (name: string) => on.one(`kind:db-system ${name}`);
const actions = async () =>
  (await on.requests()).filter(({ operation }) => operation === 'Database.DbNodeAction');

describe('a DB system of two nodes', () => {
  test('stops and starts both, each under a token of its own', async () => {
    const rac = await one('rac');
    expect(await on.run(stepOf('db-system.stop', rac))).toMatchObject({ status: 'succeeded' });
    const sent = await actions();
    expect(sent.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(sent.map(({ retryToken }) => retryToken)).size).toBe(2);
    for (const { retryToken = '' } of sent) expect(retryToken.length).toBeLessThanOrEqual(64);
    const stopped = await one('rac');
    expect(stopped.state).toBe('STOPPED');
    expect(planAct('stop', stopped)).toEqual({ unchanged: 'already stopped' });
    expect(await on.run(stepOf('db-system.start', stopped))).toMatchObject({ status: 'succeeded' });
    expect((await one('rac')).state).toBe('AVAILABLE');
  });

  test.each([{ status: 503 }, { drop: 'before' }, { drop: 'after' }])(
    'is stopped once in each node when a call fails half way: %j',
    async (fault) => {
      const rac = await one('rac');
      const { nodes } = await nodesOf(rac.ocid);
      await on.fault({ operation: 'Database.DbNodeAction', resource: nodes[1], ...fault });
      expect(await on.run(stepOf('db-system.stop', rac))).toMatchObject({ status: 'succeeded' });
      expect(await on.effects('Database.DbNodeAction')).toBe(2);
      expect((await one('rac')).state).toBe('STOPPED');
    },
  );

  test('is down only when the last node is, and up while one is', async () => {
    const { nodes } = await nodesOf((await one('rac')).ocid);
    await on.edit({ ocid: nodes[0] ?? '' }, { state: 'STOPPED' });
    expect((await one('rac')).state).toBe('AVAILABLE');
    await on.edit({ ocid: nodes[1] ?? '' }, { state: 'STOPPING' });
    expect((await one('rac')).state).toBe('STOPPING');
    await on.edit({ ocid: nodes[1] ?? '' }, { state: 'STOPPED' });
    expect((await one('rac')).state).toBe('STOPPED');
  });

  test('fails with the words of the work request of the node that did not stop', async () => {
    const rac = await one('rac');
    const { nodes } = await nodesOf(rac.ocid);
    await on.fault({
      operation: 'Database.DbNodeAction',
      resource: nodes[1],
      fails: 'Clusterware did not stop.',
    });
    const { status, because } = await on.run(stepOf('db-system.stop', rac));
    expect(status).toBe('failed');
    expect(because).toContain('Clusterware did not stop.');
  });

  test('shows the state of each node', async () => {
    const details = await on.cloud.reader.inspect(await one('off'));
    expect(details.find(({ label }) => label === 'Nodes')?.value).toBe('off1 STOPPED, off2 STOPPED');
  });
});

describe('by their shapes', () => {
  test('bare metal refuses what saves nothing, and a fixed shape another size', async () => {
    expect(planAct('stop', await one('metal'))).toEqual({
      refuse: 'it is BM.DenseIO2.52, which is billed when it is stopped too',
    });
    expect(planAct('scale', await one('intel'), '8')).toEqual({
      refuse: 'its shape VM.Standard2.4 has its cores fixed',
    });
    expect(planAct('stop', await one('intel'))).toEqual({ do: 'db-system.stop' });
  });

  test('ECPUs are counted, billed and changed as such', async () => {
    const newer = await one('newer');
    expect(newer).toMatchObject({ size: '8', meter: { ecpu: 8 } });
    expect(await on.run(stepOf('db-system.scale', newer, { size: '16' }))).toMatchObject({
      status: 'succeeded',
    });
    expect(await one('newer')).toMatchObject({ size: '16', meter: { ecpu: 16 } });
  });
});

test.each([
  [['STOPPED', 'STOPPED'], true, 'done'],
  [['STOPPED', 'STOPPING'], true, 'running'],
  [['STOPPED', 'STOPPING'], false, 'running'],
  [['STOPPING', 'AVAILABLE'], false, 'absent'],
  [['STOPPED', 'AVAILABLE'], true, 'running'],
  [['STOPPED', 'UPDATING'], false, 'running'],
  [['FAILED', 'STOPPED'], true, 'failed'],
] as const)('a stop of nodes that are %j, receipt %s, is %s', (states, has, seen) => {
  const receipt = has ? { requestId: 'r' } : undefined;
  expect(byNodes(states, 'STOPPED', 'AVAILABLE', receipt).state).toBe(seen);
});

async function nodesOf(ocid: string) {
  const reply = await on.oci.control.request(`/resources/${ocid}`);
  const { resource } = (await reply.json()) as { resource: { record: { nodeIds: string[] } } };
  return { nodes: resource.record.nodeIds };
}
