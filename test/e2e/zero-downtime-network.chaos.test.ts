import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/root.ts';
import { storeConfig } from '../support/store.ts';
import { bootWorld, type World } from '../support/world.ts';
import { type Crowd, crowdOf } from './crowd.ts';

/**
 * The store behind a network load balancer, while it is deployed. Clients make a flow for each request, or keep one for
 * so many; a flow that never ends is cut when its old backend is taken offline, as the plan says.
 */
const strategies = ['rolling', 'blue-green', 'canary 25 % 5s, 100 %'];
const bad = '1.6.0-errors-50';

/** The sandbox's own with the store behind another kind of load balancer. */
const seed = `${readFileSync(join(packageRoot, 'sandbox/seed.yml'), 'utf8').replace(/^ {2}- name: store-lb\n(?: {4}.*\n)+/m, '')}
networkLoadBalancers:
  - name: store-nlb
    region: eu-frankfurt-1
    compartment: store
    backendSets:
      store: { backends: ['store-1:8080', 'store-2:8080', 'store-3:8080'], checkPath: /healthz, checkEvery: 2, checkRetries: 2 }
    listeners:
      tcp: { port: 80, backendSet: store, idle: 180 }
`;
const config = storeConfig({ gates: true }).replace('find: store-lb,', 'find: store-nlb, network: true,');

let world: World;
let crowd: Crowd;
/** Clients whose flows never end. */
let stayers: Crowd;
beforeAll(async () => {
  world = await bootWorld({ seed, config });
  await world.call('POST', '/control/oci/images', { image: `fra.ocir.io/lamplight/store:${bad}` });
  const url = String(world.info.oci.listeners['store-nlb/tcp']).replace('tcp:', 'http:');
  crowd = crowdOf(world, url, [
    { connections: 25, reconnectRate: 10, overallRate: 200 },
    { connections: 25, reconnectRate: 1, overallRate: 100 },
  ]);
  stayers = crowdOf(world, url, [{ connections: 10, overallRate: 50 }]);
});
afterAll(() => world?.stop());

let version = 0;
/** Two images in turn. */
const next = () => (version++ % 2 === 0 ? '1.4.2' : '1.4.1');

test.each(strategies)('%s: nobody notices', async (strategy) => {
  const answers = await crowd.clients(async () => {
    expect(await crowd.deployed(`deploy store image=${next()} ${strategy}`)).toMatch(/done in/);
  });
  expect(answers, answers.detail).toMatchObject({ failed: 0 });
  expect(answers.requests).toBeGreaterThan(500);
  expect(await crowd.traffic()).toMatchObject({ reachedDeleted: 0 });
  expect(await crowd.names()).toHaveLength(3);
});

test.each(strategies)('%s: nobody notices that the bot is killed in the middle', async (strategy) => {
  const answers = await crowd.clients(async () => {
    const shown = await crowd.deployed(`deploy store image=${next()} ${strategy}`, async () => {
      await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 15_000));
      await world.bot.kill9();
      await world.bot.ready();
    });
    expect(shown).toMatch(/done in/);
  });
  expect(answers, answers.detail).toMatchObject({ failed: 0 });
  expect(await crowd.traffic()).toMatchObject({ reachedDeleted: 0 });
  expect(await crowd.names()).toHaveLength(3);
});

test('a flow that never ends is cut once at the most, and goes to none that is deleted', async () => {
  const answers = await stayers.clients(async () => {
    expect(await crowd.deployed(`deploy store image=${next()} blue-green`)).toMatch(/done in/);
  });
  expect(answers.failed, answers.detail).toBeLessThanOrEqual(10);
  expect(await crowd.traffic()).toMatchObject({ reachedDeleted: 0 });
});

test('an image that fails its gate is taken back, and only its own errors are seen', async () => {
  const before = await crowd.names();
  const answers = await crowd.clients(async () => {
    const came = await crowd.deployed(`deploy store image=${bad} rolling`);
    expect(came).toMatch(/taken back/);
    expect(await crowd.names()).toEqual(before);
  });
  expect(answers.detail).not.toMatch(/"50[234]"/);
  expect(answers.detail).toMatch(/"errors":0/);
  expect(await crowd.traffic()).toMatchObject({ reachedDeleted: 0 });
});
