import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootWorld, type World } from '../../support/world.ts';
import { becomes, tell } from '../scene.ts';
import { isNow, nightsOf, office, reads, said, sent, stateOf } from './nights.ts';

/** Regions that are away when their hour comes, addresses that change over night, and policies that pause. */

const seed = `
tenancy: lamplighter
user: { name: lamplighter, email: lamplighter@example.com }
regions:
  - { name: eu-frankfurt-1, key: FRA, domains: 3 }
  - { name: eu-amsterdam-1, key: AMS, domains: 1 }
compartments:
  lab: { description: Where it goes wrong }
instances:
  - { name: near-1, region: eu-frankfurt-1, compartment: lab, tags: { app: two, env: dev } }
  - { name: far-1, region: eu-amsterdam-1, compartment: lab, tags: { app: two, env: dev } }
  - { name: alone-1, region: eu-amsterdam-1, compartment: lab, tags: { app: alone, env: dev } }
containerInstances:
  - name: api
    region: eu-frankfurt-1
    compartment: lab
    tags: { app: api, env: dev }
    containers: [{ name: api, image: 'docker.io/library/nginx:1' }]
loadBalancers:
  - name: edge
    region: eu-frankfurt-1
    compartment: lab
    tags: { tier: edge }
    backendSets:
      api: { backends: ['api:8080'] }
    listeners:
      http: { port: 80, backendSet: api }
`;

let world: World;
beforeAll(async () => {
  world = await bootWorld({
    at: '2026-12-01T17:00:00Z',
    seed,
    config: nightsOf({
      two: { ...office, what: 'app=two' },
      api: { ...office, what: 'app=api', channel: 'C0OPS000000' },
      alone: { ...office, what: 'app=alone', channel: 'C0DATA00000' },
    }),
  });
  await world.lights.looked();
});
afterAll(() => world?.stop());

/** What was changed of the load balancer's backends, oldest first. */
const repairs = async () =>
  (await world.oci.requests())
    .map(({ operation }) => operation)
    .filter((operation) => /LoadBalancer\.(Create|Update|Delete)Backend$/.test(operation));

test('what is in a region that is away is caught up when it is back, once, and the report says so', async () => {
  await isNow(world, '2026-12-01T17:45:00Z');
  await world.oci.faults({ region: 'eu-amsterdam-1', away: true, for: '25m' });
  await isNow(world, '2026-12-01T18:00:00Z');
  const report = await reads(world, /Lights out in two: 1 of 1 stopped/);
  expect(report.shown).toMatch(/Could not be asked[\s\S]*eu-amsterdam-1/);
  expect(await stateOf(world, 'far-1')).toBe('RUNNING');
  const unseen = await reads(world, /Lights out in alone: nothing could be seen of it/, { in: 'data' });
  expect(unseen.shown).toMatch(/eu-amsterdam-1[\s\S]*I ask again, and do what is due when it answers/);
  expect(unseen.shown).not.toContain('Saved');
  await world.clock.advance('11m');
  const caught = await reads(world, /Lights out in two: 2 of 2 stopped; saves/);
  expect(caught.shown).not.toContain('Could not be asked');
  expect(await said(world, /Lights out in two/)).toHaveLength(1);
  expect(await sent(world, 'far-1')).toEqual(['SOFTSTOP']);
  expect(await sent(world, 'near-1')).toEqual(['SOFTSTOP']);
  const whole = await becomes(world, unseen, /Lights out in alone: 1 of 1 stopped; saves/, { in: 'data' });
  expect(whole.shown).not.toContain('Could not be asked');
  expect(await said(world, /Lights/, 'data')).toHaveLength(1);
  expect(await sent(world, 'alone-1')).toEqual(['SOFTSTOP']);
});

test('a container instance that comes back at another address has its backend put right', async () => {
  await world.until(async () => (await stateOf(world, 'api')) === 'INACTIVE', 'the stop');
  await world.oci.faults({
    operation: 'ContainerInstance.StartContainerInstance',
    resource: 'api',
    moves: true,
  });
  await isNow(world, '2026-12-02T06:30:00Z');
  await world.until(async () => {
    await world.clock.advance('5s');
    return (await repairs()).length === 2;
  }, 'another address in the load balancer');
  expect(await repairs()).toEqual(['LoadBalancer.CreateBackend', 'LoadBalancer.DeleteBackend']);
  expect(await stateOf(world, 'api')).toBe('ACTIVE');
});

test('paused it does nothing, and what it passed over is made up for when the pause ends', async () => {
  const paused = await tell(world, 'schedule pause two --until 2026-12-02 20:00 --because a load test');
  expect(paused.shown).toContain('two does nothing until Wed 2 Dec 20:00 Europe/Amsterdam');
  await isNow(world, '2026-12-02T18:00:00Z');
  expect(await stateOf(world, 'near-1')).toBe('RUNNING');
  const why = await tell(world, 'why near-1');
  expect(why.shown).toMatch(/two is paused until Wed 2 Dec 20:00 Europe\/Amsterdam: a load test/);
  await isNow(world, '2026-12-02T19:00:00Z');
  await world.until(async () => {
    await world.clock.advance('5s');
    return (await stateOf(world, 'near-1')) === 'STOPPED';
  }, 'the stop');
  expect(await sent(world, 'near-1')).toEqual(['SOFTSTOP', 'START', 'SOFTSTOP']);
});

test('a policy is carried out by hand with the rights of who asks', async () => {
  const plan = await tell(world, 'schedule run two up --dry-run');
  expect(plan.shown).toContain('start 2 compute instances of two. Nothing was changed.');
  await world.as('ana').types('/oci schedule run two up', { in: 'ops' });
  const card = await reads(world, /asks to start 2 compute instances of two/, { in: 'ops' });
  await world.as('ben').clicks('Approve', { in: 'ops', ts: card.ts });
  await reads(world, /start 2 compute instances of two – done in/, { in: 'ops' });
  await isNow(world, '2026-12-02T20:30:00Z');
  expect(await stateOf(world, 'near-1')).toBe('RUNNING');
  const why = await tell(world, 'why near-1');
  expect(why.shown).toContain('somebody started it since, which is respected until the next edge');
});

test('a morning of which nothing can be seen is told of as well, and how it went on', async () => {
  await isNow(world, '2026-12-03T06:15:00Z');
  await isNow(world, '2026-12-03T18:00:00Z');
  await reads(world, /Lights out in two: 2 of 2 stopped/);
  await isNow(world, '2026-12-04T06:15:00Z');
  await world.oci.faults({ region: 'eu-amsterdam-1', away: true, for: '25m' });
  await isNow(world, '2026-12-04T06:30:00Z');
  const unseen = await reads(world, /I cannot tell whether everything in alone is up/, { in: 'data' });
  await world.clock.advance('11m');
  await becomes(world, unseen, /Lights on in alone: 1 of 1 started/, { in: 'data' });
  expect(await stateOf(world, 'alone-1')).toBe('RUNNING');
  expect((await sent(world, 'alone-1')).filter((act) => act === 'START')).toHaveLength(2);
});

test('what another policy protects is left alone by hand too, and what only protects cannot be paused', async () => {
  const guarded = nightsOf({
    two: { ...office, what: 'app=two' },
    guard: { what: 'near-1', protect: true, channel: 'C0OPS000000' },
  });
  const other = await bootWorld({ at: '2026-12-01T17:00:00Z', seed, config: guarded });
  try {
    const plan = await tell(other, 'schedule run two down --dry-run');
    expect(plan.shown).toContain('stop 1 compute instance of two');
    expect(plan.shown).toContain('near-1 (guard never lets it stop)');
    const paused = await tell(other, 'schedule pause guard for 2h');
    expect(paused.shown).toContain('guard protects its resources, which has no hours to pause.');
  } finally {
    await other.stop();
  }
});
