import { afterAll, beforeAll, describe, test } from 'vitest';
import { storeConfig } from '../support/store.ts';
import { bootWorld, type World } from '../support/world.ts';
import { type Crowd, crowdOf, killSoon } from './crowd.ts';

/**
 * Clients of the store, half of them on connections that stay and half on new ones for each request, while it is deployed
 * again and again. DEPLOYS says how often by each strategy.
 */
const times = Number(process.env.DEPLOYS ?? 1);
const strategies = ['rolling', 'rolling 2', 'blue-green', 'canary 25 % 5s, 50 % 5s, 100 %'];

/** Half of what it answers are 500s. */
const bad = '1.6.0-errors-50';

let world: World;
let crowd: Crowd;
beforeAll(async () => {
  world = await bootWorld({ config: storeConfig({ gates: true }) });
  await world.call('POST', '/control/oci/images', { image: `fra.ocir.io/lamplight/store:${bad}` });
  crowd = crowdOf(world, String(world.info.oci.listeners['store-lb/http']), [
    { connections: 25 },
    // a new connection for each request
    { connections: 25, reconnectRate: 1, overallRate: 200 },
  ]);
});
afterAll(() => world?.stop());

let version = 0;
/** Two images in turn. */
const next = () => (version++ % 2 === 0 ? '1.4.2' : '1.4.1');

const deploys = (strategy: string, image: () => string = next) =>
  Array.from({ length: times }, () => `deploy store image=${image()} ${strategy}`);

describe.each(strategies)('%s', { timeout: 120_000 + times * 60_000 }, (strategy) => {
  test('nobody notices', () => crowd.notices(deploys(strategy)));

  test('nobody notices that the bot is killed in the middle', () =>
    crowd.notices(deploys(strategy), () => killSoon(world, 6_000)));

  test('an image that fails its gate is taken back, and only its own errors are seen', () =>
    crowd.seesOnlyItsErrors(deploys(strategy, () => bad)));
});
