import { afterEach, describe, expect, test } from 'vitest';
import type { Operation } from '../../src/core/operation.ts';
import { type Rig, rig } from './rig.ts';

/** Whatever happens at whichever step, a deploy ends well, or things are as they were. */

let at: Rig;
afterEach(() => at?.close());

const strategy = 'canary 34 % 5s, 100 %';
const old = ['store-1', 'store-2', 'store-3'];
const fresh = ['store-v1-1', 'store-v1-2', 'store-v1-3'];

const began = (step: number) => (operation: Operation) => {
  const state = operation.steps[step]?.state;
  return (state !== undefined && state !== 'pending') || operation.finishedAt !== undefined;
};

async function begun(): Promise<{
  readonly id: string;
  readonly steps: readonly string[];
  readonly until: number;
}> {
  at = await rig({ bake: 5_000 });
  const plan = await at.plan({ strategy });
  const until = plan.waves.slice(0, plan.undo?.until).reduce((sum, wave) => sum + wave.length, 0);
  const steps = plan.waves.flat().map(({ name }) => name);
  return { id: await at.begin(plan), steps, until };
}

/** How many steps such a deploy has. STRIDE=1 tries each of them, which takes ten minutes. */
const count = 30;
const stride = Number(process.env.STRIDE ?? 4);
const every = Array.from({ length: count }, (_, step) => step).filter((step) => step % stride === 0);

test('there are as many steps as are tried', async () => {
  expect((await begun()).steps).toHaveLength(count);
});

describe.each(every)('at step %i', (step) => {
  test('the process is killed, and another one sees it to its end', async () => {
    const { id } = await begun();
    await at.until(id, began(step));
    // not always at the same place in it
    await at.die(1 + (step % 4));
    const done = await at.until(id);
    expect(
      done.steps.filter(({ state }) => state !== 'done').map(({ step: { name }, note }) => [name, note]),
    ).toEqual([]);
    expect(done.status).toBe('succeeded');
    expect(await at.standing()).toEqual({ up: fresh, serving: fresh });
  });

  test('Oracle Cloud is away for a minute', async () => {
    const { id } = await begun();
    await at.until(id, began(step));
    await at.at.fault({ region: 'eu-frankfurt-1', away: true, for: '1m' });
    const done = await at.until(id);
    expect(done.status).toBe('succeeded');
    expect(await at.standing()).toEqual({ up: fresh, serving: fresh });
  });

  test('somebody aborts', async () => {
    const { id, until } = await begun();
    await at.until(id, began(step));
    const isOver = await at.engine.cancel(id, { kind: 'terminal', user: 'ben' }).then(
      () => false,
      () => true,
    );
    const done = await at.until(id);
    const { up, serving } = await at.standing();
    if (step < until) {
      expect(done.status).toMatch(/^(undone|cancelled)$/);
      expect({ up, serving }).toEqual({ up: old, serving: old });
    } else {
      // it is too late: the new ones serve
      expect(serving).toEqual(expect.arrayContaining(fresh));
      expect(isOver ? 'succeeded' : done.status).toMatch(/^(succeeded|cancelled)$/);
    }
  });
});
