import autocannon from 'autocannon';
import { expect } from 'vitest';
import type { World } from '../support/world.ts';

export interface Answers {
  readonly requests: number;
  readonly failed: number;
  readonly detail: string;
}

type During = () => Promise<void>;

export interface Crowd {
  /** Deploys line after line, while clients come: each is done, none of them fails, none reaches what is deleted. */
  notices(lines: readonly string[], during?: During): Promise<void>;
  /** The same of an image that fails its gate: each is taken back, and clients see its own 500s and no other error. */
  seesOnlyItsErrors(lines: readonly string[]): Promise<void>;
  /** What clients were answered while the work went on. */
  clients(work: () => Promise<void>): Promise<Answers>;
  /** The message of a deploy once it is over, with the clock running twenty times as fast. */
  deployed(line: string, during?: During): Promise<string>;
  traffic(): Promise<unknown>;
  /** Of the store's instances that are up. */
  names(): Promise<readonly string[]>;
}

/** Clients of the store at `url`, of as many kinds as there are options, while it is deployed. */
export function crowdOf(world: World, url: string, kinds: readonly Omit<autocannon.Options, 'url'>[]): Crowd {
  const crowd: Crowd = {
    notices: async (lines, during) => {
      const answers = await crowd.clients(async () => {
        for (const line of lines) expect(await crowd.deployed(line, during)).toMatch(/done in/);
      });
      expect(answers, answers.detail).toMatchObject({ failed: 0 });
      expect(answers.requests).toBeGreaterThan(500 * lines.length);
      expect(await crowd.traffic()).toMatchObject({ reachedDeleted: 0 });
      expect(await crowd.names()).toHaveLength(3);
    },
    seesOnlyItsErrors: async (lines) => {
      const before = await crowd.names();
      const answers = await crowd.clients(async () => {
        for (const line of lines) {
          const came = await crowd.deployed(line);
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
    },
    clients: async (work) => {
      const runs = kinds.map((kind) => begin({ url, duration: 3_600, ...kind }));
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
  return crowd;
}

/** Kills the bot at some moment of the next so many ms, and has it come back. */
export async function killSoon({ bot }: World, longest: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 200 + Math.random() * longest));
  await bot.kill9();
  await bot.ready();
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

async function deployed(world: World, line: string, during: During = async () => {}): Promise<string> {
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
