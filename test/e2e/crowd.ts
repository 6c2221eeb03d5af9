import autocannon from 'autocannon';
import type { World } from '../support/world.ts';

export interface Answers {
  readonly requests: number;
  readonly failed: number;
  readonly detail: string;
}

export interface Crowd {
  /** What clients were answered while the work went on. */
  clients(work: () => Promise<void>): Promise<Answers>;
  /** The message of a deploy once it is over, with the clock running twenty times as fast. */
  deployed(line: string, during?: () => Promise<void>): Promise<string>;
  traffic(): Promise<unknown>;
  /** Of the store's instances that are up. */
  names(): Promise<readonly string[]>;
}

/** Clients of the store at `url`, of as many kinds as there are options, while it is deployed. */
export function crowdOf(world: World, url: string, kinds: readonly Omit<autocannon.Options, 'url'>[]): Crowd {
  return {
    clients: async (work) => {
      const runs = kinds.map((kind) => begin({ url, duration: 600, ...kind }));
      try {
        await work();
        return await stopped(runs);
      } catch (error) {
        await stopped(runs);
        throw error;
      }
    },
    deployed: (line, during) => deployed(world, line, during),
    traffic: async () => (await world.call('GET', '/control/oci/traffic')).body,
    names: async () =>
      (await world.oci.resources({ type: 'ContainerInstance' }))
        .filter(({ name, state }) => name.startsWith('store-') && state === 'ACTIVE')
        .map(({ name }) => name),
  };
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

async function deployed(
  world: World,
  line: string,
  during: () => Promise<void> = async () => {},
): Promise<string> {
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
      300_000,
    );
    return last.shown;
  } finally {
    isOver = true;
    await fast;
  }
}
