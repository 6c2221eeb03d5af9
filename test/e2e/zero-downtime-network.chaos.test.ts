import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/root.ts';
import { storeConfig } from '../support/store.ts';
import { bootWorld, type World } from '../support/world.ts';
import { type Crowd, crowdOf, killSoon } from './crowd.ts';

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

describe.each(strategies)('%s', (strategy) => {
  test('nobody notices', () => crowd.notices([`deploy store image=${next()} ${strategy}`]));

  test('nobody notices that the bot is killed in the middle', () =>
    crowd.notices([`deploy store image=${next()} ${strategy}`], () => killSoon(world, 15_000)));
});

test('a flow that never ends is cut once at the most, and goes to none that is deleted', async () => {
  const answers = await stayers.clients(async () => {
    expect(await crowd.deployed(`deploy store image=${next()} blue-green`)).toMatch(/done in/);
  });
  expect(answers.failed, answers.detail).toBeLessThanOrEqual(10);
  expect(await crowd.traffic()).toMatchObject({ reachedDeleted: 0 });
});

test('an image that fails its gate is taken back, and only its own errors are seen', () =>
  crowd.seesOnlyItsErrors([`deploy store image=${bad} rolling`]));
