import { afterEach, describe, expect, test } from 'vitest';
import type { NewSet, Place } from '../../src/core/deploy/app.ts';
import { leftovers } from '../../src/core/describe-leftovers.ts';
import { bare } from '../oci/bare.ts';
import { type Rig, rig } from './rig.ts';
import { networkPlaces, networkSeed, seed, storeApp } from './shop.ts';

let at: Rig;
afterEach(() => at?.close());

const find = { name: 'other-*', tags: {}, states: ['ACTIVE'] };
const checker = { protocol: 'TCP', interval: 10_000, timeout: 3_000, retries: 3 } as const;
const create = (protocol: string): NewSet => ({
  policy: protocol === 'TCP' ? 'FIVE_TUPLE' : 'ROUND_ROBIN',
  checker,
  listener: { name: 'http', port: 80, protocol },
});
const ofHttp = create('HTTP');

const withoutParts = (text: string) =>
  text.replace(/^ {4}backendSets:.*$/m, '').replace(/^ {4}listeners:.*$/m, '');
const withoutListener = (text: string) => text.replace(/^ {4}listeners:.*$/m, '');
const places = (more: Partial<Place>) => storeApp().places.map((place) => ({ ...place, ...more }));

const missing = async () =>
  (await at.at.cloud.reader.deploys.survey(at.app)).places.map((each) => each.missing);

describe.each([
  ['load balancer', 'store-lb', withoutParts(seed), places({ create: ofHttp })],
  ['network load balancer', 'store-nlb', withoutParts(networkSeed), networkPlaces({ create: create('TCP') })],
])('where a %s has neither set nor listener', (_, name, without, of) => {
  test('they are made before the first backend', async () => {
    at = await rig({ find, places: of, bake: 0 }, { seed: without });
    const plan = await at.plan();
    expect(plan.stages?.slice(1, 5)).toEqual([
      `Make the backend set store of ${name}`,
      `Make the listener http of ${name}`,
      'Make 3 instances',
      'Add them to the load balancer',
    ]);
    expect(plan.consequences).toContain(
      `The backend set store of ${name} and the listener http of ${name} are made first, and removed again on the way back.`,
    );
    const done = await at.run(plan);
    expect(done.because).toBeUndefined();
    expect(done.status).toBe('succeeded');
    expect(await missing()).toEqual([undefined]);
    expect((await at.standing()).serving).toEqual(['other-v1-1', 'other-v1-2', 'other-v1-3']);
  });

  test('they are removed again on the way back, the listener first', async () => {
    at = await rig({ find, places: of, bake: 0 }, { seed: without });
    const before = await missing();
    const plan = await at.plan();
    await at.at.fault({ operation: '*.CreateBackend', fails: 'Too many backends.' });
    const done = await at.run(plan);
    expect(done.status).toBe('undone');
    expect(leftovers(done)).toEqual([]);
    const stages = plan.undo?.stages.filter((stage) => stage !== 'Count what clients saw');
    expect(stages?.slice(-3)).toEqual([
      `Remove the listener http of ${name}`,
      `Remove the backend set store of ${name}`,
      'Delete the new instances',
    ]);
    expect(await missing()).toEqual(before);
    expect((await at.standing()).up).toEqual([]);
  });
});

test('where only the listener is missing, only that is made', async () => {
  at = await rig({ find, places: places({ create: ofHttp }), bake: 0 }, { seed: withoutListener(seed) });
  const plan = await at.plan();
  expect(plan.waves.flat().map(({ verb }) => verb)).not.toContain('backend-set.create');
  expect((await at.run(plan)).status).toBe('succeeded');
  expect(await missing()).toEqual([undefined]);
});

test('a set that somebody else has put to use meanwhile is left, and that is told', async () => {
  at = await rig({ find, places: places({ create: ofHttp }), bake: 600_000 }, { seed: withoutParts(seed) });
  const id = await at.begin(await at.plan());
  await at.until(id, ({ steps }) =>
    steps.some(({ step, state }) => step.verb === 'deploy.hold' && state === 'running'),
  );
  const [place] = (await at.at.cloud.reader.deploys.survey(at.app)).places;
  if (!place) throw new Error('no place');
  const { signal } = new AbortController();
  const console = bare(at.at);
  await console.services.loadBalancers.act('CreateBackend', at.app.region, signal, (client) =>
    client.createBackend({
      loadBalancerId: place.balancer.ocid,
      backendSetName: 'store',
      createBackendDetails: { ipAddress: '10.0.0.99', port: 8080 },
    }),
  );
  console.close();
  at.clock.advance(60_000);
  await at.engine.cancel(id, { kind: 'terminal', user: 'ben' });
  const done = await at.until(id);
  expect(leftovers(done)).toEqual([
    'Remove the backend set store of store-lb: it is in use by now (backend 10.0.0.99:8080), so that it was left',
  ]);
  expect((await at.standing()).up).toEqual([]);
});

test('a set that somebody made since it was planned: nothing is done', async () => {
  at = await rig({ find, places: places({ create: ofHttp }) }, { seed: withoutParts(seed) });
  const plan = await at.plan();
  const [place] = (await at.at.cloud.reader.deploys.survey(at.app)).places;
  if (!place) throw new Error('no place');
  const { signal } = new AbortController();
  const console = bare(at.at);
  await console.services.loadBalancers.act('CreateBackendSet', at.app.region, signal, (client) =>
    client.createBackendSet({
      loadBalancerId: place.balancer.ocid,
      createBackendSetDetails: { name: 'store', policy: 'IP_HASH', healthChecker: { protocol: 'TCP' } },
    }),
  );
  console.close();
  at.clock.advance(60_000);
  const done = await at.run(plan);
  expect(done.steps[0]?.note).toBe('store of store-lb was made since this was planned. Plan it again.');
  expect((await at.standing()).up).toEqual([]);
});

describe('what cannot be made is said before', () => {
  const { listener: _, ...unled } = ofHttp;
  const other = { name: 'api', port: 80, protocol: 'HTTP' };

  test.each([
    ['a set that nothing would lead to', { create: unled }, /^No listener of store-lb leads to store: /],
    [
      'a listener whose name is taken',
      { set: 'stores', create: ofHttp },
      'store-lb has a listener http already, which leads to store and not to stores.',
    ],
    [
      'a listener whose port is taken',
      { set: 'stores', create: { ...ofHttp, listener: other } },
      'Port 80 of store-lb is taken by its listener http, which leads to store.',
    ],
  ])('%s', async (_, more, fault) => {
    const text = 'set' in more ? seed : withoutParts(seed);
    at = await rig({ find, places: places(more) }, { seed: text });
    const { faults } = await at.at.cloud.reader.deploys.survey(at.app);
    expect(faults).toEqual([expect.stringMatching(fault)]);
    await expect(at.plan()).rejects.toThrow('store cannot be deployed as things are: ');
  });
});
