import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type Bench, bench } from './contract/bench.ts';
import { stepOf } from './sandbox.ts';

let on: Bench;
beforeAll(async () => {
  on = await bench(`
containerInstances:
  - name: api
    region: eu-frankfurt-1
    compartment: shop/dev
    containers: [{ name: api, image: 'fra.ocir.io/lamplight/shop-api:1.42.0' }]
loadBalancers:
  - name: edge
    region: eu-frankfurt-1
    compartment: shop/dev
    backendSets:
      api: { backends: ['api:8080', '10.9.9.9:8080'] }
      admin: { backends: ['api:9000'] }
    listeners: { http: { port: 80, backendSet: api } }
  - name: inner
    region: eu-frankfurt-1
    compartment: shop
    backendSets: { api: { backends: [] } }
`);
});
beforeEach(() => on.oci.reset());
afterAll(() => on.close());

/** Stops and starts it; answers the address that it had, as the engine noted it before the stop. */
async function stoppedAndStarted(): Promise<string> {
  const stop = await on.run(stepOf('container-instance.stop', await on.one('api')));
  const [from = ''] = z.array(z.string()).parse(stop.step?.before?.facts?.addresses);
  const start = await on.run(stepOf('container-instance.start', await on.one('api')));
  expect([stop.status, start.status]).toEqual(['succeeded', 'succeeded']);
  return from;
}

async function backends(balancer = 'edge'): Promise<readonly string[]> {
  const details = await on.cloud.reader.inspect(await on.one(balancer));
  return details.flatMap(({ label, value }) => (/^Backend set/.test(label) ? value.split(', ') : [])).sort();
}

const addressNow = async () => {
  const { facts } = await on.fresh(await on.one('api'));
  return z.array(z.string()).parse(facts?.addresses)[0] ?? '';
};

const changes = async () =>
  (await on.requests())
    .filter(({ operation, status }) => /LoadBalancer.(Create|Delete)/.test(operation ?? '') && status === 204)
    .map(({ operation }) => operation?.split('.')[1]);

test('backends that pointed at the old address point at the new one, new before old', async () => {
  await on.fault({ operation: '*.StartContainerInstance', moves: true });
  const from = await stoppedAndStarted();
  const to = await addressNow();
  expect(to).not.toBe(from);
  const ran = await on.run(stepOf('backend.repoint', await on.one('api'), { from }));
  expect(ran).toMatchObject({ status: 'succeeded', step: { note: `backends are at ${to}` } });
  expect(await backends()).toEqual([`${to}:8080`, `${to}:9000`, '10.9.9.9:8080'].sort());
  expect(await changes()).toEqual(['CreateBackend', 'DeleteBackend', 'CreateBackend', 'DeleteBackend']);
});

test('nothing is done where the address is the same', async () => {
  const from = await stoppedAndStarted();
  const before = await backends();
  const ran = await on.run(stepOf('backend.repoint', await on.one('api'), { from }));
  expect(ran).toMatchObject({ status: 'succeeded', step: { note: 'address unchanged' } });
  expect(await backends()).toEqual(before);
  expect(await changes()).toEqual([]);
});

test.each([
  ['is busy', { operation: 'LoadBalancer.CreateBackend', status: 409, code: 'Conflict', count: 2 }],
  ['was changed meanwhile', { operation: 'LoadBalancer.*Backend', status: 412 }],
  ['throttles', { operation: 'LoadBalancer.*Backend', status: 429, count: 3 }],
  ['loses the reply of the one that is made', { operation: 'LoadBalancer.CreateBackend', drop: 'after' }],
  ['loses the reply of the one that goes', { operation: 'LoadBalancer.DeleteBackend', drop: 'after' }],
  ['never hears', { operation: 'LoadBalancer.*Backend', drop: 'before' }],
])('a load balancer that %s ends up right', async (_, fault) => {
  await on.fault({ operation: '*.StartContainerInstance', moves: true });
  const from = await stoppedAndStarted();
  const to = await addressNow();
  await on.fault(fault);
  const ran = await on.run(stepOf('backend.repoint', await on.one('api'), { from }));
  expect(ran).toMatchObject({ status: 'succeeded' });
  expect(await backends()).toEqual([`${to}:8080`, `${to}:9000`, '10.9.9.9:8080'].sort());
});

test('a change that fails says what its work request says, and the old backend is still there', async () => {
  await on.fault({ operation: '*.StartContainerInstance', moves: true });
  const from = await stoppedAndStarted();
  await on.fault({ operation: 'LoadBalancer.CreateBackend', fails: 'No more backends are allowed.' });
  const { status, because } = await on.run(stepOf('backend.repoint', await on.one('api'), { from }));
  expect([status, because]).toEqual(['failed', 'INTERNAL_ERROR: No more backends are allowed.']);
  expect(await backends()).toContain(`${from}:8080`);
});

test('a step that does not know the address before fails and says so', async () => {
  const { status, because } = await on.run(stepOf('backend.repoint', await on.one('api')));
  expect(status).toBe('failed');
  expect(because).toContain('It is not known which address api had before.');
});
