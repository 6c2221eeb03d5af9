import { afterEach, describe, expect, test } from 'vitest';
import type { Operation } from '../../src/core/operation.ts';
import type { Plan } from '../../src/core/plan.ts';
import { planRetire } from '../../src/deploying/retiring.ts';
import { type Rig, rig } from './rig.ts';
import { seed, storeApp } from './shop.ts';

/** Whatever happens at whichever step, what was begun ends well, or things are as they were. */

let at: Rig;
afterEach(() => at?.close());

/** Every so many steps; STRIDE=1 tries each of them, which takes a quarter of an hour. */
const stride = Number(process.env.STRIDE ?? 5);

interface Case {
  readonly open: () => Promise<Rig>;
  readonly plan: () => Promise<Plan>;
  /** How many steps it has. */
  readonly count: number;
  readonly before: Standing;
  readonly after: Standing;
}

/** Also what of its places is missing. */
type Standing = Awaited<ReturnType<Rig['standing']>> & { readonly missing: number };

const old = ['store-1', 'store-2', 'store-3'];
const fresh = ['store-v1-1', 'store-v1-2', 'store-v1-3'];
const three = (names: readonly string[]) => ({ up: names, serving: names, missing: 0 });
const bare = seed.replace(/^ {4}backendSets:.*$/m, '').replace(/^ {4}listeners:.*$/m, '');
const create = {
  policy: 'ROUND_ROBIN',
  checker: { protocol: 'TCP', interval: 10_000, timeout: 3_000, retries: 3 },
  listener: { name: 'http', port: 80, protocol: 'HTTP' },
} as const;

const cases: Readonly<Record<string, Case>> = {
  'a canary': {
    open: () => rig({ bake: 5_000 }),
    plan: () => at.plan({ strategy: 'canary 34 % 5s, 100 %' }),
    count: 31,
    before: three(old),
    after: three(fresh),
  },
  'a retirement of one instance': {
    open: () => rig(),
    plan: () => planRetire(at.look, { what: 'store-2', because: undefined }),
    count: 6,
    before: three(old),
    after: three(['store-1', 'store-3']),
  },
  'a first deploy whose backend set and listener are made': {
    open: () =>
      rig(
        {
          find: { name: 'other-*', tags: {}, states: ['ACTIVE'] },
          places: storeApp().places.map((place) => ({ ...place, create })),
          replicas: 2,
          minimum: 1,
          bake: 5_000,
        },
        { seed: bare },
      ),
    plan: () => at.plan({ strategy: 'blue-green' }),
    count: 10,
    before: { up: [], serving: [], missing: 2 },
    after: three(['other-v1-1', 'other-v1-2']),
  },
};

const began = (step: number) => (operation: Operation) => {
  const state = operation.steps[step]?.state;
  return (state !== undefined && state !== 'pending') || operation.finishedAt !== undefined;
};

async function standing(): Promise<Standing> {
  const { places } = await at.at.cloud.reader.deploys.survey(at.app);
  const missing = places.flatMap((place) => Object.values(place.missing ?? {}));
  return { ...(await at.standing()), missing: missing.length };
}

describe.each(Object.entries(cases))('%s', (_, { open, plan: planned, count, before, after }) => {
  async function begun(): Promise<{ readonly id: string; readonly until: number }> {
    at = await open();
    const plan = await planned();
    expect(plan.waves.flat()).toHaveLength(count);
    // before this one things can be taken back
    const until = plan.waves.slice(0, plan.undo?.until).reduce((sum, wave) => sum + wave.length, 0);
    return { id: await at.begin(plan), until };
  }

  const every = Array.from({ length: count }, (_, step) => step).filter((step) => step % stride === 0);

  describe.each(every)('at step %i', (step) => {
    test('the process is killed, and another one sees it to its end', async () => {
      const { id } = await begun();
      await at.until(id, began(step));
      // not always at the same place in it
      await at.die(1 + (step % 4));
      const done = await at.until(id);
      const undone = done.steps.filter(({ state }) => state !== 'done');
      expect(undone.map(({ step: { name }, note }) => [name, note])).toEqual([]);
      expect(done.status).toBe('succeeded');
      expect(await standing()).toEqual(after);
    });

    test('Oracle Cloud is away for a minute', async () => {
      const { id } = await begun();
      await at.until(id, began(step));
      await at.at.fault({ region: 'eu-frankfurt-1', away: true, for: '1m' });
      const done = await at.until(id);
      expect(done.status).toBe('succeeded');
      // the last steps do not need it
      await at.at.clearFaults();
      expect(await standing()).toEqual(after);
    });

    test('somebody aborts', async () => {
      const { id, until } = await begun();
      await at.until(id, began(step));
      const isOver = await at.engine.cancel(id, { kind: 'terminal', user: 'ben' }).then(
        () => false,
        () => true,
      );
      const done = await at.until(id);
      const now = await standing();
      if (step < until) {
        expect(done.status).toMatch(/^(undone|cancelled)$/);
        expect(now).toEqual(before);
      } else {
        // it is too late: what is to serve serves
        expect(now.serving).toEqual(expect.arrayContaining([...after.serving]));
        expect(isOver ? 'succeeded' : done.status).toMatch(/^(succeeded|cancelled)$/);
      }
    });
  });
});
