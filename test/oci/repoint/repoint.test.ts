import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { type Bench, bench, patient } from '../contract/bench.ts';
import { stepOf } from '../sandbox.ts';

const step = (...of: Parameters<typeof stepOf>) => patient(stepOf(...of));

let on: Bench;
beforeAll(async () => {
  on = await bench(`
instances:
  - { name: web-1, region: eu-frankfurt-1, compartment: shop/dev }
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
  const stop = await on.run(step('container-instance.stop', await on.one('kind:container-instance api')));
  const [from = ''] = z.array(z.string()).parse(stop.step?.before?.facts?.addresses);
  const start = await on.run(step('container-instance.start', await on.one('kind:container-instance api')));
  expect([stop.status, start.status]).toEqual(['succeeded', 'succeeded']);
  return from;
}

async function backends(balancer = 'edge'): Promise<readonly string[]> {
  const details = await on.cloud.reader.inspect(await on.one(`kind:load-balancer ${balancer}`));
  return details.flatMap(({ label, value }) => (/^Backend set/.test(label) ? value.split(', ') : [])).sort();
}

const addressNow = async () => {
  const { facts } = await on.fresh(await on.one('kind:container-instance api'));
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
  const ran = await on.run(step('backend.repoint', await on.one('kind:container-instance api'), { from }));
  expect(ran).toMatchObject({ status: 'succeeded', step: { note: `backends are at ${to}` } });
  expect(await backends()).toEqual([`${to}:8080`, `${to}:9000`, '10.9.9.9:8080'].sort());
  expect(await changes()).toEqual(['CreateBackend', 'DeleteBackend', 'CreateBackend', 'DeleteBackend']);
});

test('a compute instance that has another address is followed, too', async () => {
  const ran = await on.run(
    step('backend.repoint', await on.one('kind:instance web-1'), { from: '10.9.9.9' }),
  );
  expect(ran.status).toBe('succeeded');
  const to = ran.step?.note?.replace('backends are at ', '');
  expect(await backends()).toContain(`${to}:8080`);
  expect(await backends()).not.toContain('10.9.9.9:8080');
});

test('backends stay where something else has the old address by now', async () => {
  const before = await backends();
  const from = await addressNow();
  const ran = await on.run(step('backend.repoint', await on.one('kind:instance web-1'), { from }));
  expect(ran.status).toBe('succeeded');
  expect(ran.step?.note).toBe(`something else is at ${from} now; its backends are left alone`);
  expect(await backends()).toEqual(before);
});

test('nothing is done where the address is the same', async () => {
  const from = await stoppedAndStarted();
  const before = await backends();
  const ran = await on.run(step('backend.repoint', await on.one('kind:container-instance api'), { from }));
  expect(ran).toMatchObject({ status: 'succeeded', step: { note: 'address unchanged' } });
  expect(await backends()).toEqual(before);
  expect(await changes()).toEqual([]);
});

async function endsUpRight(fault: object): Promise<void> {
  await on.fault({ operation: '*.StartContainerInstance', moves: true });
  const from = await stoppedAndStarted();
  const to = await addressNow();
  await on.fault(fault);
  const ran = await on.run(step('backend.repoint', await on.one('kind:container-instance api'), { from }));
  expect(ran).toMatchObject({ status: 'succeeded' });
  expect(await backends()).toEqual([`${to}:8080`, `${to}:9000`, '10.9.9.9:8080'].sort());
}

test.each([
  ['is busy', { operation: 'LoadBalancer.CreateBackend', status: 409, code: 'Conflict', count: 2 }],
  ['was changed meanwhile', { operation: 'LoadBalancer.*Backend', status: 412 }],
  ['loses the reply of the one that is made', { operation: 'LoadBalancer.CreateBackend', drop: 'after' }],
  ['loses the reply of the one that goes', { operation: 'LoadBalancer.DeleteBackend', drop: 'after' }],
  ['never hears', { operation: 'LoadBalancer.*Backend', drop: 'before' }],
])('a load balancer that %s ends up right', (_, fault) => endsUpRight(fault));

test('a change that fails says what its work request says, and the old backend is still there', async () => {
  await on.fault({ operation: '*.StartContainerInstance', moves: true });
  const from = await stoppedAndStarted();
  await on.fault({ operation: 'LoadBalancer.CreateBackend', fails: 'No more backends are allowed.' });
  const { status, because } = await on.run(
    step('backend.repoint', await on.one('kind:container-instance api'), { from }),
  );
  expect([status, because]).toEqual(['failed', 'INTERNAL_ERROR: No more backends are allowed.']);
  expect(await backends()).toContain(`${from}:8080`);
});

test('a step that does not know the address before fails and says so', async () => {
  const { status, because } = await on.run(
    step('backend.repoint', await on.one('kind:container-instance api')),
  );
  expect(status).toBe('failed');
  expect(because).toContain('It is not known which address api had before.');
});

// at the end, since whoever was throttled goes slowly from then on
test('a load balancer that throttles ends up right', () =>
  endsUpRight({ operation: 'LoadBalancer.*Backend', status: 429, count: 3 }));
