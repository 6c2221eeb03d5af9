import autocannon from 'autocannon';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storeConfig } from '../support/store.ts';
import { bootWorld, type World } from '../support/world.ts';

/**
 * Clients of the store, half of them on connections that stay and half on new ones for each request, while it is deployed
 * again and again. DEPLOYS says how often by each strategy.
 */
const times = Number(process.env.DEPLOYS ?? 1);
const strategies = ['rolling', 'rolling 2', 'blue-green', 'canary 25 % 5s, 50 % 5s, 100 %'];

/** Half of what it answers are 500s. */
const bad = '1.6.0-errors-50';

let world: World;
beforeAll(async () => {
  world = await bootWorld({ config: storeConfig({ gates: true }) });
  await world.call('POST', '/control/oci/images', { image: `fra.ocir.io/lamplight/store:${bad}` });
});
afterAll(() => world?.stop());

interface Answers {
  readonly requests: number;
  readonly failed: number;
  readonly detail: string;
}

/** What clients were answered while the work went on. */
async function clients(work: () => Promise<void>): Promise<Answers> {
  const url = String(world.info.oci.listeners['store-lb/http']);
  const runs = [
    begin({ url, connections: 25, duration: 600 }),
    // a new connection for each request
    begin({ url, connections: 25, duration: 600, reconnectRate: 1, overallRate: 200 }),
  ];
  try {
    await work();
    return await stopped(runs);
  } catch (error) {
    await stopped(runs);
    throw error;
  }
}

function begin(options: autocannon.Options): {
  readonly stop: () => void;
  readonly result: Promise<autocannon.Result>;
} {
  let instance: autocannon.Instance | undefined;
  const result = new Promise<autocannon.Result>((resolve, reject) => {
    instance = autocannon(options, (error, found) => (error ? reject(error) : resolve(found)));
  });
  return { stop: () => instance?.stop?.(), result };
}

async function stopped(runs: readonly ReturnType<typeof begin>[]): Promise<Answers> {
  for (const { stop } of runs) stop();
  const results = await Promise.all(runs.map(({ result }) => result));
  return {
    requests: results.reduce((sum, { requests }) => sum + requests.total, 0),
    failed: results.reduce((sum, { non2xx, errors }) => sum + non2xx + errors, 0),
    detail: JSON.stringify(
      results.map(({ non2xx, errors, timeouts, statusCodeStats }) => ({
        non2xx,
        errors,
        timeouts,
        statusCodeStats,
      })),
    ),
  };
}

/** The message of a deploy once it is over, with the clock running twenty times as fast. */
async function deployed(line: string, during: () => Promise<void> = async () => {}): Promise<string> {
  await world.slack.connected();
  const before = new Set((await world.channel('ops').messages()).map(({ ts }) => ts));
  await world.as('ana').types(`/oci ${line}`, { in: 'ops' });
  const message = async () =>
    (await world.channel('ops').messages()).find(({ ts, text }) => !before.has(ts) && /store/.test(text));
  let isOver = false;
  const fast = (async () => {
    while (!isOver) {
      await world.clock.advance(500);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  })();
  try {
    await during();
    const last = await world.until(
      async () => {
        const found = await message();
        return found && /done in|taken back|failed|unresolved|void|cancelled/.test(found.text)
          ? found
          : undefined;
      },
      `the end of ${line}`,
      180_000,
    );
    return last.shown;
  } finally {
    isOver = true;
    await fast;
  }
}

const traffic = async () => (await world.call('GET', '/control/oci/traffic')).body;
const names = async () =>
  (await world.oci.resources({ type: 'ContainerInstance' }))
    .filter(({ name, state }) => name.startsWith('store-') && state === 'ACTIVE')
    .map(({ name }) => name);

let version = 0;
/** Two images in turn. */
const next = () => (version++ % 2 === 0 ? '1.4.2' : '1.4.1');

describe.each(strategies)('%s', (strategy) => {
  test('nobody notices', async () => {
    const answers = await clients(async () => {
      for (let at = 0; at < times; at++)
        expect(await deployed(`deploy store image=${next()} ${strategy}`)).toMatch(/done in/);
    });
    expect(answers, answers.detail).toMatchObject({ failed: 0 });
    expect(answers.requests).toBeGreaterThan(500);
    expect(await traffic()).toMatchObject({ reachedDeleted: 0 });
    expect(await names()).toHaveLength(3);
  });

  test('nobody notices that the bot is killed in the middle', async () => {
    const answers = await clients(async () => {
      for (let at = 0; at < times; at++) {
        const shown = await deployed(`deploy store image=${next()} ${strategy}`, async () => {
          await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * 6_000));
          await world.bot.kill9();
          await world.bot.ready();
        });
        expect(shown).toMatch(/done in/);
      }
    });
    expect(answers, answers.detail).toMatchObject({ failed: 0 });
    expect(await traffic()).toMatchObject({ reachedDeleted: 0 });
    expect(await names()).toHaveLength(3);
  });

  test('an image that fails its gate is taken back, and only its own errors are seen', async () => {
    const before = await names();
    const answers = await clients(async () => {
      for (let at = 0; at < times; at++) {
        const came = await deployed(`deploy store image=${bad} ${strategy}`);
        expect(came).toMatch(/taken back/);
        // how many errors clients saw is said
        expect(came).toMatch(/answered 500/);
        expect(await names()).toEqual(before);
      }
    });
    // its own 500s, and no error of a connection
    expect(answers.detail).not.toMatch(/"50[234]"/);
    expect(answers.detail).toMatch(/"errors":0/);
    expect(await traffic()).toMatchObject({ reachedDeleted: 0 });
  });
});
