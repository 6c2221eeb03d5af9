import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storeConfig } from '../support/store.ts';
import { bootWorld, type World } from '../support/world.ts';
import { type Crowd, crowdOf } from './crowd.ts';

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

describe.each(strategies)('%s', (strategy) => {
  test('nobody notices', async () => {
    const answers = await crowd.clients(async () => {
      for (let at = 0; at < times; at++)
        expect(await crowd.deployed(`deploy store image=${next()} ${strategy}`)).toMatch(/done in/);
    });
    expect(answers, answers.detail).toMatchObject({ failed: 0 });
    expect(answers.requests).toBeGreaterThan(500);
    expect(await crowd.traffic()).toMatchObject({ reachedDeleted: 0 });
    expect(await crowd.names()).toHaveLength(3);
  });

  test('nobody notices that the bot is killed in the middle', async () => {
    const answers = await crowd.clients(async () => {
      for (let at = 0; at < times; at++) {
        const shown = await crowd.deployed(`deploy store image=${next()} ${strategy}`, async () => {
          await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 6_000));
          await world.bot.kill9();
          await world.bot.ready();
        });
        expect(shown).toMatch(/done in/);
      }
    });
    expect(answers, answers.detail).toMatchObject({ failed: 0 });
    expect(await crowd.traffic()).toMatchObject({ reachedDeleted: 0 });
    expect(await crowd.names()).toHaveLength(3);
  });

  test('an image that fails its gate is taken back, and only its own errors are seen', async () => {
    const before = await crowd.names();
    const answers = await crowd.clients(async () => {
      for (let at = 0; at < times; at++) {
        const came = await crowd.deployed(`deploy store image=${bad} ${strategy}`);
        expect(came).toMatch(/taken back/);
        // how many errors clients saw is said
        expect(came).toMatch(/answered 500/);
        expect(await crowd.names()).toEqual(before);
      }
    });
    // its own 500s, and no error of a connection
    expect(answers.detail).not.toMatch(/"50[234]"/);
    expect(answers.detail).toMatch(/"errors":0/);
    expect(await crowd.traffic()).toMatchObject({ reachedDeleted: 0 });
  });
});
